"""The seven working days and what silence means (HN-2022-1 一(二))."""

from datetime import date

import pytest

from domain.case.actor import LAW
from domain.case.refusals import WrongStage
from domain.kernel.ids import lapse_id
from tests.examples.filing import (
    FRIDAY,
    LAST_SECOND,
    MIDNIGHT,
    TO_EXAMINE,
    accepted,
    listed,
    refused,
    submitted,
    supplied,
)
from tests.spec.driver import Office, cst, given

TERM_ENDS = date(2024, 5, 9)


def test_a_filing_nobody_refused_in_time_is_deemed_accepted() -> None:
    """HN-2022-1 一(二): 逾期未作出不予受理决定的，视为受理."""
    then = given(submitted(FRIDAY)).when_nothing_until("2024-05-20 00:00")
    then.then(
        "deadline.lapsed",
        "task.cancelled",
        "filing.deemed_accepted",
        "task.opened",
        "process.moved",
    ).now("accepted", "assess")
    deemed = then.fact("filing.deemed_accepted")
    assert deemed.actor == LAW
    assert deemed.effective_at == cst(MIDNIGHT)
    assert deemed.cite == "HN-2022-1 一(二)"
    assert then.event("filing.deemed_accepted").last_day == TERM_ENDS
    assert then.case.deadlines[0].state == "lapsed"
    assert then.case.own_version == 8


def test_what_the_law_does_has_one_id_whoever_notices() -> None:
    then = given(submitted()).when_nothing_until(MIDNIGHT)
    assert then.happened.work.id == lapse_id("a", "filing.acceptance", 1)


def test_nothing_lapses_a_second_before_midnight() -> None:
    assert given(submitted()).office.wait("a", cst(LAST_SECOND)) == []


@pytest.mark.parametrize("act", [accepted, refused, listed])
def test_an_act_received_in_the_last_second_is_in_time(act: object) -> None:
    assert callable(act)
    given(*TO_EXAMINE).when(act(LAST_SECOND)).then("…")


@pytest.mark.parametrize("act", [accepted, refused, listed])
def test_an_act_received_at_midnight_finds_the_law_was_faster(act: object) -> None:
    assert callable(act)
    then = given(*TO_EXAMINE).when(act(MIDNIGHT))
    then.then_refused(WrongStage).now("accepted", "assess")


def test_an_act_received_in_time_counts_however_late_it_is_looked_at() -> None:
    office = given(*TO_EXAMINE).office
    late = Office(office.world, office.cases, office.streams, office.claimed)
    office.play("a", accepted(LAST_SECOND))
    assert late.wait("a", cst("2025-01-01 00:00")) == []


def test_the_day_the_supplement_is_complete_counts_as_the_day_of_receipt() -> None:
    """HN-2022-1 一(二): 补正完毕之日视为收到申请之日."""
    past = (
        *TO_EXAMINE,
        listed("2024-05-09 10:00"),
        supplied("2024-05-13 10:00", "premises", "staff"),
    )
    case = given(*past).case
    second = case.deadlines[-1]
    assert (second.key, second.occurrence) == ("filing.acceptance", 2)
    assert (second.starts, second.due) == (cst("2024-05-13 10:00"), date(2024, 5, 22))
    then = given(*past).when_nothing_until("2024-05-23 00:00")
    assert then.fact("filing.deemed_accepted").effective_at == cst("2024-05-23 00:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2024-02-02 09:00", date(2024, 2, 18)),  # 4 and 18 February are worked, 10 to 17 are not
        ("2024-09-13 09:00", date(2024, 9, 25)),  # 14 September is worked, 15 to 17 are not
        ("2024-09-29 09:00", date(2024, 10, 14)),  # 12 October is worked, 1 to 7 are not
        ("2026-09-28 10:12", date(2026, 10, 13)),  # 10 October is worked, 1 to 7 are not
    ],
)
def test_made_up_working_days_count_and_holidays_do_not(received: str, due: date) -> None:
    case = given(submitted(received)).case
    assert case.deadlines[0].due == due


def test_a_term_into_a_year_not_yet_published_is_provisional() -> None:
    clock = given(submitted("2026-12-30 09:00")).case.deadlines[0]
    assert clock.provisional
