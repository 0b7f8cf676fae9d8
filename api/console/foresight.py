"""What an act would do, in words: from a decision that is rehearsed and not recorded."""

from dataclasses import dataclass

from api.console.casefile import is_own
from api.console.pages import Line
from api.console.times import open_deadlines
from api.console.visit import Visit
from domain.case import views
from domain.case.decision import Decision
from domain.case.envelope import Fact, Meta, Recorded
from domain.case.evolve import evolve
from domain.case.labels import label
from domain.case.state import Case, Deadline, Notice
from domain.case.views.spans import instant_words
from domain.kernel.events import encode


@dataclass(frozen=True, slots=True)
class Foresight:
    """The case as it would be, or the refusal the act would meet."""

    refusal: str
    refusal_code: str
    refusal_cite: str
    lines: tuple[Line, ...]
    after: Case | None
    letters: tuple[Notice, ...]


def foresee(visit: Visit, before: Case | None, decision: Decision) -> Foresight:
    """Return what `decision` would make of the case."""
    outcome = decision.outcome
    if outcome.kind == "refused":
        words = outcome.zh if visit.lang == "zh" else outcome.en
        return Foresight(words, outcome.code, outcome.cite, (), None, ())
    after = _after(visit, before, decision)
    if after is None:
        return Foresight("", "", "", (), None, ())
    known = {one.id for one in before.notices} if before else set()
    letters = tuple(one for one in after.notices if one.id not in known)
    lines = (
        *_events(visit, decision, after),
        *_voided(visit, before, after),
        *_letters(visit, letters),
        *_status(visit, before, after),
        *_ended(visit, before, after),
        *_opened(visit, before, after),
        *_next(visit, after),
    )
    return Foresight("", "", "", lines, after, letters)


def _after(visit: Visit, before: Case | None, decision: Decision) -> Case | None:
    case = before
    for fact in decision.facts:
        meta = Meta(
            case=decision.stream,
            actor=fact.actor,
            channel="console",
            command="",
            cause="",
            cite=fact.cite,
            received_at=visit.now,
            effective_at=fact.effective_at,
            wall=visit.now,
        )
        case = evolve(case, fact.event, meta, case.version + 1 if case else 1)
    return case


def recorded(decision: Decision) -> list[Recorded]:
    """Return the events of a decision as they would stand in the stream."""
    return [_as_recorded(decision, n, fact) for n, fact in enumerate(decision.facts)]


def _as_recorded(decision: Decision, n: int, fact: Fact) -> Recorded:
    type_, schema, data = encode(fact.event)
    meta = Meta(
        case=decision.stream,
        actor=fact.actor,
        channel="console",
        command="",
        cause="",
        cite=fact.cite,
        received_at=fact.effective_at,
        effective_at=fact.effective_at,
        wall=fact.effective_at,
    )
    return Recorded(
        epoch=0,
        position=n,
        tenant="",
        stream=decision.stream,
        version=n,
        event_id="",
        type=type_,
        schema=schema,
        data=data,
        meta=meta,
        recorded_at=fact.effective_at,
        prev_hash="",
        hash="",
    )


def _events(visit: Visit, decision: Decision, after: Case) -> list[Line]:
    """Return the procedure's own events that say more than their name."""
    found = []
    for one in recorded(decision):
        title = views.title(one, visit.lang, after, visit.world)
        if is_own(one) and title != label("event", one.type, visit.lang):
            found.append(Line(visit.texts.tr("记入案卷：%(event)s", event=title), one.meta.cite))
    return found


def _voided(visit: Visit, before: Case | None, after: Case) -> list[Line]:
    standing = {one.id for one in before.notices if one.voided_at is None} if before else set()
    gone = (one for one in after.notices if one.id in standing and one.voided_at is not None)
    tr = visit.texts.tr
    return [Line(tr("%(number)s作废，文号不再使用", number=one.number)) for one in gone]


def _letters(visit: Visit, letters: tuple[Notice, ...]) -> list[Line]:
    tr = visit.texts.tr
    found = []
    for one in letters:
        name = label("notice", one.kind, visit.lang)
        served = tr("，电子送达，即时生效") if one.served_at else tr("，送达后生效")
        found.append(Line(tr("签发《%(name)s》%(number)s", name=name, number=one.number) + served))
    return found


def _status(visit: Visit, before: Case | None, after: Case) -> list[Line]:
    if before and before.status == after.status:
        return []
    tr, status = visit.texts.tr, label("status", after.status, visit.lang)
    return [Line(tr("办件状态变为“%(status)s”", status=status))]


def _ended(visit: Visit, before: Case | None, after: Case) -> list[Line]:
    tr = visit.texts.tr
    was_open = {one.id for one in before.deadlines if one.state == "open"} if before else set()
    words = {
        "met": tr("“%(key)s”停止计算：已按期完成"),
        "cancelled": tr("“%(key)s”不再计算"),
        "lapsed": tr("“%(key)s”届满"),
        "suspended": tr("“%(key)s”暂停计算"),
    }
    return [
        Line(words[one.state] % {"key": label("key", one.key, visit.lang)})
        for one in after.deadlines
        if one.id in was_open and one.state in words
    ]


def _opened(visit: Visit, before: Case | None, after: Case) -> list[Line]:
    known = {one.id for one in before.deadlines} if before else set()
    began = (one for one in open_deadlines(after) if one.id not in known)
    return [Line(_until(visit, one), one.term.cite) for one in began if one.due]


def _until(visit: Visit, deadline: Deadline) -> str:
    """Return that a term began and until when: to the minute where it runs by the clock."""
    tr, key = visit.texts.tr, label("key", deadline.key, visit.lang)
    if not deadline.of_law and deadline.effective:
        end = instant_words(deadline.effective, visit.lang)
        return tr("“%(key)s”开始计算，截至 %(end)s", key=key, end=end)
    day = visit.words.day(deadline.due) if deadline.due else ""
    return tr("“%(key)s”开始计算，截至 %(day)s 24:00", key=key, day=day)


def _next(visit: Visit, after: Case) -> list[Line]:
    waits = views.wait(after, visit.world, visit.now)
    if waits is None:
        return [Line(visit.texts.tr("已办结，不再等待任何人"))] if after.ended else []
    found = [Line(visit.texts.tr("接着：%(sentence)s", sentence=waits.sentence(visit.lang)))]
    otherwise = views.if_nothing_happens(after, visit.world)
    if otherwise:
        found.append(Line(otherwise.sentence(visit.lang), otherwise.cite))
    return found
