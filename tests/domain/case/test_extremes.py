"""What a person may type cannot bring a case to a halt: no day lies beyond the calendar."""

import pytest

from domain.case.acts import MOST_DAYS
from domain.case.commands import parse
from domain.case.refusals import Malformed, NotExtendable, OutsideJurisdiction
from domain.kernel.json import Json
from domain.procedures.filing.refusals import SupplementTooLong
from tests.examples.filing import (
    BUREAU,
    MONDAY,
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_PUBLISH,
    TO_EXAMINE,
    TUESDAY,
    Said,
    accepted,
    acting,
    institution,
    item,
    listed,
    material,
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


@pytest.mark.parametrize("code", ["４３０２００", "٤٣٠٢٠٠", "430020", "43020", "4302000"])
def test_only_a_code_of_ascii_digits_is_a_jurisdiction(code: str) -> None:
    transfer = acting(MONDAY, BUREAU, "case.transfer", jurisdiction=code, reason="x")
    past = given(*TO_EXAMINE)
    past.when(transfer).then_refused(Malformed)
    past.when(accepted(TUESDAY)).then("filing.accepted", "…")
    given().when(submitted(jurisdiction=code)).then_refused(Malformed)


@pytest.mark.parametrize(
    "long",
    [
        {"institution": institution(name="x" * 201)},
        {"institution": institution(uscc="9" * 201)},
        {"scope": [item(job="工" * 201)]},
        {"commitment": {"signed_by": "p" * 201, "signed_at": "2024-04-26"}},
        {"materials": [material("m" * 201)]},
        {"exception": {"reason": "x" * 10_001, "approved_by": "p"}},
        {"scope": [item()] * 501},
    ],
)
def test_no_text_and_no_list_is_longer_than_what_the_store_can_key(long: dict[str, Said]) -> None:
    given().when(submitted(**long)).then_refused(Malformed)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_text_that_the_store_could_not_keep_is_malformed(text: str) -> None:
    payload: Json = {"text": text}
    faults = parse("case.note", payload)
    assert isinstance(faults, tuple)
    assert [(one.pointer, one.code) for one in faults] == [("/text", "type")]


def test_an_operator_of_no_organisation_files_for_none() -> None:
    nobody = type(SCHOOL)(person="p", role=SCHOOL.role, jurisdiction=SCHOOL.jurisdiction)
    given().when(submitted(by=nobody)).then_refused(OutsideJurisdiction)
