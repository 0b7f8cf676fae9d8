"""Letters as HTML, from the events of the act that sent them: the same events, the same bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape

from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.kernel.json import Json, JsonValue
from domain.kernel.times import legal_day

TEMPLATE = 1  # version; a letter that exists is never rendered anew
Lines = Callable[[Json], Sequence[str]]

TITLES: Mapping[str, str] = {
    "filing.supplement": "补正告知书",
    "filing.acceptance": "受理通知书",
    "filing.not_accepted": "不予受理通知书",
    "filing.declined": "不予备案通知书",
    "filing.receipt": "备案回执",
}


def letter(case: Case, act: Sequence[Recorded], notice_id: str) -> str:
    """Return the letter `notice_id` as one HTML document.

    `act` holds the events recorded together with `notice.issued`.

    Raises:
        LookupError: the act sent no such letter.
    """
    issued = next(
        (e for e in act if e.type == "notice.issued" and e.data["notice"] == notice_id), None
    )
    if issued is None:
        raise LookupError("the act sent no such letter")
    body = [line for event in act for line in _lines(event)]
    return _page(
        title=TITLES.get(str(issued.data["kind"]), "通知书"),
        facts={
            "文号": str(issued.data["number"]),
            "办件编号": case.number,
            "当事人": case.applicant.name,
            "统一社会信用代码": case.applicant.organisation,
        },
        body=body,
        basis=_clauses(act),
        foot=(issued.meta.actor.name, _day(legal_day(issued.meta.effective_at))),
    )


def _lines(event: Recorded) -> Sequence[str]:
    told = _TELLS.get(event.type)
    return told(event.data) if told else ()


def _supplement(data: Json) -> Sequence[str]:
    missing = _rows(data["missing"])
    return (
        "经审查，申请材料不齐全或者不符合要求，现将需要补正的全部内容一次性告知如下：",
        _numbered(f"{row['material']}：{row['reason']}" for row in missing),
    )


def _refused(data: Json) -> Sequence[str]:
    return (
        "理由：",
        _numbered(_texts(data["reasons"])),
        "依据：",
        _numbered(_texts(data["legal_basis"])),
        "对本通知有异议的，可以依法申请行政复议或者提起行政诉讼。",
    )


def _approved(data: Json) -> Sequence[str]:
    return (
        f"准予备案。评价机构代码：{data['institution_code']}。",
        f"备案回执编号：{data['receipt_number']}。",
    )


def _directory(data: Json) -> Sequence[str]:
    scope = _rows(data["scope"])
    return (
        "备案范围：",
        _numbered(
            f"{row['occupation_code']} {row['occupation']} {row['job']} {row['level']}级"
            for row in scope
        ),
    )


def _deadline(data: Json) -> Sequence[str]:
    if data["holder"] != "applicant":
        return ()
    last = _day(date.fromisoformat(str(data["due"])))
    return (f"请于{last}（含当日）以前办理；逾期未办理的，依照下列条款处理。",)


_TELLS: Mapping[str, Lines] = {
    "filing.supplement_requested": _supplement,
    "filing.accepted": lambda _: ("申请材料齐全，符合要求，予以受理。",),
    "filing.not_accepted": _refused,
    "filing.declined": _refused,
    "filing.notice_published": lambda data: (f"公示期{data['working_days']}个工作日。",),
    "filing.approved": _approved,
    "directory.published": _directory,
    "deadline.opened": _deadline,
}


def _clauses(act: Sequence[Recorded]) -> tuple[str, ...]:
    cited = dict.fromkeys(event.meta.cite for event in act if event.meta.cite)
    return tuple(cited)


def _page(
    *,
    title: str,
    facts: Mapping[str, str],
    body: Sequence[str],
    basis: Sequence[str],
    foot: Sequence[str],
) -> str:
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts.items())
    text = "".join(line if line.startswith("<ol>") else f"<p>{escape(line)}</p>" for line in body)
    clauses = f"<p>条款：{escape('；'.join(basis))}</p>" if basis else ""
    signed = "".join(f"<p>{escape(line)}</p>" for line in foot if line)
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f'<meta name="template" content="{TEMPLATE}"><title>{escape(title)}</title></head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<dl>{rows}</dl>\n<main>{text}{clauses}</main>\n"
        f"<footer>{signed}</footer>\n</body>\n</html>\n"
    )


def _numbered(lines: Iterable[str]) -> str:
    return f"<ol>{''.join(f'<li>{escape(line.strip())}</li>' for line in lines)}</ol>"


def _texts(value: JsonValue) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _rows(value: JsonValue) -> tuple[Json, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(one for one in value if isinstance(one, Mapping))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
