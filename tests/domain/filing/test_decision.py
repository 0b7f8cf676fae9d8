"""Assessment, decision, quota, code and receipt (HN-2022-1 一(一); RS-2021-57A 二(四), 二(十))."""

from dataclasses import replace

import pytest

from domain.case.refusals import HasEnded, RoleRequired, SamePerson, WrongStage
from domain.procedures.filing.refusals import (
    AssessmentMissing,
    PublicityRunning,
    QuotaExceeded,
    ReasonsRequired,
)
from domain.registers.institutions import Institution, InstitutionRegistered, ScopeItem
from tests.examples.filing import (
    ASSESSOR,
    CLERK,
    MONDAY,
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_ASSESS,
    SOCIAL_TO_PUBLISH,
    TO_ASSESS,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    Said,
    accepted,
    acting,
    approved,
    assessed,
    declined,
    institution,
    published,
    submitted,
)
from tests.spec.driver import Office, Sent, cst, given

MAY = "2024-05-20 10:00"
TURNER = ScopeItem(occupation_code="6-18-01-01", occupation="车工", job="车工", level=4)


def test_a_school_goes_from_assessment_to_decision() -> None:
    """RS-2021-57A 二(十)4: only social organisations are put on public notice."""
    then = given(*TO_ASSESS).when(assessed())
    then.then("filing.assessed", "task.completed", "task.opened", "process.moved")
    then.now("in_review", "decide")
    assert then.case.tasks[-1].commands == ("filing.approve", "filing.decline")


def test_approval_gives_code_and_receipt_and_publishes() -> None:
    then = given(*TO_DECIDE).when(approved(MAY))
    then.then(
        "filing.approved", "directory.published", "notice.issued", "notice.served",
        "task.completed", "case.closed", "process.moved",
    ).now("closed", "filed")  # fmt: skip
    event = then.event("filing.approved")
    assert event.institution_code == "Y000043000001"
    assert event.receipt_number == then.event("notice.issued").number == "案卷演示〔2024〕2号"
    assert then.event("directory.published").institution_code == "Y000043000001"


@pytest.mark.parametrize(
    ("its", "letter"),
    [
        (institution("enterprise"), "Y"),
        (institution("school", serves="public"), "S"),
        (institution("agency"), "S"),
        (institution("agency", serves="own"), "Y"),
    ],
)
def test_the_letter_of_the_code_says_whom_the_institution_serves(
    its: dict[str, object], letter: str
) -> None:
    notice = (published(),) if its.get("serves") == "public" else ()
    past = given(submitted(institution=its), accepted(), assessed(), *notice)
    past.office.wait("a", cst("2024-05-20 00:00"))
    code = past.when(approved(MAY)).event("filing.approved").institution_code
    assert code == f"{letter}000043000001"
    assert len(code) == 13


def test_codes_go_on_without_a_gap_and_letters_too() -> None:
    office = Office()
    for n, case_id in enumerate(("a", "b", "c"), 1):
        school = replace(SCHOOL, organisation=case_id)
        sent = submitted(by=school, institution=institution(uscc=case_id))
        past = given(sent, accepted(), assessed(), office=office, case_id=case_id)
        then = past.when(approved(MAY))
        assert then.event("filing.approved").institution_code == f"Y00004300000{n}"
        assert then.event("notice.issued").number == f"案卷演示〔2024〕{2 * n}号"


def test_a_refused_approval_takes_no_number() -> None:
    office = Office()
    given(*TO_DECIDE, office=office).when(approved(MAY, by=ASSESSOR)).then_refused(SamePerson)
    then = given(*TO_DECIDE, office=office, case_id="b").when(approved(MAY))
    assert then.event("filing.approved").institution_code == "Y000043000001"


def test_a_code_of_the_register_is_never_given_again() -> None:
    office = Office()
    office.register(filed("X", "Y000043000007"))
    then = given(*TO_DECIDE, office=office).when(approved(MAY))
    assert then.event("filing.approved").institution_code == "Y000043000008"


def test_who_assessed_does_not_approve() -> None:
    given(*TO_DECIDE).when(approved(MAY, by=ASSESSOR)).then_refused(SamePerson)
    given(*TO_DECIDE).when(approved(MAY)).now("closed")


def test_who_assessed_may_decline() -> None:
    sent = acting(MAY, ASSESSOR, "decline", reasons=["x"], legal_basis=["y"])
    given(*TO_DECIDE).when(sent).now("refused", "declined")


def test_a_clerk_neither_assesses_nor_decides() -> None:
    given(*TO_ASSESS).when(acting(MAY, CLERK, "assess", passed=True)).then_refused(RoleRequired)
    given(*TO_DECIDE).when(approved(MAY, by=CLERK)).then_refused(RoleRequired)


def test_nothing_is_approved_without_an_assessment() -> None:
    given(*TO_ASSESS).when(approved(MAY)).then_refused(AssessmentMissing)
    given(*SOCIAL_TO_ASSESS).when(approved(MAY)).then_refused(AssessmentMissing)


def test_nothing_is_approved_on_a_failed_assessment_but_it_may_be_declined() -> None:
    past = (*SOCIAL_TO_ASSESS, assessed(passed=False))
    given(*past).when(approved(MAY)).then_refused(AssessmentMissing)
    given(*past).when(declined(MAY)).then(
        "filing.declined", "notice.issued", "notice.served", "task.completed", "case.closed",
        "process.moved",
    ).now("refused", "declined")  # fmt: skip


def test_a_decline_states_reasons_and_basis() -> None:
    given(*TO_DECIDE).when(acting(MAY, REVIEWER, "decline")).then_refused(ReasonsRequired)


@pytest.mark.parametrize("past", [TO_EXAMINE, TO_SUPPLEMENT])
def test_before_acceptance_there_is_nothing_to_approve(past: tuple[Sent, ...]) -> None:
    given(*past).when(approved(TUESDAY)).then_refused(WrongStage)


def test_after_the_decision_the_case_is_closed() -> None:
    for act in (approved(MAY), declined(MAY), acting(MAY, SCHOOL, "case.withdraw")):
        given(*TO_DECIDE, approved(MAY)).when(act).then_refused(HasEnded)


# ---- quota


def filed(uscc: str, code: str = "", kind: str = "social_organisation") -> InstitutionRegistered:
    """Return an institution of the register, filed for turners at the city's own node."""
    its = Institution(name=uscc, uscc=uscc, type=kind)  # type: ignore[arg-type]
    return InstitutionRegistered(
        institution=its, jurisdiction="430100", scope=(TURNER,), institution_code=code
    )


def on_the_last_step(office: Office, **changes: Said) -> None:
    """Bring a social organisation to its decision."""
    given(
        submitted(kind="social_organisation", **changes), accepted(), assessed(),
        acting("2024-05-06 10:00", CLERK, "publish_notice"), office=office,
    )  # fmt: skip
    office.wait("a", cst("2024-05-16 00:00"))


def full(places: int) -> Office:
    """Return an office with so many filed social organisations for turners."""
    office = Office()
    for n in range(1, places + 1):
        office.register(filed(f"U{n}", f"S00004300000{n}"))
    return office


def test_a_fourth_organisation_finds_no_place_in_a_city() -> None:
    """HN-2022-1 一(一): 市本级承担同一职业（工种）评价的社会培训评价组织不超过3家."""
    office = full(3)
    on_the_last_step(office)
    then = given(office=office).when(approved(MAY))
    then.then_refused(QuotaExceeded)
    assert (then.outcome.evidence["taken"], then.outcome.evidence["most"]) == (3, 3)
    assert then.event("command.refused").code == "filing.quota_exceeded"
    assert then.case.own_version == then.outcome.version


def test_a_third_organisation_takes_the_last_place() -> None:
    office = full(2)
    on_the_last_step(office)
    then = given(office=office).when(approved(MAY))
    then.now("closed")
    assert then.event("filing.approved").places_taken == 2
    assert then.event("filing.approved").institution_code == "S000043000003"


def test_two_filings_cannot_both_take_the_last_place() -> None:
    office = full(2)
    past = (
        submitted(kind="social_organisation"), accepted(), assessed(),
        acting("2024-05-06 10:00", CLERK, "publish_notice"),
    )  # fmt: skip
    rival = submitted(
        kind="social_organisation", institution=institution("social_organisation", uscc="U-b"),
        by=type(SCHOOL)(person="p", role="institution.operator", organisation="U-b"),
    )  # fmt: skip
    for case_id, first in (("a", past[0]), ("b", rival)):
        given(first, *past[1:], office=office, case_id=case_id)
        office.wait(case_id, cst("2024-05-16 00:00"))
    given(office=office, case_id="b").when(approved(MAY)).now("closed")
    given(office=office, case_id="a").when(approved(MAY)).then_refused(QuotaExceeded)


def test_a_county_has_one_place_and_the_citys_do_not_count_there() -> None:
    """HN-2022-1 一(一): 市辖区县级不超过1家, counted at exactly that node."""
    district = type(REVIEWER)(person="p-d", role="center.reviewer", jurisdiction="430103")
    chief = type(REVIEWER)(person="p-e", role="center.reviewer", jurisdiction="430103")
    past = [
        Sent(cst(at), district, name, payload)
        for at, name, payload in (
            (MONDAY, "filing.accept", {}),
            (TUESDAY, "filing.assess", {"passed": True}),
            ("2024-05-06 10:00", "filing.publish_notice", {}),
        )
    ]
    office = full(3)
    for case_id, code in (("a", "U-a"), ("b", "U-b")):
        by = type(SCHOOL)(person="p", role="institution.operator", organisation=code)
        its = institution("social_organisation", uscc=code)
        first = submitted(by=by, institution=its, jurisdiction="430103")
        given(first, *past, office=office, case_id=case_id)
        office.wait(case_id, cst("2024-05-16 00:00"))
    given(office=office, case_id="a").when(approved(MAY, by=chief)).now("closed")
    given(office=office, case_id="b").when(approved(MAY, by=chief)).then_refused(QuotaExceeded)


def test_another_job_of_the_occupation_has_places_of_its_own() -> None:
    office = full(3)
    on_the_last_step(
        office, scope=[{"occupation_code": "6-18-01-01", "job": "数控车工", "level": 4}]
    )
    given(office=office).when(approved(MAY)).now("closed")


def test_schools_take_no_place_and_need_none() -> None:
    office = full(3)
    given(*TO_DECIDE, office=office).when(approved(MAY)).now("closed")
    assert len([one for one in office.claimed.values() if one.kind == "filing.place"]) == 3


def test_who_holds_a_place_already_does_not_stand_in_its_own_way() -> None:
    office = full(2)
    its = filed(str(SCHOOL.organisation), "S000043000009")
    office.register(its)
    on_the_last_step(office)
    given(office=office).when(approved(MAY)).now("closed")


@pytest.mark.parametrize(
    ("exception", "kind"),
    [
        ({"reason": "人口多", "approved_by": "p-director"}, None),
        ({"reason": "人口多", "approved_by": "p-reviewer"}, SamePerson),
        ({"reason": "", "approved_by": "p-director"}, QuotaExceeded),
        ({"reason": "人口多", "approved_by": ""}, QuotaExceeded),
    ],
)
def test_an_exception_needs_a_reason_and_another_persons_approval(
    exception: dict[str, str], kind: type[SamePerson] | type[QuotaExceeded] | None
) -> None:
    """HN-2022-1 一(一): 原则上."""
    office = full(3)
    on_the_last_step(office)
    then = given(office=office).when(approved(MAY, exception=exception))
    if kind is not None:
        then.then_refused(kind)
    else:
        assert then.event("filing.approved").exception.approved_by == "p-director"
        assert then.event("filing.approved").places_taken == 3


def test_the_quota_is_named_before_the_notice_and_the_assessment() -> None:
    """VOCABULARY §1: named refusals in the order of their list."""
    past = (SOCIAL_TO_ASSESS, SOCIAL_TO_PUBLISH, ON_NOTICE)
    for number, acts in enumerate(past):
        then = given(*acts, office=full(3), case_id=f"x{number}").when(approved(MONDAY))
        then.then_refused(QuotaExceeded)
    given(*ON_NOTICE).when(approved("2024-05-07 10:00")).then_refused(PublicityRunning)
