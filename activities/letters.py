"""Letters as HTML, from the events of the act that sent them: the same events, the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from domain.case.envelope import Recorded
from domain.case.events import DeadlineOpened, NoticeIssued
from domain.case.labels import label
from domain.case.procedure import Told
from domain.case.state import Case
from domain.kernel.errors import StreamBrokenError
from domain.kernel.events import decode
from domain.kernel.times import legal_day
from domain.procedures.table import procedure

TEMPLATE = 1  # version; a letter that exists is never rendered anew


def letter(case: Case, act: Sequence[Recorded], notice: str) -> str:
    """Return the letter `notice` as one HTML document.

    `act` holds the events recorded together with `notice.issued`.

    Raises:
        StreamBrokenError: the act sent no such letter.
    """
    events = [decode(one.type, one.schema, one.data) for one in act]
    for one, event in zip(act, events, strict=True):
        if isinstance(event, NoticeIssued) and event.notice == notice:
            signed = (one.meta.actor.name, _day(legal_day(one.meta.effective_at)))
            return _page(
                label("notice", event.kind, "zh"),
                _facts(case, event),
                _body(case, act, events),
                signed,
            )
    raise StreamBrokenError("the act sent no such letter")


def _facts(case: Case, issued: NoticeIssued) -> Mapping[str, str]:
    return {
        "文号": issued.number,
        "办件编号": case.number,
        "当事人": case.applicant.name,
        "统一社会信用代码": case.applicant.organisation,
    }


def _body(case: Case, act: Sequence[Recorded], events: Sequence[object]) -> Told:
    told = procedure(case.procedure).told
    lines = [line for event in events for line in (*told(event), *_term(event))]
    clauses = tuple(dict.fromkeys(one.meta.cite for one in act if one.meta.cite))
    return [*lines, f"条款：{'；'.join(clauses)}"] if clauses else lines


def _term(event: object) -> Told:
    if not isinstance(event, DeadlineOpened) or event.holder != "applicant":
        return ()
    last = _day(event.due)
    return (f"请于{last}（含当日）以前办理；逾期未办理的，依照所列条款处理。",)


def _page(title: str, facts: Mapping[str, str], body: Told, signed: Sequence[str]) -> str:
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts.items())
    text = "".join(_block(one) for one in body)
    foot = "".join(f"<p>{escape(one)}</p>" for one in signed if one)
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f'<meta name="template" content="{TEMPLATE}"><title>{escape(title)}</title></head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<dl>{rows}</dl>\n<main>{text}</main>\n"
        f"<footer>{foot}</footer>\n</body>\n</html>\n"
    )


def _block(one: str | tuple[str, ...]) -> str:
    if isinstance(one, str):
        return f"<p>{escape(one)}</p>"
    return f"<ol>{''.join(f'<li>{escape(line)}</li>' for line in one)}</ol>"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
