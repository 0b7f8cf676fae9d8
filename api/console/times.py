"""Time in words: lights, clocks with their ledger, the stage strip."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from api.console.pages import Clock, Colour, Day, Light, Step
from api.console.visit import Visit
from domain.case import views
from domain.case.envelope import Recorded
from domain.case.labels import label
from domain.case.serving import SERVICE
from domain.case.state import Case, Deadline
from domain.case.views.spans import instant_words, span_words, time_left
from domain.kernel.times import day_told, legal_day
from domain.law.clock import Due, LedgerDay, working_days_left
from domain.law.explain import explain
from domain.procedures.filing.facts import Filing

_SIGNS: dict[Colour, str] = {
    "green": "●", "amber": "▲", "red": "■", "grey": "⏸", "prov": "◇", "law": "§", "done": "✓",
}  # fmt: skip
_ORDER: tuple[Colour, ...] = ("red", "amber", "prov", "grey", "green", "law", "done")
_NOTICE = "filing.notice_published"
_DEEMED = "filing.deemed_accepted"


def light(visit: Visit, deadline: Deadline) -> Light:
    """Return the light of a deadline, as sign and word."""
    colour, words = _light(visit, deadline)
    return Light(colour, _SIGNS[colour], words)


def _light(visit: Visit, deadline: Deadline) -> tuple[Colour, str]:
    tr = visit.texts.tr
    match deadline.state:
        case "met":
            return "done", tr("已按期完成") if _in_time(deadline) else tr("已完成（逾期）")
        case "lapsed":
            return "law", tr("依法生效") if deadline.term.consequence else tr("已届满")
        case "cancelled":
            return "done", tr("已取消")
        case "suspended":
            return "grey", tr("暂停")
        case "open":
            return _running_light(visit, deadline)


def _running_light(visit: Visit, deadline: Deadline) -> tuple[Colour, str]:
    tr, ntr = visit.texts.tr, visit.texts.ntr
    if deadline.due is None:
        return "grey", tr("暂停")
    if (span := time_left(deadline, visit.now)) is not None:
        if span <= timedelta():
            return "amber", tr("已届满")
        near = views.light(deadline, visit.now, visit.calendar) in ("red", "amber")
        return "amber" if near else "green", tr("剩 %(span)s", span=span_words(span, visit.lang))
    left = working_days_left(visit.now, deadline.due, visit.calendar)
    match views.light(deadline, visit.now, visit.calendar):
        case "red":
            return "red", ntr("超期 %(n)s 个工作日", -left)
        case "amber":
            return "amber", ntr("临期，剩 %(n)s 个工作日", left) if left else tr("今天截止")
        case "provisional":
            return "prov", tr("暂定")
        case _:
            return "green", tr("正常")


def _in_time(deadline: Deadline) -> bool:
    ended, effective = deadline.ended_at, deadline.effective
    return ended is None or effective is None or ended < effective


def open_deadlines(case: Case) -> tuple[Deadline, ...]:
    """Return the deadlines that run or rest, the earliest first."""
    running = [one for one in case.deadlines if one.state in ("open", "suspended")]
    return tuple(sorted(running, key=lambda one: (one.due or date.max, one.id)))


def overdue_service(visit: Visit, case: Case) -> str:
    """Return for how long a letter has been under way that should have been served; "" for none."""
    waiting = [one for one in open_deadlines(case) if one.key == SERVICE and one.due]
    late = [one for one in waiting if one.due and one.due < visit.today]
    if not late:
        return ""
    since = min(legal_day(one.starts) for one in late)
    days = visit.calendar.working_days(since, visit.today)
    return visit.texts.ntr("文书签发后 %(n)s 个工作日仍未送达", days)


def worst_light(visit: Visit, case: Case) -> Light | None:
    """Return the gravest light of the deadlines that run."""
    lights = [light(visit, one) for one in views.binding(visit.world, case)]
    return min(lights, key=lambda one: _ORDER.index(one.colour), default=None)


def title_of(visit: Visit, deadline: Deadline) -> str:
    """Return the name of a deadline as a heading; in English with the law's term beside it."""
    name = label("key", deadline.key, visit.lang)
    if visit.lang == "zh":
        return name
    return f"{name[:1].upper()}{name[1:]} {label('key', deadline.key, 'zh')}"


def clock(visit: Visit, deadline: Deadline) -> Clock:
    """Return a deadline with the way to its last day."""
    ledger = views.ledger(deadline, visit.calendar)
    return Clock(
        id=deadline.id,
        title=title_of(visit, deadline),
        kind=_kind(visit, deadline),
        cite=deadline.term.cite,
        light=light(visit, deadline),
        words=_words(visit, deadline),
        why=explain(deadline.term, ledger, visit.lang),
        days=_days(visit, ledger.ledger, ledger.due if isinstance(ledger, Due) else None),
    )


def _kind(visit: Visit, deadline: Deadline) -> str:
    """Return who set a term: the law, the office's practice, or the diagram."""
    if not deadline.of_law:
        return visit.texts.tr("流程图")
    return visit.texts.tr("本地惯例") if deadline.term.local_practice else visit.texts.tr("法定")


def _words(visit: Visit, deadline: Deadline) -> str:
    tr, words = visit.texts.tr, visit.words
    if deadline.due is None:
        return tr("已暂停，恢复后再定末日。")
    span = time_left(deadline, visit.now)
    if span is not None and deadline.effective is not None and deadline.state == "open":
        ends = instant_words(deadline.effective, visit.lang)
        if span <= timedelta():
            return tr("截至 %(end)s，已届满", end=ends)
        return tr("截至 %(end)s，还有 %(span)s", end=ends, span=span_words(span, visit.lang))
    due = words.day(deadline.due)
    if not deadline.of_law and deadline.effective is not None:  # over: by the clock, as it ran
        return tr("截至 %(end)s", end=instant_words(deadline.effective, visit.lang))
    if deadline.state != "open":
        return tr("截至 %(day)s 24:00", day=due)
    left = working_days_left(visit.now, deadline.due, visit.calendar)
    if left > 0:
        return visit.texts.ntr("截至 %(day)s 24:00，还有 %(n)s 个工作日", left, day=due)
    if left == 0:
        return tr("截至 %(day)s 24:00，就是今天", day=due)
    return visit.texts.ntr("截至 %(day)s 24:00，已超过 %(n)s 个工作日", -left, day=due)


def _days(visit: Visit, ledger: Sequence[LedgerDay], due: date | None) -> tuple[Day, ...]:
    today = legal_day(visit.now)
    return tuple(
        Day(
            day=one.day,
            label=f"{one.day.month}/{one.day.day}",
            mark=_mark(one),
            n=one.n,
            why=one.why if visit.lang == "zh" else one.why_en,
            past=one.day < today,
            today=one.day == today,
            last=one.day == due,
        )
        for one in ledger
    )


def _mark(one: LedgerDay) -> Literal["counted", "skipped", "paused"]:
    if one.counts:
        return "counted"
    return "paused" if one.why == "暂停" else "skipped"


def steps(visit: Visit, case: Case, events: Sequence[Recorded]) -> tuple[Step, ...]:
    """Return the stages of a case: done, now, and – where they are known – ahead."""
    if not isinstance(case.data, Filing):
        return _tasks(visit, case)
    days = {one.type: day_told(one.meta.effective_at) for one in events}
    found: list[Step] = []
    for name, types in _stages(visit, case, days):
        day = next((days[one] for one in types if one in days), None)
        if day:
            found.append(Step(name=name, state="done", day=day, remark=_remark(visit, types, days)))
        elif case.ended or any(step.state == "now" for step in found):
            found.append(Step(name=name, state="ahead"))
        else:
            found.append(Step(name=name, state="now"))
    if case.ended and case.status != "closed" and case.ended_at:
        reached = [step for step in found if step.state == "done"]
        name = label("status", case.status, visit.lang)
        return (*reached, Step(name=name, state="ended", day=day_told(case.ended_at)))
    return tuple(found)


def _tasks(visit: Visit, case: Case) -> tuple[Step, ...]:
    """Return receipt, each kind of task with the day it was last done, and the end."""
    found = {"": Step(name=visit.texts.tr("收件"), state="done", day=legal_day(case.opened_at))}
    for one in case.tasks:
        if one.state == "cancelled":
            continue
        name = label("task", one.form, visit.lang)
        found.pop(one.form, None)
        found[one.form] = (
            Step(name=name, state="done", day=day_told(one.done_at))
            if one.done_at
            else Step(name=name, state="now")
        )
    if case.ended and case.ended_at:
        name = label("status", case.status, visit.lang)
        found["end"] = Step(name=name, state="ended", day=day_told(case.ended_at))
    return tuple(found.values())


def _stages(visit: Visit, case: Case, days: dict[str, date]) -> list[tuple[str, tuple[str, ...]]]:
    tr = visit.texts.tr
    stages = [
        (tr("收件"), ("filing.submitted",)),
        (tr("受理"), ("filing.accepted", _DEEMED)),
        (tr("评估"), ("filing.assessed",)),
        (tr("公示"), (_NOTICE,)),
        (tr("备案"), ("filing.approved",)),
    ]
    public = _NOTICE in days or (isinstance(case.data, Filing) and case.data.social)
    return [one for one in stages if public or _NOTICE not in one[1]]


def _remark(visit: Visit, types: tuple[str, ...], days: dict[str, date]) -> str:
    return visit.texts.tr("视为受理") if _DEEMED in types and _DEEMED in days else ""
