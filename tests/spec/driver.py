"""given(…).when(…).then(…): plays commands in memory through the same pure functions as the store.

After each append it holds that the fold of the recorded events is the case, that versions have no
gap, that events and case survive JSON byte for byte, and that no number is taken twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from domain.case.actor import Actor
from domain.case.claims import claims
from domain.case.command import Command, Opening, Work
from domain.case.commands import command_spec
from domain.case.decide import decide, facts_wanted
from domain.case.decision import Claim, Decision, FactKey, FactValue, Outcome
from domain.case.envelope import Fact, Meta, Recorded
from domain.case.evolve import case_from_json, case_to_json, evolve, fold
from domain.case.queue import next_work
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.errors import Refusal
from domain.kernel.events import decode, encode, event_type
from domain.kernel.ids import event_id
from domain.kernel.times import CST
from domain.law.calendar import Calendar
from domain.ports import World
from infra.definitions import load_definitions
from infra.law_data import load_calendar, load_law_book, load_occupations

TENANT = "spec"
LONGEST_KEY = 2600  # bytes; a B-tree of PostgreSQL takes 2704 in all
Event: TypeAlias = Any  # of the class the test asks for


def cst(text: str) -> datetime:
    """Return the instant China calls `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=CST)


@cache
def world() -> World:
    """Return the shipped diagrams, law book, calendar and occupations."""
    return World(
        definitions=load_definitions(),
        book=load_law_book(),
        calendar=load_calendar(),
        occupations=load_occupations(),
    )


@dataclass(frozen=True)
class Sent:
    """A command somebody sends; one that `opens` begins a new case."""

    at: datetime
    by: Actor
    do: str
    payload: Mapping[str, Any]
    opens: bool = False
    if_match: int | None = None
    variant: str = "hunan"  # of the procedure a command that `opens` belongs to


@dataclass
class Happened:
    """What one piece of work led to."""

    work: Work
    decision: Decision


@dataclass
class Office:
    """One tenant: its cases, what they claimed, and every event."""

    world: World = field(default_factory=world)
    cases: dict[str, Case] = field(default_factory=dict)
    streams: dict[str, list[Recorded]] = field(default_factory=dict)
    claimed: dict[tuple[str, str, str], Claim] = field(default_factory=dict)
    lapses: list[str] = field(default_factory=list)
    commands: int = 0

    def register(self, *events: object) -> None:
        """Put entries into the registers."""
        for event in events:
            self._claim(claims(event, None))

    def play(self, case_id: str, sent: Sent) -> Happened:
        """Receive a command and decide everything up to it; return what became of it."""
        self.commands += 1
        command = Command(
            id=f"c-{self.commands}",
            case_id=case_id,
            name=sent.do,
            payload=sent.payload,
            actor=sent.by,
            channel="spec",
            received_at=sent.at,
            if_match=sent.if_match,
            opening=_opening(sent),
        )
        return self._run(case_id, [command], sent.at)[-1]

    def wait(self, case_id: str, until: datetime) -> list[Happened]:
        """Let time pass; what falls due happens."""
        return self._run(case_id, [], until)

    def _run(self, case_id: str, waiting: list[Command], now: datetime) -> list[Happened]:
        done = []
        while (work := next_work(self.cases.get(case_id), waiting, now, None)) is not None:
            done.append(self._decide(case_id, work))
            waiting = [one for one in waiting if one is not work]
        return done

    def _decide(self, case_id: str, work: Work) -> Happened:
        case = self.cases.get(case_id)
        facts = self.reading(facts_wanted(self.world, TENANT, case, work))
        decision = decide(self.world, TENANT, case, work, facts)
        self._record(case, work, decision)
        if not isinstance(work, Command):
            assert work.id not in self.lapses, "the law acted twice"
            self.lapses.append(work.id)
        return Happened(work, decision)

    def reading(self, wanted: Iterable[FactKey]) -> dict[FactKey, FactValue]:
        """Return what stands under each key."""
        found = {key: self._fact(key) for key in wanted}
        assert all(len(f"{key.kind}{key.key}".encode()) < LONGEST_KEY for key in found)
        return found

    def _fact(self, key: FactKey) -> FactValue:
        held = [one for one in self.claimed.values() if (one.kind, one.key) == (key.kind, key.key)]
        highest = max((one.ordinal for one in held), default=0)
        standing = tuple(one.data for one in held if not one.released)
        return FactValue(count=len(standing), highest=highest, items=standing)

    def _record(self, case: Case | None, work: Work, decision: Decision) -> None:
        stream = self.streams.setdefault(decision.stream, [])
        for index, fact in enumerate(decision.facts):
            recorded = _recorded(work, decision.stream, fact, index, len(stream) + 1)
            stream.append(recorded)
            if decision.stream.startswith("intake:"):
                continue
            assert decode(recorded.type, recorded.schema, recorded.data) == fact.event
            case = evolve(case, fact.event, recorded.meta, recorded.version)
            self._claim(claims(fact.event, case))
        if case is not None and decision.facts:
            written = case_to_json(case)
            assert case == fold(stream) == case_from_json(written)
            assert canonical(written) == canonical(case_to_json(case_from_json(written)))
            self.cases[case.id] = case

    def _claim(self, taken: Sequence[Claim]) -> None:
        for one in taken:
            others = [c for at, c in self.claimed.items() if at != (one.kind, one.key, one.holder)]
            numbers = {(c.kind, c.key, c.ordinal) for c in others if c.ordinal}
            assert (one.kind, one.key, one.ordinal) not in numbers, f"{one} is taken"
            assert len(f"{one.kind}{one.key}{one.holder}".encode()) < LONGEST_KEY
            self.claimed[one.kind, one.key, one.holder] = one


def _opening(sent: Sent) -> Opening | None:
    spec = command_spec(sent.do)
    if not sent.opens or spec is None:
        return None
    return Opening(procedure=spec.procedure, variant=sent.variant)


def _recorded(work: Work, stream: str, fact: Fact, index: int, version: int) -> Recorded:
    type_, schema, data = encode(fact.event)
    sent = isinstance(work, Command)
    received = work.received_at if isinstance(work, Command) else work.effective
    return Recorded(
        epoch=1,
        position=version,
        tenant=TENANT,
        stream=stream,
        version=version,
        event_id=event_id(work.id, index),
        type=type_,
        schema=schema,
        data=data,
        meta=Meta(
            case=work.case_id,
            actor=fact.actor,
            channel="spec" if sent else "law",
            command=work.id,
            cause=work.name if isinstance(work, Command) else "deadline.lapse",
            cite=fact.cite,
            received_at=received,
            effective_at=fact.effective_at,
            wall=received,
        ),
        recorded_at=received,
        prev_hash="",
        hash="",
    )


@dataclass
class Then:
    """What the act under test led to."""

    office: Office
    happened: Happened
    case_id: str = "a"

    @property
    def outcome(self) -> Outcome:
        """How the command ended."""
        return self.happened.decision.outcome

    @property
    def case(self) -> Case:
        """The case afterwards."""
        return self.office.cases[self.case_id]

    @property
    def types(self) -> list[str]:
        """The types of the events, in order."""
        return [event_type(fact.event) for fact in self.happened.decision.facts]

    def event(self, type_: str) -> Event:
        """Return the first event of a type."""
        facts = self.happened.decision.facts
        return next(fact.event for fact in facts if event_type(fact.event) == type_)

    def fact(self, type_: str) -> Fact:
        """Return the first event of a type with what stands around it."""
        facts = self.happened.decision.facts
        return next(fact for fact in facts if event_type(fact.event) == type_)

    def then(self, *types: str) -> "Then":
        """Hold that exactly these events followed, in order; `…` at the end allows more."""
        assert self.outcome.kind == "done", self.outcome.en
        wanted = list(types)
        if wanted and wanted[-1] == "…":
            assert self.types[: len(wanted) - 1] == wanted[:-1]
        else:
            assert self.types == wanted
        return self

    def then_refused(self, kind: type[Refusal]) -> "Then":
        """Hold that it was refused with that code, with an event only where the law wants one."""
        assert self.outcome.kind == "refused", self.types
        assert self.outcome.code == kind.code, self.outcome.en
        assert self.outcome.zh
        assert self.outcome.en
        assert "{" not in self.outcome.zh + self.outcome.en
        assert self.types == (["command.refused"] if kind.recorded else [])
        return self

    def now(self, status: str, stage: str | None = None) -> "Then":
        """Hold where the case stands."""
        assert self.case.status == status
        assert stage is None or self.case.stage == stage
        return self


@dataclass
class Given:
    """A case with a past."""

    office: Office
    case_id: str = "a"

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.office.cases[self.case_id]

    def when(self, sent: Sent) -> Then:
        """Send a command."""
        return Then(self.office, self.office.play(self.case_id, sent), self.case_id)

    def when_nothing_until(self, text: str) -> Then:
        """Let time pass to `text`; what is looked at is the last thing that fell due."""
        return Then(self.office, self.office.wait(self.case_id, cst(text))[-1], self.case_id)


def given(*past: Sent, office: Office | None = None, case_id: str = "a") -> Given:
    """Play a past in which nothing is refused."""
    office = office or Office()
    for sent in past:
        outcome = office.play(case_id, sent).decision.outcome
        assert outcome.kind == "done", f"{sent.do}: {outcome.code} {outcome.en}"
    return Given(office, case_id)


def published_calendar(office: Office, calendar: Calendar) -> None:
    """Let the office count by another calendar from now on."""
    office.world = replace(office.world, calendar=calendar)
