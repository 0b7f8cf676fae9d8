"""Nobody gets past a rule by writing an id, a code or a job a little differently."""

import pytest

from domain.case.refusals import Malformed, SamePerson
from domain.procedures.filing.refusals import (
    OccupationNotOpen,
    QuotaExceeded,
    TooManyOccupations,
)
from tests.domain.filing.test_decision import full, on_the_last_step
from tests.domain.filing.test_submit import FOUR, SOCIAL
from tests.examples.filing import (
    Said,
    accepted,
    approved,
    assessed,
    institution,
    item,
    published,
    submitted,
)
from tests.spec.driver import Given, Office, cst, given

DECIDED = "2024-05-20 10:00"
BLANKS = [" {}", "{} ", "\u3000{}", "{}\u00a0", "{}\t"]


def at_the_decision(office: Office, **changes: Said) -> Given:
    """A social organisation whose public notice has run."""
    past = given(
        submitted(kind=SOCIAL, **changes), accepted(), assessed(), published(), office=office
    )
    office.wait("a", cst("2024-05-20 00:00"))
    return past


@pytest.mark.parametrize("spelling", [*BLANKS, "ｐ-reviewer"])
def test_a_reviewer_cannot_approve_the_own_exception_under_another_spelling(spelling: str) -> None:
    office = full(3)
    on_the_last_step(office)
    exception = {"reason": "紧缺", "approved_by": spelling.format("p-reviewer")}
    given(office=office).when(approved(DECIDED, exception=exception)).then_refused(SamePerson)


@pytest.mark.parametrize("spelling", [*BLANKS, "ｐ-school"])
def test_an_applicant_cannot_either(spelling: str) -> None:
    exception = {"reason": "紧缺", "approved_by": spelling.format("p-school")}
    sent = submitted(kind=SOCIAL, scope=FOUR, exception=exception)
    given().when(sent).then_refused(TooManyOccupations)


@pytest.mark.parametrize("spelling", BLANKS)
def test_a_job_with_blanks_around_it_counts_as_the_same_job(spelling: str) -> None:
    past = at_the_decision(full(3), scope=[item(job=spelling.format("车工"))])
    past.when(approved(DECIDED)).then_refused(QuotaExceeded)


@pytest.mark.parametrize("spelling", BLANKS)
def test_a_code_with_blanks_around_it_is_the_same_occupation(spelling: str) -> None:
    past = at_the_decision(full(3), scope=[item(spelling.format("6-18-01-01"))])
    past.when(approved(DECIDED)).then_refused(QuotaExceeded)
    guard = item(spelling.format("4-07-05-01"), "保安员")
    given().when(submitted(scope=[guard])).then_refused(OccupationNotOpen)


@pytest.mark.parametrize(
    "code", ["6-18-01", "6-18-01-1", "61801011", "6－18－01", "车工", "", "A-18-01-01"]
)
def test_what_has_not_the_form_of_an_occupation_code_is_malformed(code: str) -> None:
    given().when(submitted(scope=[item(code)])).then_refused(Malformed)


def test_a_name_keeps_the_brackets_it_is_registered_with() -> None:
    case = given(submitted(institution=institution(name=" 长沙甲培训学校（普通合伙） "))).case
    assert case.applicant.name == "长沙甲培训学校（普通合伙）"


def test_an_invisible_character_is_no_part_of_an_id() -> None:
    exception = {"reason": "紧缺", "approved_by": "p-school\u200b"}
    sent = submitted(kind=SOCIAL, scope=FOUR, exception=exception)
    given().when(sent).then_refused(Malformed)
