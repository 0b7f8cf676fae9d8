"""What letters, receipts and records of service say of the office that speaks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.case.letter import letter, receipt, record_of_service
from domain.case.sheet import Sheet
from tests.examples.filing import MONDAY, REVIEWER, TO_EXAMINE, TUESDAY, acting, listed
from tests.examples.national import CHANGSHA_BRANCH, HUNAN, NATIONAL_FILED, branch_filed
from tests.spec.driver import Given, given

MAILED = (*TO_EXAMINE, listed(MONDAY, service="mail"))
MOVED = acting(TUESDAY, REVIEWER, "case.transfer", jurisdiction="430103", reason="属地")


def last_letter(past: Given) -> Sheet:
    """Return the newest letter of a case, as it says itself today."""
    stream, notice = past.office.streams["a"], past.case.notices[-1]
    command = stream[notice.version - 1].meta.command
    return letter(past.case, [one for one in stream if one.meta.command == command], notice.id)


def last_record(past: Given) -> Sheet:
    """Return the record of service of the newest letter."""
    return record_of_service(past.case, past.case.notices[-1])


def first_receipt(past: Given) -> Sheet:
    """Return the receipt of a case."""
    stream = past.office.streams["a"]
    first = stream[0].meta.command
    return receipt(past.case, [one for one in stream if one.meta.command == first])


@pytest.mark.parametrize("paper", [last_letter, last_record, first_receipt])
def test_a_paper_stays_its_own_offices_when_the_case_goes_to_another(
    paper: Callable[[Given], Sheet],
) -> None:
    past = given(*MAILED, MOVED)
    assert past.case.jurisdiction == "430103"
    assert paper(past).issuer == "长沙市鉴定中心"


@pytest.mark.parametrize("paper", [last_letter, last_record])
def test_the_receipt_of_a_branch_is_its_provinces_not_the_ministrys(
    paper: Callable[[Given], Sheet],
) -> None:
    """Cite: RS-2021-57A 一(十)5."""
    assert paper(given(*NATIONAL_FILED)).issuer == "部中心"
    branch = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH))
    assert paper(branch).issuer == "湖南省鉴定中心"


def test_a_letter_is_signed_with_the_name_of_the_office_that_sent_it() -> None:
    named = replace(REVIEWER, name="长沙市职业技能鉴定中心")
    past = given(*TO_EXAMINE, replace(listed(MONDAY), by=named), MOVED)
    assert last_letter(past).issuer == "长沙市职业技能鉴定中心"
