"""Question banks: what they must have, and that reporting is enough."""

from datetime import UTC
from typing import Any

import pytest

from domain.case.refusals import RoleRequired
from domain.kernel.errors import Refusal
from domain.law.book import NoRule
from domain.procedures.registers.question_bank.refusals import (
    BankNotReviewed,
    BankTooFewPapers,
    BankTooFewTheoryItems,
    BankTooRepetitive,
)
from domain.registers import question_banks
from tests.examples.filing import CLERK, USCC
from tests.examples.registers import HENAN_COLLEGE, reported
from tests.spec.driver import cst, given

KEY = question_banks.key(USCC, "6-18-01-01", 4)


def test_a_bank_is_on_record_as_soon_as_it_is_reported() -> None:
    """Cite: HN-2022-1 二(七)."""
    then = given().when(reported())
    then.then("case.opened", "bank.reported", "bank.recorded", "case.closed", "process.moved")
    then.now("closed", "bank_recorded")
    office = then.office
    found = question_banks.recorded(office.reading([KEY]), USCC, "6-18-01-01", 4)
    assert found is not None
    assert found.case == "a"
    assert found.recorded_at == cst("2024-09-02 09:00").astimezone(UTC)


def test_a_bank_serves_its_own_occupation_and_level_alone() -> None:
    office = given(reported()).office
    for code, level in (("6-18-01-01", 3), ("6-20-01-01", 4)):
        which = question_banks.key(USCC, code, level)
        assert question_banks.recorded(office.reading([which]), USCC, code, level) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"theory_items": 499}, BankTooFewTheoryItems),
        ({"practical_papers": 4}, BankTooFewPapers),
        ({"repetition_percent": 31}, BankTooRepetitive),
        ({"expert_review": False}, BankNotReviewed),
        ({"theory_items": 0, "practical_papers": 0, "expert_review": False}, BankTooFewTheoryItems),
        ({"practical_papers": 0, "repetition_percent": 100}, BankTooFewPapers),
        ({"repetition_percent": 100, "expert_review": False}, BankTooRepetitive),
    ],
)
def test_what_falls_short_is_told_at_once(changes: dict[str, Any], why: type[Refusal]) -> None:
    """Cite: HN-2022-1 二(七)."""
    then = given().when(reported(**changes))
    then.then_refused(why)
    assert "HN-2022-1 二(七)" in then.outcome.zh


def test_where_no_text_says_what_a_bank_must_have_none_is_reported() -> None:
    given().when(reported(by=HENAN_COLLEGE)).then_refused(NoRule)
    given().when(reported("2022-05-31 09:00")).then_refused(NoRule)


def test_a_center_does_not_report_for_the_institution() -> None:
    given().when(reported(by=CLERK)).then_refused(RoleRequired)
