"""Where we are wrong it is raised, never guessed (STYLE §4)."""

from dataclasses import replace

import pytest

from domain.case.actor import LAW
from domain.case.claims import claims
from domain.case.command import Command, Lapse, Opening
from domain.case.commands import parse, procedures
from domain.case.decide import decide, facts_wanted
from domain.case.draft import Draft
from domain.case.queue import next_work
from domain.case.refusals import Malformed, TaskAlreadyDone
from domain.kernel.errors import LawGapError, StreamBrokenError, UnknownNameError
from domain.kernel.times import legal_day, parse_instant
from domain.law.book import LawBook
from domain.procedures.filing.effects import decide as decide_filing
from domain.procedures.filing.effects import deemed_accepted
from domain.procedures.filing.procedure import FILING
from domain.procedures.table import PROCEDURES
from domain.registers.years import CalendarPublished
from tests.examples.filing import CLERK, FRIDAY, MONDAY, TO_EXAMINE, acting, listed, submitted
from tests.spec.driver import TENANT, Office, cst, given, world


def lapse(deadline: str = "d-1") -> Lapse:
    """Return a lapse of the case `a`."""
    return Lapse(id="l", case_id="a", deadline=deadline, effective=cst("2024-05-10 00:00"))


def command(name: str, **more: object) -> Command:
    """Return a command that opens a case of a variant nobody deployed."""
    return Command(
        id="c", case_id="a", name=name, payload=submitted().payload, actor=submitted().by,
        channel="spec", received_at=cst(FRIDAY),
        opening=Opening(procedure="filing", variant=str(more.get("variant", "hunan"))),
    )  # fmt: skip


def test_only_an_open_deadline_of_the_case_lapses() -> None:
    past = given(*TO_EXAMINE, listed(MONDAY))
    for which in ("d-1", "d-9"):
        with pytest.raises(UnknownNameError):
            decide(world(), TENANT, past.case, lapse(which), {})
    with pytest.raises(UnknownNameError):
        decide(world(), TENANT, None, lapse(), {})
    assert facts_wanted(world(), TENANT, past.case, lapse()) == ()


def test_a_variant_nobody_deployed_opens_nothing() -> None:
    with pytest.raises(UnknownNameError, match="no diagram"):
        decide(world(), TENANT, None, command("filing.submit", variant="mars"), {})


def test_a_law_book_without_the_term_of_a_loaded_diagram_is_a_gap() -> None:
    past = given(*TO_EXAMINE)
    empty = Office(replace(past.office.world, book=LawBook([], [], [], [])), past.office.cases)
    with pytest.raises(LawGapError):
        empty.play("a", listed(MONDAY))


def test_a_payload_the_edge_let_through_by_mistake_is_refused() -> None:
    then = given(*TO_EXAMINE).when(acting(MONDAY, CLERK, "accept", nonsense=1))
    then.then_refused(Malformed)
    assert "/nonsense" in then.outcome.en


def test_a_draft_without_a_case_has_none() -> None:
    with pytest.raises(StreamBrokenError):
        _ = Draft(None, lapse(), LAW, cst(FRIDAY)).case


def test_the_law_acts_on_a_lapsed_deadline_only() -> None:
    with pytest.raises(StreamBrokenError):
        deemed_accepted(given(*TO_EXAMINE).case)


def test_a_payload_of_another_procedure_is_no_filing() -> None:
    from domain.case.procedure import Situation  # noqa: PLC0415  – beside its use

    situation = Situation(
        world=world(), facts={}, actor=CLERK, at=cst(FRIDAY), command="x", procedure="filing",
        variant="hunan", jurisdiction="430100",
    )  # fmt: skip
    with pytest.raises(UnknownNameError):
        decide_filing(object(), situation)


def test_an_open_deadline_without_a_last_day_is_our_fault() -> None:
    case = given(*TO_EXAMINE).case
    broken = replace(case.deadlines[0], effective=None)
    with pytest.raises(ValueError, match="no last day"):
        next_work(replace(case, deadlines=(broken,)), [], cst(MONDAY), None)


def test_names_nobody_registered() -> None:
    with pytest.raises(UnknownNameError):
        parse("filing.sing", {})
    assert [one.name for one in procedures()] == sorted(PROCEDURES)
    assert (FILING.zh, FILING.en) == ("机构备案", "Institution filing")


def test_a_published_year_is_an_entry_of_the_calendar() -> None:
    found = claims(CalendarPublished(year=2027, table={"year": 2027}), None)
    assert [(one.kind, one.holder) for one in found] == [("calendar", "2027")]


def test_a_task_a_colleague_did_says_by_whom_and_when() -> None:
    done = TaskAlreadyDone(by="p-clerk", at="2024-05-06")
    assert "p-clerk" in done.text("zh")
    assert "2024-05-06" in done.text("en")


@pytest.mark.parametrize("text", ["2024-04-26T17:00:00", "x", "9999-12-31T23:00:00-08:00"])
def test_an_instant_has_an_offset_and_a_year_of_four_digits(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  – of either kind
        parse_instant(text)
    with pytest.raises(ValueError, match="offset"):
        legal_day(cst(FRIDAY).replace(tzinfo=None))
