"""Social organisations outside Hunan file under the national rules (RS-2021-57A 二)."""

from datetime import date

import pytest

from domain.case.refusals import RoleRequired, WrongStage
from domain.law.book import NoRule
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    AssessmentMissing,
    CommitmentMissing,
    OccupationNotOpen,
    PublicityRunning,
    QuotaExceeded,
    ReasonsRequired,
    SupplementOnce,
    WrongAuthority,
)
from domain.registers.institutions import (
    Bar,
    Institution,
    InstitutionRegistered,
    InstitutionType,
    ScopeItem,
)
from domain.registers.occupations import OccupationRegistered
from tests.examples.filing import ANYBODY, DIGEST, Said, acting, approved, item, material
from tests.examples.national import (
    ASSESSOR,
    CLERK,
    KUNMING,
    MINISTRY,
    NOTICE_OVER,
    ORGANISATION,
    PLAZA,
    REVIEWER,
    SOCIAL_ON_NOTICE,
    SOCIAL_TO_ASSESS,
    SOCIAL_TO_PUBLISH,
    social,
)
from tests.spec.driver import Given, Office, cst, given

APRIL = "2024-04-01 10:00"


def to_decide(office: Office | None = None, **changes: Said) -> Given:
    """Bring an organisation to its decision."""
    past = given(social(**changes), *SOCIAL_ON_NOTICE[1:], office=office)
    past.office.wait("a", cst(NOTICE_OVER))
    return past


def applicant(kind: InstitutionType) -> dict[str, str]:
    """Return the applicant as an institution of that type."""
    return {"name": "昆明示例机构", "uscc": PLAZA, "type": kind}


def test_no_national_term_of_acceptance_so_none_runs_and_silence_accepts_nothing() -> None:
    """Cite: RS-2021-57A 二(十)2."""
    past = given(social())
    assert past.case.deadlines == ()
    assert past.office.wait("a", cst("2025-01-01 00:00")) == []
    past.when(acting("2025-01-02 10:00", CLERK, "accept")).now("accepted", "assess")


def test_a_late_supplement_is_shown_overdue_and_still_taken() -> None:
    """Outside Hunan no text says what lateness leads to."""
    missing = [{"material": "staff", "reason": "缺"}]
    past = given(social(), acting("2024-03-06 10:00", CLERK, "request_supplement", missing=missing))
    clock = past.case.deadlines[0]
    assert (clock.key, clock.due, clock.wait) == ("filing.supplement", date(2024, 3, 20), "")
    assert clock.term.local_practice
    assert past.office.wait("a", cst("2024-05-01 00:00")) == []
    late = acting("2024-05-06 10:00", ORGANISATION, "supplement", materials=[material("staff")])
    then = past.when(late).now("received", "examine")
    assert then.case.deadlines[0].state == "met"


def test_supplying_in_parts_keeps_the_one_term_running() -> None:
    missing = [{"material": one, "reason": "缺"} for one in ("staff", "rules")]
    past = given(
        social(),
        acting("2024-03-06 10:00", CLERK, "request_supplement", missing=missing),
        acting("2024-03-08 10:00", ORGANISATION, "supplement", materials=[material("staff")]),
    )
    assert [(one.key, one.state) for one in past.case.deadlines] == [("filing.supplement", "open")]


def test_defects_are_listed_once_and_refusals_give_reasons_there_too() -> None:
    """Cite: RS-2021-57A 二(十一)."""
    missing = [{"material": "staff", "reason": "缺"}]
    ask = acting("2024-03-06 10:00", CLERK, "request_supplement", missing=missing)
    given(social(), ask).when(ask).then_refused(SupplementOnce)
    then = given(social()).when(acting("2024-03-06 10:00", CLERK, "refuse_acceptance"))
    then.then_refused(ReasonsRequired)
    assert then.outcome.cite == "RS-2021-57A 二(十一)"


def test_it_goes_from_assessment_over_the_notice_to_code_receipt_and_directory() -> None:
    """Cite: RS-2021-57A 二(十)3, 二(十)4, 二(十)5, 二(十)6."""
    then = to_decide().when(approved(APRIL, by=REVIEWER))
    then.then(
        "filing.approved", "directory.published", "notice.issued", "notice.served",
        "task.completed", "case.closed", "process.moved",
    ).now("closed", "filed")  # fmt: skip
    assert then.event("filing.approved").institution_code == "S000053000001"
    assert then.fact("filing.approved").cite == "RS-2021-57A 二(四)"


@pytest.mark.parametrize("kind", ["enterprise", "school", "agency", "association"])
def test_any_legal_person_may_apply_and_is_put_on_notice(kind: InstitutionType) -> None:
    """Enterprises and schools too, then with the letter of the public.

    Cite: RS-2021-57A 二(五)1.
    """
    past = to_decide(institution=applicant(kind))
    code = past.when(approved(APRIL, by=REVIEWER)).event("filing.approved").institution_code
    assert code == "S000053000001"


def test_a_failed_assessment_is_not_published_and_can_only_be_declined() -> None:
    """Cite: RS-2021-57A 二(五), 二(十)3."""
    failed = acting("2024-03-12 10:00", ASSESSOR, "assess", passed=False)
    past = given(*SOCIAL_TO_ASSESS, failed)
    past.when(approved(APRIL, by=REVIEWER)).then_refused(AssessmentMissing)
    declined = acting(APRIL, REVIEWER, "decline", reasons=["x"], legal_basis=["RS-2021-57A 二(五)"])
    past.when(declined).now("refused", "declined")


def test_an_approval_before_the_notice_is_told_to_publish_it_first() -> None:
    """Cite: RS-2021-57A 二(十)4."""
    then = given(*SOCIAL_TO_PUBLISH).when(approved("2024-03-13 10:00", by=REVIEWER))
    then.then_refused(PublicityRunning)
    assert "请先发布公示" in then.outcome.zh
    assert "publish it first" in then.outcome.en


def test_an_approval_during_the_notice_is_told_its_last_day() -> None:
    then = given(*SOCIAL_ON_NOTICE).when(approved("2024-03-14 10:00", by=REVIEWER))
    then.then_refused(PublicityRunning)
    assert "2024-03-20" in then.outcome.zh


def test_an_approval_after_the_notice_is_told_which_objections_are_left() -> None:
    objected = acting("2024-03-14 10:00", ANYBODY, "object", text="不符")
    past = given(*SOCIAL_ON_NOTICE, objected)
    past.office.wait("a", cst(NOTICE_OVER))
    then = past.when(approved(APRIL, by=REVIEWER))
    then.then_refused(PublicityRunning)
    assert "1 件异议未处理" in then.outcome.zh


def test_an_upheld_objection_ends_the_filing() -> None:
    objected = acting("2024-03-14 10:00", ANYBODY, "object", text="不符")
    past = given(*SOCIAL_ON_NOTICE, objected)
    upheld = acting("2024-03-15 10:00", REVIEWER, "resolve_objection", upheld=True, reason="属实")
    past.when(upheld).now("refused", "declined")


# ---- quota


def filed(uscc: str, n: int, job: str = "普通车工") -> InstitutionRegistered:
    """Return an organisation filed in Kunming for turners, each for another job."""
    its = Institution(name=uscc, uscc=uscc, type="social_organisation")
    scope = (ScopeItem(occupation_code="6-18-01-01", occupation="车工", job=job, level=4),)
    return InstitutionRegistered(
        institution=its,
        jurisdiction=KUNMING,
        scope=scope,
        institution_code=f"S000053{n:06d}",
    )


def full(places: int) -> Office:
    """Return an office with so many filed organisations."""
    office = Office()
    office.register(*(filed(f"U{n}", n) for n in range(1, places + 1)))
    return office


def test_one_occupation_has_three_organisations_whatever_their_jobs() -> None:
    """An occupation, not each of its jobs, as Hunan counts them.

    Cite: RS-2021-57A 二(四).
    """
    then = to_decide(full(3)).when(approved(APRIL, by=REVIEWER))
    then.then_refused(QuotaExceeded)
    assert then.outcome.cite == "RS-2021-57A 二(四)"
    assert then.outcome.evidence["taken"] == 3
    last = to_decide(full(2)).when(approved(APRIL, by=REVIEWER)).now("closed")
    assert last.event("filing.approved").places_taken == 2


def test_a_county_has_three_places_too_where_no_province_says_less() -> None:
    county = "530102"
    by = type(REVIEWER)(person="p-x", role="center.reviewer", jurisdiction=county)
    boss = type(REVIEWER)(person="p-y", role="center.reviewer", jurisdiction=county)
    office = full(3)
    past = given(
        social(jurisdiction=county), acting("2024-03-06 10:00", by, "accept"),
        acting("2024-03-12 10:00", by, "assess", passed=True),
        acting("2024-03-13 10:00", by, "publish_notice"), office=office,
    )  # fmt: skip
    office.wait("a", cst(NOTICE_OVER))
    past.when(approved(APRIL, by=boss)).now("closed")


def test_an_exception_another_person_approved_makes_a_fourth_place() -> None:
    """原则上.

    Cite: RS-2021-57A 二(四).
    """
    past = to_decide(full(3))
    exception = {"reason": "紧缺职业", "approved_by": "p-director"}
    past.when(approved(APRIL, by=REVIEWER, exception=exception)).now("closed")


def test_the_number_of_occupations_is_hunans_rule_only() -> None:
    """Cite: HN-2022-1 一(一)."""
    four = [item(code, "x") for code in ("6-18-01-01", "6-20-01-01", "4-10-01-06", "4-12-01-01")]
    given().when(social(scope=four)).then("case.opened", "…")


# ---- who may apply, for what, where


@pytest.mark.parametrize(
    ("kind", "bar", "since", "clause"),
    [
        ("social_organisation", "government_body", None, "二(七)1"),
        ("social_organisation", "offence", None, "二(七)2(1)"),
        ("association", "annual_inspection", date(2021, 3, 5), "二(七)2(2)"),
        ("association", "illegal_organisation", None, "二(七)2(3)"),
        ("enterprise", "abnormal_operations", date(2021, 3, 5), "二(七)2(4)"),
        ("school", "bad_record", None, "二(七)2(5)"),
    ],
)
def test_each_bar_keeps_its_kind_of_applicant_out(
    kind: InstitutionType, bar: str, since: date | None, clause: str
) -> None:
    """Those of three years end with them.

    Cite: RS-2021-57A 二(七), 二(七)1, 二(七)2, 二(七)2(1), 二(七)2(2), 二(七)2(3), 二(七)2(4),
        二(七)2(5).
    """
    office = Office()
    its = Institution(name="甲", uscc=PLAZA, type=kind)
    bars = (Bar(kind=bar, since=since),)
    office.register(InstitutionRegistered(institution=its, jurisdiction=KUNMING, bars=bars))
    then = given(office=office).when(social(institution=applicant(kind)))
    then.then_refused(ApplicantBarred)
    assert then.outcome.cite == f"RS-2021-57A {clause}"


@pytest.mark.parametrize(
    ("kind", "bar", "since"),
    [
        ("enterprise", "annual_inspection", date(2023, 1, 1)),
        ("association", "abnormal_operations", date(2023, 1, 1)),
        ("enterprise", "abnormal_operations", date(2021, 3, 4)),
        ("association", "annual_inspection", date(2021, 3, 4)),
    ],
)
def test_a_bar_of_others_or_of_more_than_three_years_ago_keeps_nobody_out(
    kind: InstitutionType, bar: str, since: date
) -> None:
    office = Office()
    its = Institution(name="甲", uscc=PLAZA, type=kind)
    bars = (Bar(kind=bar, since=since),)
    office.register(InstitutionRegistered(institution=its, jurisdiction=KUNMING, bars=bars))
    given(office=office).when(social(institution=applicant(kind))).then("case.opened", "…")


def test_categories_one_and_two_are_closed_to_all_of_them() -> None:
    """Cite: RS-2021-57A 二(六)."""
    office = Office()
    office.register(OccupationRegistered(code="2-02-01-01", name="甲"))
    for n, kind in enumerate(("social_organisation", "enterprise")):
        sent = social(scope=[item("2-02-01-01")], institution=applicant(kind))  # type: ignore[arg-type]
        given(office=office, case_id=f"x{n}").when(sent).then_refused(OccupationNotOpen)


def test_licence_types_need_a_ground_and_in_henan_are_never_open() -> None:
    """Cite: RS-2021-57A 二(六); YUZ-2021-1 三(一)."""
    guard = item("4-07-05-01", "保安员")
    grounded = guard | {"ground": "批文"}
    given().when(social(scope=[guard])).then_refused(OccupationNotOpen)
    given().when(social(scope=[grounded])).then("case.opened", "…")
    zhengzhou = type(ORGANISATION)(
        person="p-org", role="institution.operator", organisation=PLAZA, jurisdiction="410100"
    )
    sent = social(by=zhengzhou, jurisdiction="410100", scope=[grounded])
    then = given().when(sent)
    then.then_refused(OccupationNotOpen)
    assert then.outcome.cite == "YUZ-2021-1 三(一)"


def test_the_commitment_is_the_one_the_guide_lists() -> None:
    """Cite: RS-2021-57A 二(八)6."""
    then = given().when(social(commitment=None, institution=applicant("enterprise")))
    then.then_refused(CommitmentMissing)
    assert then.outcome.cite == "RS-2021-57A 二(八)6"


@pytest.mark.parametrize(
    ("jurisdiction", "cite"),
    [
        ("000000", "RS-2021-57A 二(三)"),
        ("430100", "HN-2022-1 一(二)"),
        ("440000", "RS-2021-57A 二(三)"),
    ],
)
def test_the_country_hunan_and_another_province_take_no_such_filing(
    jurisdiction: str, cite: str
) -> None:
    """Each place's own authority; Hunan has its own rules.

    Cite: RS-2021-57A 二(三), 二(九).
    """
    then = given().when(social(jurisdiction=jurisdiction))
    then.then_refused(WrongAuthority)
    assert then.outcome.cite == cite


def test_a_case_is_not_handed_over_to_hunan_either() -> None:
    sent = acting("2024-03-06 10:00", REVIEWER, "case.transfer", jurisdiction="430100", reason="x")
    given(social()).when(sent).then_refused(WrongAuthority)


def test_before_the_guide_was_in_force_there_was_nothing_to_file_under() -> None:
    given().when(social("2021-12-22 10:00")).then_refused(NoRule)
    given().when(social("2021-12-23 10:00")).then("case.opened", "…")


def test_branches_are_for_national_employers() -> None:
    branch = {"name": "分公司", "uscc": "91", "jurisdiction": "530000"}
    then = given().when(social(branches=[branch]))
    assert then.outcome.code == "command.malformed"
    assert "/branches" in then.outcome.en


def test_the_ministrys_center_does_not_act_on_a_citys_case() -> None:
    then = given(social()).when(acting("2024-03-06 10:00", MINISTRY, "accept"))
    assert then.outcome.code == "case.outside_jurisdiction"


def test_nobody_files_branches_of_a_social_organisation() -> None:
    sent = acting(APRIL, REVIEWER, "file_branch", branch="91", passed=True)
    given(social()).when(sent).then_refused(WrongStage)
    clerk = acting(APRIL, CLERK, "file_branch", branch="91", passed=True)
    given(social()).when(clerk).then_refused(RoleRequired)


def test_listed_materials_that_lack_are_shown_to_the_center_and_turn_nobody_away() -> None:
    """Cite: RS-2021-57A 二(八), 二(十)1."""
    then = given().when(social(materials=[{"code": "registration", "digest": DIGEST}]))
    then.then("case.opened", "filing.submitted", "filing.materials_lacking", "…").now("received")
    assert then.event("filing.materials_lacking").materials == (
        "profile", "plan", "experts", "premises",
    )  # fmt: skip
    listed = ("profile", "registration", "plan", "experts", "premises")
    whole = given().when(social(materials=[{"code": one, "digest": DIGEST} for one in listed]))
    assert "filing.materials_lacking" not in whole.types
