"""`filing.submit`: what an application opens, and what turns it away (HN-2022-1 一(一), 一(二))."""

from datetime import date

import pytest

from domain.case.refusals import Malformed, OutsideJurisdiction, RoleRequired, WrongStage
from domain.case.state import Party
from domain.kernel.errors import Refusal
from domain.law.book import NoRule
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    CommitmentMissing,
    OccupationNotOpen,
    TooManyOccupations,
    WrongAuthority,
)
from domain.registers.institutions import Bar, Institution, InstitutionRegistered
from domain.registers.occupations import OccupationRegistered
from tests.examples.filing import (
    CLERK,
    FRIDAY,
    MIDNIGHT,
    OTHER_SCHOOL,
    SCHOOL,
    TO_EXAMINE,
    USCC,
    accepted,
    acting,
    institution,
    item,
    submitted,
)
from tests.spec.driver import Office, Sent, cst, given

SOCIAL = "social_organisation"
FOUR = [item(code, job) for code, job in zip(
    ("6-18-01-01", "6-20-01-01", "4-10-01-06", "4-12-01-01"), "车钳家汽", strict=True
)]  # fmt: skip


def test_an_application_opens_a_case_whose_seven_working_days_begin() -> None:
    """HN-2022-1 一(二): the made-up Sunday counts, the holiday does not."""
    then = given().when(submitted(FRIDAY))
    then.then(
        "case.opened", "filing.submitted", "task.opened", "deadline.opened", "process.moved"
    ).now("received", "examine")
    clock = then.event("deadline.opened")
    assert (clock.key, clock.occurrence, clock.due) == ("filing.acceptance", 1, date(2024, 5, 9))
    assert clock.effective == cst(MIDNIGHT)
    assert (clock.term.amount, clock.term.cite) == (7, "HN-2022-1 一(二)")
    assert then.case.applicant == Party(organisation=USCC, name="长沙甲培训学校", kind="school")


def test_the_case_number_names_office_procedure_and_year_without_a_gap() -> None:
    office = Office()
    first = given(submitted(), office=office, case_id="a").case
    given(office=office, case_id="b").when(submitted(commitment={})).then_refused(CommitmentMissing)
    second = given(submitted(), office=office, case_id="c").case
    next_year = given(submitted("2025-01-02 09:00"), office=office, case_id="d").case
    assert first.number == "430100-BA-2024-000001"
    assert second.number == "430100-BA-2024-000002"
    assert next_year.number == "430100-BA-2025-000001"


def test_without_a_jurisdiction_the_acting_institutions_own_holds() -> None:
    assert given(submitted(jurisdiction=None)).case.jurisdiction == "430100"


def test_an_application_that_names_no_office_at_all_is_malformed() -> None:
    nowhere = Sent(cst(FRIDAY), SCHOOL, "filing.submit", submitted().payload, opens=True)
    homeless = type(SCHOOL)(role=SCHOOL.role, organisation=USCC)
    payload = {k: v for k, v in nowhere.payload.items() if k != "jurisdiction"}
    sent = Sent(cst(FRIDAY), homeless, "filing.submit", payload, opens=True)
    given().when(sent).then_refused(Malformed)


def test_missing_materials_are_taken_in_for_the_center_answers_them() -> None:
    assert given(submitted(materials=[])).case.status == "received"


def test_an_occupation_the_register_lacks_is_taken_in_and_shown() -> None:
    case = given(submitted(scope=[item("9-99-99-99", "新职业"), item()])).case
    assert getattr(case.data, "unknown_occupations") == ("9-99-99-99",)  # noqa: B009  – data is any procedure's


@pytest.mark.parametrize(
    "commitment",
    [None, {}, {"signed_by": ""}, {"signed_by": "p"}, {"signed_at": "2024-04-26"}],
)
def test_without_the_principals_commitment_nothing_is_opened(commitment: object) -> None:
    """RSJ-2019-3 二(1): the commitment to truthfulness."""
    given().when(submitted(commitment=commitment)).then_refused(CommitmentMissing)


def test_an_instant_will_do_as_the_day_of_the_commitment() -> None:
    signed = {"signed_by": "p", "signed_at": "2024-04-26T09:00:00+08:00"}
    given().when(submitted(commitment=signed)).then("case.opened", "…")


def test_a_social_organisation_keeps_to_categories_three_to_six() -> None:
    """RS-2021-57A 二(六)."""
    office = Office()
    office.register(OccupationRegistered(code="2-02-01-01", name="甲"))
    scope = [item("2-02-01-01", "甲")]
    given(office=office).when(submitted(kind=SOCIAL, scope=scope)).then_refused(OccupationNotOpen)
    given(office=office, case_id="b").when(submitted(scope=scope)).then("case.opened", "…")


def test_an_occupation_without_standard_is_open_to_nobody() -> None:
    """RS-2021-57A 二(六)."""
    office = Office()
    office.register(OccupationRegistered(code="6-18-01-01", name="车工", standard=False))
    given(office=office).when(submitted()).then_refused(OccupationNotOpen)


def test_a_licence_occupation_needs_a_ground() -> None:
    """RS-2021-57A 二(六)."""
    guard = item("4-07-05-01", "保安员")
    given().when(submitted(scope=[guard])).then_refused(OccupationNotOpen)
    given().when(submitted(scope=[guard | {"ground": "批文"}])).then("case.opened", "…")


def test_a_social_organisation_applies_for_three_occupations_at_most() -> None:
    """HN-2022-1 一(一): 每个社会培训评价组织申报职业不超过3个."""
    given().when(submitted(kind=SOCIAL, scope=FOUR)).then_refused(TooManyOccupations)
    given().when(submitted(kind=SOCIAL, scope=FOUR[:3])).then("case.opened", "…")
    given().when(submitted(kind="enterprise", scope=FOUR)).then("case.opened", "…")


def test_two_levels_of_an_occupation_are_one_occupation() -> None:
    scope = [*FOUR[:3], item(level=3)]
    given().when(submitted(kind=SOCIAL, scope=scope)).then("case.opened", "…")


@pytest.mark.parametrize(
    ("exception", "kind"),
    [
        ({"reason": "紧缺", "approved_by": "p-director"}, None),
        ({"reason": "", "approved_by": "p-director"}, TooManyOccupations),
        ({"reason": "紧缺", "approved_by": "p-school"}, TooManyOccupations),
        ({}, TooManyOccupations),
    ],
)
def test_a_fourth_occupation_needs_an_exception_another_person_approved(
    exception: dict[str, str], kind: type[Refusal] | None
) -> None:
    """HN-2022-1 一(一): 原则上."""
    then = given().when(submitted(kind=SOCIAL, scope=FOUR, exception=exception))
    if kind is not None:
        then.then_refused(kind)
    else:
        assert then.event("filing.submitted").exception.reason == "紧缺"


def barred(kind: str, since: date | None = None, of: str = SOCIAL) -> Office:
    """Return an office whose register has a bar against the applicant."""
    office = Office()
    its = Institution(
        name="甲", uscc=USCC, type="social_organisation" if of == SOCIAL else "school"
    )
    entry = InstitutionRegistered(
        institution=its, jurisdiction="430100", bars=(Bar(kind=kind, since=since),)
    )
    office.register(entry)
    return office


@pytest.mark.parametrize(
    ("kind", "since"),
    [
        ("offence", None),
        ("bad_record", None),
        ("illegal_organisation", None),
        ("annual_inspection", date(2021, 4, 27)),
    ],
)
def test_a_bar_keeps_a_social_organisation_out(kind: str, since: date | None) -> None:
    """RS-2021-57A 二(七)."""
    then = given(office=barred(kind, since)).when(submitted(FRIDAY, kind=SOCIAL))
    then.then_refused(ApplicantBarred)
    assert then.outcome.evidence["bar"] == kind
    assert then.outcome.cite.startswith("RS-2021-57A 二(七)")


def test_a_bar_of_years_ends_with_them() -> None:
    """RS-2021-57A 二(七)2(2): three years."""
    office = barred("annual_inspection", date(2021, 4, 26))
    given(office=office).when(submitted(FRIDAY, kind=SOCIAL)).then("case.opened", "…")


def test_a_bar_for_companies_or_an_unknown_one_binds_no_social_organisation() -> None:
    for kind in ("abnormal_operations", "weather"):
        given(office=barred(kind)).when(submitted(FRIDAY, kind=SOCIAL)).then("case.opened", "…")


def test_bars_are_for_social_organisations_not_for_schools() -> None:
    """RS-2021-57A 一(七): employers have no bars."""
    given(office=barred("offence", of="school")).when(submitted()).then("case.opened", "…")


@pytest.mark.parametrize("jurisdiction", ["410100", "000000", "430200"])
def test_another_province_or_city_is_the_wrong_authority(jurisdiction: str) -> None:
    """HN-2022-1 一(二): 属地鉴定中心."""
    then = given().when(submitted(jurisdiction=jurisdiction))
    then.then_refused(WrongAuthority)
    assert then.happened.decision.stream == "intake:c-1"


@pytest.mark.parametrize("jurisdiction", ["430000", "430103"])
def test_the_province_above_and_a_district_below_take_the_filing(jurisdiction: str) -> None:
    assert given(submitted(jurisdiction=jurisdiction)).case.jurisdiction == jurisdiction


def test_before_the_notice_was_in_force_the_older_term_answers_and_nothing_lapses() -> None:
    """RSJ-2019-3 二(2): ten working days, without a consequence."""
    case = given(submitted("2022-05-05 09:00")).case
    clock = case.deadlines[0]
    assert (clock.term.amount, clock.term.consequence, clock.wait) == (10, None, "")
    before = given(submitted("2022-05-05 09:00"))
    assert before.office.wait("a", cst("2022-12-01 00:00")) == []
    met = before.when(acting("2022-12-01 00:00", CLERK, "accept"))
    met.then(
        "filing.accepted", "notice.issued", "notice.served", "task.completed", "deadline.met", "…"
    )


def test_before_any_text_there_is_no_rule_to_file_under() -> None:
    given().when(submitted("2018-05-04 09:00")).then_refused(NoRule)


def test_nobody_applies_for_another_institution() -> None:
    given().when(submitted(by=OTHER_SCHOOL)).then_refused(OutsideJurisdiction)


def test_the_center_does_not_apply() -> None:
    given().when(submitted(by=CLERK)).then_refused(RoleRequired)


def test_a_case_is_opened_by_an_application_only() -> None:
    given().when(acting(FRIDAY, CLERK, "accept")).then_refused(WrongStage)
    given().when(accepted()).then_refused(WrongStage)


def test_a_case_is_not_applied_for_twice() -> None:
    given(*TO_EXAMINE).when(submitted("2024-04-27 09:00")).then_refused(WrongStage)


def test_the_first_refusal_of_the_list_wins() -> None:
    """VOCABULARY §1: named refusals in the order of their list."""
    office = barred("offence")
    wrong = {"scope": [*FOUR, item("4-07-05-01")], "jurisdiction": "430200", "kind": SOCIAL}
    order: list[tuple[type[Refusal], dict[str, object]]] = [
        (CommitmentMissing, {"commitment": None}),
        (OccupationNotOpen, {}),
        (TooManyOccupations, {"scope": FOUR}),
        (ApplicantBarred, {"scope": FOUR[:1]}),
        (WrongAuthority, {"scope": FOUR[:1], "institution": institution("school")}),
    ]
    for n, (kind, changes) in enumerate(order):
        sent = submitted(**{**wrong, **changes})  # type: ignore[arg-type]
        given(office=office, case_id=f"x{n}").when(sent).then_refused(kind)
