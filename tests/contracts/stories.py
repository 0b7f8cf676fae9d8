"""Acts and decisions small enough to see through, for the contract of the event store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case.actor import LAW, Actor
from domain.case.command import Command, Opening, Work
from domain.case.decision import Decision, FactKey, Outcome
from domain.case.envelope import Fact
from domain.case.events import CaseNoted, CaseOpened, DeadlineLapsed, DeadlineOpened, TaskOpened
from domain.case.state import Case, Party
from domain.case.turn import Turn
from domain.kernel.events import event_type
from domain.kernel.json import Json
from domain.kernel.terms import Term
from domain.kernel.times import end_of, legal_day, parse_instant
from domain.ports import BodyDiffers, Cases, EventStore, Receipt, Stored

MORNING = parse_instant("2024-04-26T09:00:00+08:00")
SCHOOL = Actor(
    person="p-school",
    role="institution.operator",
    organisation="524300007QN1NLFJTT",
    jurisdiction="430100",
    name="长沙甲培训学校",
)
CLERK = Actor(person="p-clerk", role="center.clerk", jurisdiction="430100", name="长沙市鉴定中心")
FILING = Opening(procedure="filing", variant="hunan")
TERM = Term(
    key="filing.acceptance",
    amount=7,
    unit="working_day",
    anchor="receipt",
    consequence="filing.deemed_accepted",
    cite="HN-2022-1 一(二)",
)
DUE = legal_day(MORNING) + timedelta(days=13)
MIDNIGHT = end_of(DUE)


@dataclass(frozen=True)
class House:
    """One store with what a test needs around it."""

    store: EventStore
    cases: Cases
    tenant: Callable[[str, datetime], None]  # make one, its clock frozen at an instant
    set_clock: Callable[[str, datetime], None]


def receipt(
    key: str = "k-1",
    *,
    tenant: str = "t-a",
    case_id: str | None = None,
    opening: Opening | None = FILING,
    fingerprint: str = "f-1",
    client: str = "school",
) -> Receipt:
    """An act; without `case_id` it opens a case."""
    return Receipt(
        tenant=tenant,
        client=client,
        key=key,
        fingerprint=fingerprint,
        case_id=case_id,
        name="case.note" if case_id else "filing.submit",
        payload={"text": key},
        actor=SCHOOL,
        channel="api:test",
        opening=None if case_id else opening,
    )


def received(house: House, act: Receipt) -> Stored:
    """Receive an act that is new or known."""
    answer = house.store.receive(act)
    assert not isinstance(answer, BodyDiffers)
    return answer


def opened(case_id: str, number: str) -> tuple[Fact, ...]:
    """The events of an opening: a task, and a deadline that lapses."""
    events = (
        CaseOpened(
            case=case_id,
            number=number,
            procedure="filing",
            variant="hunan",
            jurisdiction="430100",
            definition="0" * 64,
            applicant=Party(organisation=SCHOOL.organisation, name=SCHOOL.name, kind="school"),
        ),
        TaskOpened(
            task="t-1",
            element="check",
            wait="w-1",
            form="filing.check",
            role="center.*",
            holder="authority",
            commands=("filing.accept",),
        ),
        DeadlineOpened(
            deadline="d-1",
            key=TERM.key,
            occurrence=1,
            term=TERM,
            amount=TERM.amount,
            holder="authority",
            element="silence",
            wait="w-2",
            starts=MORNING,
            due=DUE,
            effective=MIDNIGHT,
            calendar="cn@test",
        ),
    )
    return tuple(Fact(event=one, actor=SCHOOL, effective_at=MORNING) for one in events)


def judged(case: Case | None, work: Work, now: datetime, number: str = "") -> Decision:
    """Open the case, note the act, or let the law act: never a refusal."""
    if not isinstance(work, Command):
        lapsed = DeadlineLapsed(deadline=work.deadline, key=TERM.key, due=DUE)
        facts: tuple[Fact, ...] = (Fact(event=lapsed, actor=LAW, effective_at=work.effective),)
    elif case is None:
        facts = opened(work.case_id, number or f"430100-BA-2024-{_six(work.id)}")
    else:
        facts = (Fact(event=CaseNoted(text=work.id), actor=CLERK, effective_at=now),)
    return Decision(facts=facts, outcome=done(case, *facts), stream=work.case_id)


def done(case: Case | None, *facts: Fact) -> Outcome:
    """The outcome of an act that led to `facts`."""
    version = case.version if case else 0
    events: tuple[Json, ...] = tuple(
        {"type": event_type(fact.event), "version": version + n} for n, fact in enumerate(facts, 1)
    )
    return Outcome(kind="done", version=version + len(facts), events=events)


def refused(work: Command, code: str = "case.role_required") -> Decision:
    """Say no without an event."""
    outcome = Outcome(kind="refused", code=code, zh="不行", en="no", evidence={"seen": 1})
    return Decision(facts=(), outcome=outcome, stream=work.case_id)


def advanced(house: House, case_id: str, until: str | None = None) -> int:
    """Take everything that waits, as `case.advance` does; return how many turns it took."""
    turns = 0
    while True:
        with house.store.open_case(case_id) as session:
            work = session.next_work(until)
            if work is None:
                return turns
            session.facts((FactKey("series", "cases"),))
            session.record(work, judged(session.case, work, session.now))
        turns += 1


def turn_of(store: EventStore, case_id: str, asked: str | None = None) -> Turn:
    """Return where a case stands, with the outcome of `asked`."""
    with store.open_case(case_id, asked) as session:
        return session.turn()


def open_one(house: House, key: str = "k-1", tenant: str = "t-a") -> str:
    """Open a case and return its id."""
    stored = received(house, receipt(key, tenant=tenant))
    advanced(house, stored.command.case_id, stored.command.id)
    return stored.command.case_id


def _six(text: str) -> str:
    return f"{int(text[:8], 16) % 1_000_000:06d}"
