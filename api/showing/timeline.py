"""The stream of a case as a timeline, at three depths."""

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from api.asked import Asked
from api.schemas.case import ClockChange, Person, TimelineItem
from domain.case import views
from domain.case.access import viewer
from domain.case.envelope import Recorded
from domain.case.seen import event_seen
from domain.case.state import Case
from domain.kernel.times import in_china

Level = Literal["story", "work", "technical"]
LEVELS: tuple[Level, ...] = get_args(Level)
BATCH = 500  # events read at once
_WORK = frozenset(("task", "deadline", "notice", "command"))
_TECHNICAL = frozenset(("process.moved", "notice.rendered", "notice.printed"))
_MACHINERY = frozenset(  # of plain processes: what no person did
    ("process.assigned", "process.call_requested", "process.call_retried", "process.call_dropped")
)


def level_of(type_: str) -> Level:
    """Return the depth at which an event is shown first."""
    area = type_.partition(".")[0]
    if type_ in _TECHNICAL:
        return "technical"
    return "work" if area in _WORK or type_ in _MACHINERY else "story"


def events_of(asked: Asked, case_id: str, after: int = 0) -> Iterator[Recorded]:
    """Yield the events of a case after a version, in order, however many there are."""
    eyes = viewer(asked.actor)
    while batch := asked.found.cases.timeline(asked.tenant, case_id, eyes, after, BATCH):
        yield from batch
        after = batch[-1].version


def events_seen(asked: Asked, case: Case, after: int = 0) -> Iterator[Recorded]:
    """Yield the events of a case after a version, each as the caller may read it."""
    for one in events_of(asked, case.id, after):
        seen = event_seen(one, asked.actor, case)
        if seen is not None:
            yield seen


def timeline_page(
    case: Case, asked: Asked, level: Level, position: str, limit: int
) -> tuple[list[TimelineItem], str]:
    """Return up to `limit` items after a position, and the next position; "" at the end.

    A position names the last event shown and from where its append is read again: an item is the
    same on whichever page it stands.
    """
    depth = LEVELS.index(level)
    last, begun = _place(position)
    shown: list[TimelineItem] = []
    for append in _appends(events_seen(asked, case, begun)):
        for one in append:
            if one.version <= last or LEVELS.index(level_of(one.type)) > depth:
                continue
            if len(shown) == limit:
                return shown, f"{shown[-1].version}:{begun}"
            shown.append(_item(one, append, asked, level, case))
            begun = append[0].version - 1
    return shown, ""


def _place(position: str) -> tuple[int, int]:
    """Return the version shown last, and that before its append."""
    last, _, begun = position.partition(":")
    return int(last or 0), int(begun or last or 0)


def _appends(events: Iterator[Recorded]) -> Iterator[list[Recorded]]:
    """Yield the events in groups that were appended together."""
    append: list[Recorded] = []
    for one in events:
        if append and append[-1].meta.command != one.meta.command:
            yield append
            append = []
        append.append(one)
    if append:
        yield append


def _item(
    one: Recorded, append: Sequence[Recorded], asked: Asked, level: Level, case: Case
) -> TimelineItem:
    first = next((e for e in append if level_of(e.type) == "story"), append[0])
    together = append if one is first else (one,)
    return TimelineItem(
        id=one.event_id,
        version=one.version,
        type=one.type,
        level=level_of(one.type),
        received=in_china(one.meta.received_at),
        effective=in_china(one.meta.effective_at),
        recorded=in_china(one.recorded_at),
        title=views.title(one, asked.language, case, asked.world),
        by=_by(one),
        channel=one.meta.channel,
        cite=one.meta.cite or None,
        notice=_notice(together),
        clocks=[change for e in together for change in _clock(e)],
        command=one.meta.command,
        data=dict(one.data) if level == "technical" else None,
    )


def _by(one: Recorded) -> Person:
    actor = one.meta.actor
    return Person(
        person=actor.person, role=actor.role, organisation=actor.name or actor.organisation
    )


def _notice(events: Sequence[Recorded]) -> str | None:
    issued = (one.data.get("number") for one in events if one.type == "notice.issued")
    number = next(issued, None)
    return number if isinstance(number, str) else None


def _clock(one: Recorded) -> Iterator[ClockChange]:
    area, _, change = one.type.partition(".")
    if area != "deadline":
        return
    due = one.data.get("due", one.data.get("new"))
    key = str(one.data.get("key", ""))
    yield ClockChange(key=key, change=change, due=due if isinstance(due, str) else None)
