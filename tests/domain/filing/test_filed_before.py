"""A second filing of one institution: occupations are counted together, the code stays."""

from datetime import date
from typing import get_args

import pytest

from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    OccupationNotOpen,
    QuotaExceeded,
    TooManyOccupations,
)
from domain.registers import institutions
from domain.registers.institutions import (
    Bar,
    Institution,
    InstitutionRegistered,
    InstitutionType,
    ScopeItem,
)
from domain.registers.occupations import OccupationRegistered
from tests.domain.filing.test_decision import full
from tests.domain.filing.test_submit import SOCIAL
from tests.examples.filing import (
    FRIDAY,
    USCC,
    Said,
    accepted,
    approved,
    assessed,
    institution,
    item,
    published,
    submitted,
)
from tests.spec.driver import Office, Then, cst, given

DECIDED = "2024-05-20 10:00"
CODES = ("6-18-01-01", "6-20-01-01", "4-10-01-06", "4-12-01-01", "6-31-01-03")
EXCEPTION = {"reason": "紧缺", "approved_by": "p-director"}


def filed(office: Office, *codes: str, jurisdiction: str = "430100") -> None:
    """Let the register have the school's organisation filed for occupations."""
    its = Institution(name="甲", uscc=USCC, type="social_organisation")
    office.register(
        InstitutionRegistered(
            institution=its,
            jurisdiction=jurisdiction,
            institution_code="S000043000009",
            scope=tuple(ScopeItem(occupation_code=one, level=4) for one in codes),
        )
    )


def before_the_decision(office: Office, case_id: str, *codes: str, **changes: Said) -> None:
    """Bring a social organisation's filing to its last step."""
    scope = [item(one) for one in codes]
    past = (submitted(kind=SOCIAL, scope=scope, **changes), accepted(), assessed(), published())
    given(*past, office=office, case_id=case_id)
    office.wait(case_id, cst("2024-05-20 00:00"))


def decided(office: Office, case_id: str, **more: Said) -> Then:
    """Let the reviewer approve."""
    return given(office=office, case_id=case_id).when(approved(DECIDED, **more))


def test_what_is_filed_already_counts_with_what_is_applied_for() -> None:
    """HN-2022-1 一(一): 每个社会培训评价组织申报职业不超过3个."""
    office = Office()
    filed(office, *CODES[:3])
    fourth = submitted(kind=SOCIAL, scope=[item(CODES[3])])
    then = given(office=office).when(fourth).then_refused(TooManyOccupations)
    assert then.outcome.evidence["count"] == 4
    again = submitted(kind=SOCIAL, scope=[item(CODES[0], level=3)])
    given(office=office, case_id="b").when(again).then("case.opened", "…")
    excepted = submitted(kind=SOCIAL, scope=[item(CODES[3])], exception=EXCEPTION)
    given(office=office, case_id="c").when(excepted).then("case.opened", "…")


def test_what_another_province_filed_is_counted_there() -> None:
    office = Office()
    filed(office, *CODES[:3], jurisdiction="410100")
    given(office=office).when(submitted(kind=SOCIAL)).then("case.opened", "…")


def test_two_applications_at_once_do_not_bring_more_than_three() -> None:
    office = Office()
    before_the_decision(office, "a", *CODES[:3])
    before_the_decision(office, "b", *CODES[2:5])
    decided(office, "a").then("filing.approved", "…")
    decided(office, "b").then_refused(TooManyOccupations)
    decided(office, "b", exception=EXCEPTION).then("filing.approved", "…")


def test_the_exception_given_with_the_application_holds_at_its_approval() -> None:
    office = Office()
    before_the_decision(office, "a", *CODES[:4], exception=EXCEPTION)
    decided(office, "a").then("filing.approved", "…")


def test_an_applicants_own_exception_holds_at_no_time() -> None:
    office = Office()
    own = {"reason": "紧缺", "approved_by": "p-school"}
    before_the_decision(office, "a", *CODES[:3])
    before_the_decision(office, "b", *CODES[2:5], exception=own)
    decided(office, "a").then("filing.approved", "…")
    decided(office, "b").then_refused(TooManyOccupations)
    decided(office, "b", exception=own).then_refused(TooManyOccupations)


def test_an_institution_keeps_its_code_at_the_same_office() -> None:
    """RSJ-2019-2 二: one code for one institution; what it names grows."""
    office = Office()
    before_the_decision(office, "a", *CODES[:1])
    before_the_decision(office, "b", *CODES[1:3])
    first = decided(office, "a").event("filing.approved")
    then = decided(office, "b")
    second = then.event("filing.approved")
    assert second.institution_code == first.institution_code == "S000043000001"
    assert (second.joins, first.joins) == ("a", "")
    codes = [one.occupation_code for one in then.event("directory.published").scope]
    assert codes == list(CODES[:3])
    standing = institutions.entries(office.reading([institutions.key(USCC)]), USCC)
    assert [(one.case, len(one.scope)) for one in standing] == [("b", 3)]


def test_an_institution_the_register_had_alone_keeps_its_code_and_its_bars() -> None:
    office = Office()
    filed(office, CODES[0])
    before_the_decision(office, "a", *CODES[1:3])
    then = decided(office, "a")
    event = then.event("filing.approved")
    assert (event.institution_code, event.joins) == ("S000043000009", USCC)
    assert len(institutions.entries(office.reading([institutions.key(USCC)]), USCC)) == 2


def test_another_office_and_another_letter_give_a_code_of_their_own() -> None:
    office = Office()
    filed(office, CODES[0], jurisdiction="430103")
    before_the_decision(office, "a", CODES[1])
    assert decided(office, "a").event("filing.approved").institution_code == "S000043000010"
    own = (submitted(institution=institution("enterprise", serves="own")), accepted(), assessed())
    given(*own, office=office, case_id="b")
    assert decided(office, "b").event("filing.approved").institution_code == "Y000043000001"


# ── who is a social organisation ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", get_args(InstitutionType))
def test_whoever_says_it_serves_the_public_is_put_on_notice(kind: str) -> None:
    """RS-2021-57A 二(五), 二(十)4: enterprises and schools too."""
    its = institution(kind, serves="public")
    then = given(submitted(institution=its), accepted()).when(assessed())
    data = then.case.data
    assert isinstance(data, Filing)
    assert data.social
    then.now("in_review", "publish_notice")


@pytest.mark.parametrize("bar", ["abnormal_operations", "offence", "bad_record"])
def test_a_bar_keeps_out_an_enterprise_that_serves_the_public(bar: str) -> None:
    """RS-2021-57A 二(七)2(4): 经营异常名录."""
    office = Office()
    its = Institution(name="甲", uscc=USCC, type="enterprise", serves="public")
    bars = (Bar(kind=bar, since=date(2024, 1, 1)),)
    office.register(InstitutionRegistered(institution=its, jurisdiction="430100", bars=bars))
    public = submitted(FRIDAY, institution=institution("enterprise", serves="public"))
    then = given(office=office).when(public).then_refused(ApplicantBarred)
    assert then.outcome.evidence["bar"] == bar
    own = submitted(FRIDAY, institution=institution("enterprise"))
    given(office=office, case_id="b").when(own).then("case.opened", "…")


def test_categories_places_and_number_bind_it_as_well() -> None:
    its = institution("enterprise", serves="public")
    four = [item(one) for one in CODES[:4]]
    given().when(submitted(institution=its, scope=four)).then_refused(TooManyOccupations)
    office = full(3)
    office.register(OccupationRegistered(code="2-02-01-01", name="甲"))
    outside = submitted(institution=its, scope=[item("2-02-01-01", "甲")])
    given(office=office).when(outside).then_refused(OccupationNotOpen)
    past = (submitted(institution=its), accepted(), assessed(), published())
    given(*past, office=office, case_id="b")
    office.wait("b", cst("2024-05-20 00:00"))
    decided(office, "b").then_refused(QuotaExceeded)


def test_in_the_register_it_holds_a_place_too() -> None:
    office = full(2)
    its = Institution(name="丙", uscc="c", type="enterprise", serves="public")
    office.register(
        InstitutionRegistered(
            institution=its,
            jurisdiction="430100",
            institution_code="S000043000077",
            scope=(ScopeItem(occupation_code=CODES[0], job="车工", level=4),),
        )
    )
    before_the_decision(office, "a", CODES[0])
    decided(office, "a").then_refused(QuotaExceeded)
