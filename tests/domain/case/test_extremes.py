"""What a person may type cannot bring a case to a halt: no day lies beyond the calendar."""

import pytest

from domain.case.acts import MOST_DAYS
from domain.case.commands import parse
from domain.case.refusals import Malformed, NotExtendable, OutsideJurisdiction
from domain.kernel.json import Json
from domain.procedures.filing.refusals import SupplementTooLong
from tests.examples.filing import (
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_PUBLISH,
    TO_EXAMINE,
    acting,
    listed,
    published,
    submitted,
)
from tests.spec.driver import given

EXTENSION = {"key": "filing.publicity", "reason": "疫情", "cite": "通知"}


@pytest.mark.parametrize("days", [MOST_DAYS + 1, 10_000_000, 10**20])
def test_no_number_of_days_reaches_beyond_the_calendar(days: int) -> None:
    given(*SOCIAL_TO_PUBLISH).when(published(working_days=days)).then_refused(Malformed)
    longer = acting("2024-05-07 10:00", REVIEWER, "deadline.extend", amount=days, **EXTENSION)
    given(*ON_NOTICE).when(longer).then_refused(Malformed)
    given(*TO_EXAMINE).when(listed(working_days=days)).then_refused(Malformed)


def test_the_longest_notice_still_ends() -> None:
    case = given(*SOCIAL_TO_PUBLISH, published(working_days=MOST_DAYS)).case
    assert case.deadlines[-1].due is not None
    given(*TO_EXAMINE).when(listed(working_days=MOST_DAYS)).then_refused(SupplementTooLong)


def test_repeated_extensions_end_there_too() -> None:
    longer = acting("2024-05-07 10:00", REVIEWER, "deadline.extend", amount=MOST_DAYS, **EXTENSION)
    given(*ON_NOTICE).when(longer).then_refused(NotExtendable)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_text_that_the_store_could_not_keep_is_malformed(text: str) -> None:
    payload: Json = {"text": text}
    faults = parse("case.note", payload)
    assert isinstance(faults, tuple)
    assert [(one.pointer, one.code) for one in faults] == [("/text", "type")]


def test_an_operator_of_no_organisation_files_for_none() -> None:
    nobody = type(SCHOOL)(person="p", role=SCHOOL.role, jurisdiction=SCHOOL.jurisdiction)
    given().when(submitted(by=nobody)).then_refused(OutsideJurisdiction)
