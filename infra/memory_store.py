"""The event store in memory: the same promises as PostgreSQL within one process, nothing kept.

One lock stands for all of the database's; a session's writes are applied when it is left in peace.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import uuid_utils.compat
from typing_extensions import override

from domain.case.command import Command, Work
from domain.case.decision import Claim, Decision, FactKey, Facts, FactValue, Outcome
from domain.case.envelope import Recorded
from domain.case.numbers import SERIES
from domain.case.queue import next_work
from domain.case.state import Case
from domain.case.turn import Turn
from domain.kernel.codec import to_json
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.ids import command_id, event_id
from domain.kernel.json import Json, JsonValue
from domain.law.calendar import Calendar
from domain.ports import BodyDiffers, CaseSession, EventStore, Receipt, Stored
from infra.event_store.calendars import CALENDAR, TenantCalendars
from infra.event_store.recording import (
    FIRST_HASH,
    Head,
    Place,
    folded,
    is_case,
    origin_of,
    recorded_events,
    turn_of,
)
from infra.event_store.registers import RegisterEntries
from infra.event_store.rows import outcome_of
from infra.sandbox_clock import ClockRow

MOST_ITEMS = 50  # of a fact


@dataclass(slots=True)
class Act:
    """An inbox row."""

    stored: Stored
    client: str
    fingerprint: str


@dataclass(slots=True)
class Tables:
    """What PostgreSQL keeps in tables."""

    tenants: dict[str, ClockRow] = field(default_factory=dict)
    case_ids: dict[str, str] = field(default_factory=dict)  # case id → tenant
    events: list[Recorded] = field(default_factory=list)
    event_ids: set[str] = field(default_factory=set)
    inbox: dict[str, Act] = field(default_factory=dict)  # by command id, in order of receipt
    cases: dict[str, Case] = field(default_factory=dict)
    claims: dict[tuple[str, str, str, str], tuple[Claim, int]] = field(default_factory=dict)
    audit: list[Json] = field(default_factory=list)

    def head(self) -> Head:
        """Return where the chain goes on."""
        last = self.events[-1] if self.events else None
        return Head(
            epoch=1,
            position=last.position if last else 0,
            hash=last.hash if last else FIRST_HASH,
        )

    def stream(self, tenant: str, stream: str) -> list[Recorded]:
        """Return the events of a stream, in order."""
        return [one for one in self.events if one.tenant == tenant and one.stream == stream]

    def law_now(self, tenant: str) -> datetime:
        """Return the tenant's law time.

        Raises:
            UnknownNameError: there is no such tenant.
        """
        if tenant not in self.tenants:
            raise UnknownNameError(f"no tenant {tenant}")
        return self.tenants[tenant].law_now(datetime.now(UTC))

    def waiting(self, case_id: str) -> list[Stored]:
        """Return the acts of a case not yet decided, in order of receipt."""
        acts = (act.stored for act in self.inbox.values())
        return [one for one in acts if one.command.case_id == case_id and one.outcome is None]

    def read_facts(self, tenant: str, wanted: Sequence[FactKey]) -> Facts:
        """Return what stands under each key."""
        return {one: self._fact(tenant, one) for one in wanted}

    def apply(
        self, events: Sequence[Recorded], case: Case | None, claims: Sequence[tuple[Claim, int]]
    ) -> None:
        """Write one append."""
        self.events.extend(events)
        self.event_ids.update(one.event_id for one in events)
        if case is not None:
            self.cases[case.id] = case
        for claim, position in claims:
            at = (events[0].tenant, claim.kind, claim.key, claim.holder)
            self._free_ordinal(at, claim)
            self.claims[at] = (claim, position)

    def _fact(self, tenant: str, wanted: FactKey) -> FactValue:
        under = [
            entry
            for at, entry in self.claims.items()
            if at[:3] == (tenant, wanted.kind, wanted.key)
        ]
        highest = max((claim.ordinal for claim, _ in under), default=0)
        if wanted.kind == SERIES:
            return FactValue(highest=highest)
        standing = sorted(
            ((at, claim.data) for claim, at in under if not claim.released), key=lambda one: one[0]
        )
        return FactValue(
            count=len(standing),
            highest=highest,
            items=tuple(data for _, data in standing[:MOST_ITEMS]),
        )

    def _free_ordinal(self, at: tuple[str, str, str, str], claim: Claim) -> None:
        for other, (held, _) in self.claims.items():
            if other[:3] == at[:3] and other != at and held.ordinal == claim.ordinal != 0:
                raise RuntimeError(f"{claim.kind} {claim.key} {claim.ordinal} is taken")


class MemoryAudit:
    """The audit log of a store in memory: a list."""

    def __init__(self, tables: Tables) -> None:
        """Write to `tables`."""
        self._tables = tables

    def write(self, code: str, *, tenant: str = "", client: str = "", **detail: JsonValue) -> None:
        """Note a refused attempt."""
        line: Json = {"tenant": tenant, "client": client, "code": code}
        self._tables.audit.append({**line, "detail": dict(detail)})


class MemoryStore(EventStore):
    """The store of `scenario run` and of tests. Thread-safe."""

    def __init__(self, calendar: Calendar) -> None:
        """Start empty; `calendar` is what the installation ships."""
        self.tables = Tables()
        self.calendars = TenantCalendars(calendar)
        self.lock = threading.RLock()

    @override
    def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        with self.lock:
            id_ = command_id(receipt.tenant, receipt.client, receipt.key)
            known = self.tables.inbox.get(id_)
            if known is not None and known.fingerprint == receipt.fingerprint:
                return replace(known.stored, replayed=True)
            if known is not None:
                self.tables.audit.append({"code": "idempotency.body_differs", "command": id_})
                return BodyDiffers(id_)
            existing = self._existing(receipt)
            return existing or self._keep(receipt, id_)

    @override
    def open_case(
        self, case_id: str, asked: str | None = None
    ) -> AbstractContextManager[CaseSession]:
        return self._session(case_id, asked)

    @contextmanager
    def _session(self, case_id: str, asked: str | None) -> Iterator[CaseSession]:
        with self.lock:
            session = MemorySession(self, self._tenant(case_id), case_id, asked)
            yield session
            session.apply()

    @override
    def look(self, case_id: str) -> tuple[str, Case | None]:
        with self.lock:
            return self._tenant(case_id), self.tables.cases.get(case_id)

    @override
    def stored(self, tenant: str, command_id: str) -> Stored | None:
        act = self.tables.inbox.get(command_id)
        return act.stored if act and act.stored.tenant == tenant else None

    def calendar(self, tenant: str) -> Calendar:
        """Return the calendar with the years the tenant has published."""
        years = self.tables.stream(tenant, CALENDAR)
        return self.calendars.at(tenant, len(years), lambda: years)

    def register(self, tenant: str, entries: RegisterEntries) -> None:
        """Append entries to a register of the tenant, outside any case."""
        with self.lock:
            stream = self.tables.stream(tenant, entries.stream)
            place = Place(
                tenant=tenant,
                stream=entries.stream,
                version=len(stream),
                now=self.tables.law_now(tenant),
                wall=datetime.now(UTC),
            )
            origin = entries.origin(place)
            events = recorded_events(entries.facts(place), place, origin, self.tables.head())
            _, claims = folded(None, entries.facts(place), events)
            self.tables.apply(events, None, claims)

    def entries(self, tenant: str, name: str) -> list[Recorded]:
        """Return the events of a register of the tenant, in order."""
        with self.lock:
            return self.tables.stream(tenant, f"register:{name}")

    def _tenant(self, case_id: str) -> str:
        if case_id not in self.tables.case_ids:
            raise UnknownNameError(f"no act was ever received for a case {case_id}")
        return self.tables.case_ids[case_id]

    def _existing(self, receipt: Receipt) -> Stored | None:
        opening = receipt.opening
        if opening is None or not opening.source_id:
            return None
        source = (receipt.tenant, opening.source_system, opening.source_id)
        for act in self.tables.inbox.values():
            other, outcome = act.stored.command.opening, act.stored.outcome
            if (
                other is not None
                and (act.stored.tenant, other.source_system, other.source_id) == source
                and (outcome is None or outcome.kind == "done")
            ):
                return replace(act.stored, existing=True)
        return None

    def _keep(self, receipt: Receipt, id_: str) -> Stored:
        case_id = receipt.case_id or str(uuid_utils.compat.uuid7())
        now = self.tables.law_now(receipt.tenant)
        if receipt.opening is not None:
            self.tables.case_ids[case_id] = receipt.tenant
        elif self.tables.case_ids.get(case_id) != receipt.tenant:
            raise UnknownNameError(f"no case {case_id} in this tenant")
        command = Command(
            id=id_,
            case_id=case_id,
            name=receipt.name,
            payload=receipt.payload,
            actor=receipt.actor,
            channel=receipt.channel,
            received_at=now,
            if_match=receipt.if_match,
            opening=receipt.opening,
        )
        stored = Stored(tenant=receipt.tenant, command=command, outcome=None)
        self.tables.inbox[id_] = Act(stored, receipt.client, receipt.fingerprint)
        return stored


class MemorySession(CaseSession):
    """A case under the store's lock; its writes wait for the end of the session."""

    def __init__(self, store: MemoryStore, tenant: str, case_id: str, asked: str | None) -> None:
        """Look at the case, and at the outcome of `asked`."""
        self._store = store
        self._case_id, self._asked = case_id, asked
        self._written: tuple[Sequence[Recorded], Case | None, Sequence[tuple[Claim, int]]] | None
        self._written = None
        self._outcome: tuple[str, Outcome | None] | None = None
        self.tenant = tenant
        self.now = store.tables.law_now(tenant)
        self.calendar = store.calendar(tenant)
        self.case = store.tables.cases.get(case_id)

    @override
    def next_work(self, until: str | None) -> Work | None:
        return next_work(self.case, self._waiting(), self.now, until)

    @override
    def facts(self, wanted: Sequence[FactKey]) -> Facts:
        return self._store.tables.read_facts(self.tenant, wanted)

    @override
    def record(self, work: Work, decision: Decision) -> None:
        tables = self._store.tables
        if isinstance(work, Command) and all(one.id != work.id for one in self._waiting()):
            raise StreamBrokenError(f"{work.id} is not waiting")
        if decision.facts and event_id(work.id, 0) in tables.event_ids:
            return
        own = decision.stream == self._case_id
        place = Place(
            tenant=self.tenant,
            stream=decision.stream,
            version=self.case.version if own and self.case else 0,
            now=self.now,
            wall=datetime.now(UTC),
        )
        events = recorded_events(decision.facts, place, origin_of(work), tables.head())
        case, claims = folded(self.case, decision.facts, events)
        changed = events and is_case(decision.stream)
        self._written = (events, case if changed else None, claims)
        if isinstance(work, Command):
            outcome = outcome_of(to_json(decision.outcome))  # as it comes back from a row
            self._outcome = (work.id, outcome)
        self.case = case

    @override
    def turn(self) -> Turn:
        frozen = self._store.tables.tenants[self.tenant].frozen_at is not None
        waiting, outcome = bool(self._waiting()), self._outcome_asked()
        return turn_of(self.case, self.now, frozen=frozen, waiting=waiting, outcome=outcome)

    def apply(self) -> None:
        """Write what was recorded."""
        if self._written is not None:
            self._store.tables.apply(*self._written)
        if self._outcome is not None:
            act = self._store.tables.inbox[self._outcome[0]]
            act.stored = replace(act.stored, outcome=self._outcome[1])

    def _waiting(self) -> list[Command]:
        decided = self._outcome[0] if self._outcome else ""
        waiting = [one.command for one in self._store.tables.waiting(self._case_id)]
        return [one for one in waiting if one.id != decided]

    def _outcome_asked(self) -> Outcome | None:
        if self._outcome is not None and self._outcome[0] == self._asked:
            return self._outcome[1]
        act = self._store.tables.inbox.get(self._asked or "")
        return act.stored.outcome if act and act.stored.command.case_id == self._case_id else None
