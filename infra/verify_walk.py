"""The walk of `anjuan verify` along the store: what each event must be, seen from those before."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.case.claims import claims
from domain.case.decision import Claim
from domain.case.envelope import Recorded
from domain.case.events import (
    DeadlineExtended,
    DeadlineLapsed,
    DeadlineOpened,
    DeadlineRedated,
    DeadlineResumed,
)
from domain.case.evolve import evolve
from domain.case.queue import next_due
from domain.case.state import Case, Deadline
from domain.kernel.errors import Defect
from domain.kernel.events import decode
from domain.kernel.ids import event_id, lapse_id
from domain.law import clock
from domain.law.calendar import Calendar
from infra.event_store.calendars import CALENDAR, published
from infra.event_store.recording import FIRST_HASH, LAPSE, hash_of, is_case

DATED = (DeadlineOpened, DeadlineResumed, DeadlineExtended, DeadlineRedated)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that does not hold: which invariant, at exactly which place, and what."""

    invariant: str
    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What `verify` keeps of an event."""

    position: int
    tenant: str
    stream: str
    case: str
    version: int
    type: str
    cause: str


class Walk:
    """Takes the events one by one and keeps what follows from them."""

    def __init__(self, calendar: Calendar) -> None:
        """Begin before the first event."""
        self.events = 0
        self.head = FIRST_HASH
        self.cases: dict[tuple[str, str], Case] = {}
        self.claims: dict[tuple[str, str, str, str], tuple[Claim, int]] = {}
        self.commands: defaultdict[str, list[Line]] = defaultdict(list)
        self.unknown_calendars = 0
        self._position = 0
        self._versions: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._shipped = calendar
        self._published: defaultdict[str, list[Recorded]] = defaultdict(list)
        self._calendars: dict[tuple[str, str], Calendar] = {}
        self._broken: set[tuple[str, str]] = set()
        self._lapsed: dict[tuple[str, str], datetime] = {}  # when the law last acted in a stream

    def take(self, event: Recorded) -> Iterator[Violation]:
        """Take the next event; yield what is wrong with it."""
        where = f"epoch {event.epoch} position {event.position}"
        for invariant, what in self._faults(event):
            yield Violation(invariant, where, what)
        self.events += 1

    def _faults(self, event: Recorded) -> Iterator[tuple[str, str]]:
        yield from self._chain(event)
        yield from self._order(event)
        if (event.tenant, event.stream) in self._broken:
            return
        try:
            yield from self._fold(event)
        except Defect as broken:
            self._broken.add((event.tenant, event.stream))
            yield "I4", f"{event.type} cannot follow: {broken}"

    def _chain(self, event: Recorded) -> Iterator[tuple[str, str]]:
        if event.position != self._position + 1:
            yield "I5", f"positions go from {self._position} to {event.position}"
        elif event.prev_hash != self.head:
            yield "I5", "the event does not follow the one before it"
        if hash_of(event) != event.hash:
            yield "I5", f"{event.type} was changed: its hash does not fit"
        self._position, self.head = event.position, event.hash

    def _order(self, event: Recorded) -> Iterator[tuple[str, str]]:
        stream = (event.tenant, event.stream)
        if event.version != self._versions[stream] + 1:
            yield "I3", f"{event.stream}: version {event.version} after {self._versions[stream]}"
        self._versions[stream] = event.version
        lines = self.commands[event.meta.command]
        if event.event_id != event_id(event.meta.command, len(lines)):
            yield "I2", f"{event.type}: its id is not that of event {len(lines)} of its command"
        lines.append(
            Line(
                position=event.position,
                tenant=event.tenant,
                stream=event.stream,
                case=event.meta.case,
                version=event.version,
                type=event.type,
                cause=event.meta.cause,
            )
        )

    def _fold(self, event: Recorded) -> Iterator[tuple[str, str]]:
        happened = decode(event.type, event.schema, event.data)
        at = (event.tenant, event.stream)
        before = self.cases.get(at)
        after = before
        if is_case(event.stream):
            after = self.cases[at] = evolve(before, happened, event.meta, event.version)
        if event.stream == CALENDAR:
            self._published[event.tenant].append(event)
        for claim in claims(happened, after):
            key = (event.tenant, claim.kind, claim.key, claim.holder)
            self.claims[key] = (claim, event.position)
        if isinstance(happened, DATED) and after is not None:
            yield from self._dated(event.tenant, _deadline(after, happened.deadline))
        if event.meta.cause == LAPSE:
            yield from _law_acts(event, happened, before)
            self._lapsed[at] = max(
                self._lapsed.get(at, event.meta.received_at), event.meta.received_at
            )
        elif before is not None and len(self.commands[event.meta.command]) == 1:
            yield from _in_order(event, before, self._lapsed.get(at))

    def _dated(self, tenant: str, deadline: Deadline) -> Iterator[tuple[str, str]]:
        calendar = self._calendar(tenant, deadline.calendar)
        if calendar is None:
            self.unknown_calendars += 1
            return
        pauses = [clock.Suspension(since=one.since, until=one.until) for one in deadline.pauses]
        term = replace(deadline.term, amount=deadline.amount)
        counted = clock.due(term, deadline.starts, calendar, pauses)
        if not isinstance(counted, clock.Due):
            return
        if (counted.due, counted.effective) != (deadline.due, deadline.effective):
            yield "I10", f"{deadline.key} ends on {deadline.due}; the law says {counted.due}"

    def _calendar(self, tenant: str, version: str) -> Calendar | None:
        if (tenant, version) not in self._calendars:
            for one in published(self._shipped, self._published[tenant]):
                self._calendars[tenant, one.version] = one
        return self._calendars.get((tenant, version))


def _law_acts(event: Recorded, happened: object, before: Case | None) -> Iterator[tuple[str, str]]:
    """Everything the law does in one lapse happens at the end of that deadline's last day."""
    effective: datetime | None = event.meta.received_at
    if isinstance(happened, DeadlineLapsed) and before is not None:
        deadline = _deadline(before, happened.deadline)
        effective = deadline.effective
        if event.meta.command != lapse_id(before.id, deadline.key, deadline.occurrence):
            yield "I2", f"{event.type}: not the lapse of {deadline.key} {deadline.occurrence}"
    if event.recorded_at < event.meta.received_at:
        yield "I10", f"{event.type} was recorded before {event.meta.received_at}, when it was due"
    if event.meta.effective_at != effective:
        yield "I10", f"{event.type} takes effect at {event.meta.effective_at}, not at {effective}"


def _in_order(event: Recorded, before: Case, lapsed: datetime | None) -> Iterator[tuple[str, str]]:
    """Receipt decides: a last day that has ended comes before what is received then, not before."""
    received, due = event.meta.received_at, next_due(before)
    if due is not None and due.effective is not None and due.effective <= received:
        yield "I10", f"{event.type} was received at {received}, when {due.key} had lapsed unheeded"
    if lapsed is not None and received < lapsed:
        yield (
            "I10",
            f"{event.type} was received at {received}, but came after the lapse at {lapsed}",
        )


def _deadline(case: Case, which: str) -> Deadline:
    return next(one for one in case.deadlines if one.id == which)
