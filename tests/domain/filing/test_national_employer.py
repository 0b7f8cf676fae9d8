"""National employers file with the ministry, branches with their provinces (RS-2021-57A 一)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.case.access import may_know
from domain.case.actor import Actor
from domain.case.refusals import (
    HasEnded,
    OutsideJurisdiction,
    RoleRequired,
    SamePerson,
    WrongStage,
)
from domain.case.state import Case
from domain.case.views.acting import actions
from domain.case.views.waiting import wait
from domain.law.book import NoRule
from domain.procedures.filing.letters import told
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    AssessmentMissing,
    CommitmentMissing,
    ReasonsRequired,
    SupplementTooLong,
    WrongAuthority,
)
from domain.registers import institutions
from domain.registers.institutions import Bar, Institution, InstitutionRegistered
from tests.examples.filing import ASSESSOR, BUREAU, acting, approved, material
from tests.examples.filing import CLERK as CHANGSHA
from tests.examples.national import (
    CHANGSHA_BRANCH,
    EMPLOYER,
    EXPERT_DESK,
    GROUP,
    HUNAN,
    LATE_BRANCH,
    MINISTRY,
    NATIONAL_FILED,
    NATIONAL_TO_DECIDE,
    NATIONAL_TO_REVIEW,
    YUNNAN,
    YUNNAN_BRANCH,
    branch_filed,
    national,
    reviewed,
)
from tests.spec.driver import TENANT, Office, Sent, cst, given, world

APRIL, LATER = "2024-04-01 10:00", "2024-09-02 10:00"
PUBLISHED = (
    *NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH), branch_filed(YUNNAN, YUNNAN_BRANCH)
)  # fmt: skip
ALONE = (national(branches=None), *NATIONAL_TO_DECIDE[1:], approved(APRIL, by=MINISTRY))


def test_the_ministry_has_ten_working_days_and_being_late_is_only_shown() -> None:
    """Cite: RS-2021-57A 一(十)2."""
    past = given(national())
    clock = past.case.deadlines[0]
    assert (clock.key, clock.due, clock.wait) == ("filing.acceptance", date(2024, 3, 18), "")
    assert (clock.term.amount, clock.term.cite) == (10, "RS-2021-57A 一(十)")
    assert past.office.wait("a", cst("2024-06-01 00:00")) == []
    late = past.when(acting("2024-06-03 10:00", MINISTRY, "accept")).now("accepted", "assess")
    assert late.case.deadlines[0].state == "met"


def test_before_the_guide_the_older_flow_set_the_term() -> None:
    """Cite: RSJ-2019-3 一(2)."""
    assert given(national("2021-12-22 10:00")).case.deadlines[0].term.cite == "RSJ-2019-3 一(2)"
    given().when(national("2019-08-13 10:00")).then_refused(NoRule)


def test_what_is_missing_is_supplied_and_examined_again() -> None:
    """Cite: RS-2021-57A 一(十), 一(十)2."""
    missing = [{"material": "rules", "reason": "缺"}]
    ask = acting("2024-03-06 10:00", MINISTRY, "request_supplement", missing=missing)
    past = given(
        national(), ask, acting("2024-03-08 10:00", EMPLOYER, "supplement",
                                materials=[material("rules")]),
    )  # fmt: skip
    assert (past.case.status, past.case.stage) == ("received", "examine")
    assert [one.due for one in past.case.deadlines if one.key == "filing.acceptance"] == [
        date(2024, 3, 18),
        date(2024, 3, 22),
    ]
    long = acting(
        "2024-03-06 10:00", MINISTRY, "request_supplement", missing=missing, working_days=11
    )
    given(national()).when(long).then_refused(SupplementTooLong)


def test_a_refusal_of_acceptance_owes_the_employer_reasons() -> None:
    """The right to be informed.

    Cite: RS-2021-57A 一(十五).
    """
    then = given(national()).when(acting("2024-03-06 10:00", MINISTRY, "refuse_acceptance"))
    then.then_refused(ReasonsRequired)
    assert then.outcome.cite == "RS-2021-57A 一(十五)"


def test_only_the_ministrys_center_acts_on_a_national_case() -> None:
    """Cite: RS-2021-57A 一(三)."""
    given(national()).when(acting("2024-03-06 10:00", CHANGSHA, "accept")).then_refused(
        OutsideJurisdiction
    )
    given(national()).when(acting("2024-03-06 10:00", EXPERT_DESK, "accept")).now("accepted")
    pretended = type(MINISTRY)(person="p", role="ministry.center", jurisdiction="430100")
    given(national()).when(acting("2024-03-06 10:00", pretended, "accept")).now("accepted")


def test_a_technical_review_needs_experts() -> None:
    """Cite: RS-2021-57A 一(十)3."""
    past = given(*NATIONAL_TO_REVIEW)
    past.when(reviewed(experts=[])).now("in_review", "decide")
    then = past.when(approved(APRIL, by=MINISTRY))
    then.then_refused(AssessmentMissing)
    assert then.outcome.cite == "RS-2021-57A 一(十)3"


def test_a_review_without_experts_may_be_held_again_and_one_with_experts_may_not() -> None:
    """Local practice, around RS-2021-57A 一(十)3."""
    past = given(*NATIONAL_TO_REVIEW, reviewed(experts=[" "]))
    again = past.when(reviewed("2024-03-25 10:00", passed=False)).now("in_review", "decide")
    again.then("filing.assessed", "task.completed", "task.opened", "process.moved")
    failed = (*NATIONAL_TO_REVIEW, reviewed(experts=[]), reviewed("2024-03-25 10:00", passed=False))
    given(*failed, case_id="b").when(approved(APRIL, by=MINISTRY)).then_refused(AssessmentMissing)
    done = given(*NATIONAL_TO_DECIDE, case_id="c")
    done.when(reviewed("2024-03-25 10:00")).then_refused(WrongStage)
    found = actions(world(), TENANT, done.case, EXPERT_DESK, cst(APRIL))
    assert [one.name for one in found if one.allowed and one.spec.procedure] == ["filing.decline"]


def test_a_province_names_a_branch_by_its_code_or_by_its_name() -> None:
    past = given(*NATIONAL_FILED)
    then = past.when(branch_filed(HUNAN, CHANGSHA_BRANCH["name"]))
    assert then.event("filing.branch_filed").branch.uscc == CHANGSHA_BRANCH["uscc"]
    past.when(branch_filed(YUNNAN, YUNNAN_BRANCH["uscc"])).now("closed", "filed")


def test_who_recorded_the_review_does_not_approve() -> None:
    past = given(*NATIONAL_TO_DECIDE)
    past.when(approved(APRIL, by=EXPERT_DESK)).then_refused(SamePerson)


def test_without_a_passed_review_nothing_is_approved() -> None:
    then = given(*NATIONAL_TO_REVIEW).when(approved(APRIL, by=MINISTRY))
    then.then_refused(AssessmentMissing)
    assert then.outcome.cite == "RS-2021-57A 一(十)3"
    failed = (*NATIONAL_TO_REVIEW, reviewed(passed=False))
    given(*failed).when(approved(APRIL, by=MINISTRY)).then_refused(AssessmentMissing)


def test_without_branches_approval_gives_the_ministrys_code_and_publishes_without_notice() -> None:
    """Cite: RS-2021-57A 一(十)4, 一(十)6; RSJ-2019-2 二(二)."""
    past = (national(branches=None), *NATIONAL_TO_DECIDE[1:])
    then = given(*past).when(approved(APRIL, by=MINISTRY))
    then.then(
        "filing.approved", "directory.published", "notice.issued", "notice.served",
        "task.completed", "case.closed", "process.moved",
    ).now("closed", "filed")  # fmt: skip
    assert then.event("filing.approved").institution_code == "Y000100000000"


def test_the_ministrys_codes_go_on_without_a_gap() -> None:
    office = Office()
    its = Institution(name="x", uscc="x", type="enterprise")
    old = InstitutionRegistered(
        institution=its, jurisdiction="110000", institution_code="Y000711000001"
    )
    office.register(old)
    for n, case_id in ((8, "a"), (9, "b")):
        applied = national(by=replace(EMPLOYER, organisation=case_id))
        past = given(applied, *NATIONAL_TO_DECIDE[1:], office=office, case_id=case_id)
        then = past.when(approved(APRIL, by=MINISTRY))
        assert then.event("filing.approved").institution_code == f"Y{n:04d}00000000"


# ---- branches


def test_with_branches_the_case_stays_open_and_is_referred_to_the_provinces() -> None:
    """Cite: RS-2021-57A 一(十)5."""
    then = given(*NATIONAL_TO_DECIDE).when(approved(APRIL, by=MINISTRY))
    then.then(
        "filing.approved", "filing.branches_referred", "notice.issued", "notice.served",
        "task.completed", "task.opened", "process.moved",
    ).now("decided", "file_branches")  # fmt: skip
    assert then.case.offices == ("430000", "530000")
    found = wait(then.case, world(), cst(APRIL))
    assert found is not None
    zh = "等待湖南省鉴定中心、云南省鉴定中心办理分支机构备案，法规未定期限"
    assert found.sentence("zh") == zh
    half = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH), case_id="b").case
    assert half.awaited == ("530000",)


def test_before_the_ministry_has_decided_no_province_is_concerned() -> None:
    past = given(*NATIONAL_TO_DECIDE)
    assert past.case.offices == ()
    past.when(branch_filed(HUNAN, CHANGSHA_BRANCH)).then_refused(OutsideJurisdiction)


def test_a_province_gives_its_branch_code_and_receipt_in_its_own_series() -> None:
    """The employer's number, the province's serial.

    Cite: RSJ-2019-2 二(三), 二(四).
    """
    office = Office()
    its = Institution(name="x", uscc="x", type="enterprise")
    old = InstitutionRegistered(
        institution=its, jurisdiction="430200", institution_code="Y000043000004"
    )
    office.register(old)
    then = given(*NATIONAL_FILED, office=office).when(branch_filed(HUNAN, CHANGSHA_BRANCH))
    then.then(
        "filing.branch_filed", "notice.issued", "notice.served", "task.completed",
        "task.opened", "process.moved",
    ).now("decided", "file_branches")  # fmt: skip
    event = then.event("filing.branch_filed")
    assert event.institution_code == "Y000143000005"
    assert event.receipt_number == then.event("notice.issued").number
    assert then.event("notice.issued").kind == "filing.branch_receipt"


def test_a_branch_stands_in_the_register_and_may_be_found_by_its_own_credit_code() -> None:
    past = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH))
    key = institutions.key(CHANGSHA_BRANCH["uscc"])
    (entry,) = institutions.filed(past.office.reading([key]), CHANGSHA_BRANCH["uscc"])
    assert (entry.institution_code, entry.jurisdiction) == ("Y000143000001", "430100")
    assert entry.covers("6-18-01-01", 4)
    refused = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH, passed=False))
    assert institutions.filed(refused.office.reading([key]), CHANGSHA_BRANCH["uscc"]) == ()


def test_the_last_branch_brings_one_publication_of_employer_and_branches() -> None:
    """Cite: RS-2021-57A 一(十)6."""
    past = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH))
    then = past.when(branch_filed(YUNNAN, YUNNAN_BRANCH, "2024-05-10 10:00"))
    then.then(
        "filing.branch_filed", "directory.published", "directory.branches_published",
        "notice.issued", "notice.served", "task.completed", "case.closed", "process.moved",
    ).now("closed", "filed")  # fmt: skip
    assert then.event("directory.published").institution_code == "Y000100000000"
    shown = then.event("directory.branches_published").branches
    assert [one.institution_code for one in shown] == ["Y000143000001", "Y000153000001"]
    stream = [one.type for one in past.office.streams["a"]]
    assert stream.count("directory.published") == 1


def test_a_refused_branch_is_left_out_of_the_publication() -> None:
    refused = branch_filed(HUNAN, CHANGSHA_BRANCH, passed=False, assessment="场地不足")
    past = given(*NATIONAL_FILED, refused)
    then = past.when(branch_filed(YUNNAN, YUNNAN_BRANCH)).now("closed", "filed")
    assert [one.name for one in then.event("directory.branches_published").branches] == [
        "云南分公司"
    ]


def test_a_branch_is_refused_with_reasons_only() -> None:
    past = given(*NATIONAL_FILED)
    past.when(branch_filed(HUNAN, CHANGSHA_BRANCH, passed=False, assessment=" ")).then_refused(
        ReasonsRequired
    )
    letter = past.when(branch_filed(HUNAN, CHANGSHA_BRANCH, passed=False, assessment="场地不足"))
    assert letter.event("notice.issued").kind == "filing.branch_declined"
    assert ("场地不足",) in told(letter.event("filing.branch_filed"))


def test_a_province_does_not_file_anothers_branch() -> None:
    then = given(*NATIONAL_FILED).when(branch_filed(YUNNAN, CHANGSHA_BRANCH))
    then.then_refused(WrongAuthority)
    assert then.outcome.evidence["right"] == "湖南省"


def test_neither_the_ministry_nor_the_branchs_city_files_it() -> None:
    past = given(*NATIONAL_FILED)
    past.when(branch_filed(MINISTRY, CHANGSHA_BRANCH)).then_refused(RoleRequired)
    past.when(branch_filed(ASSESSOR, CHANGSHA_BRANCH)).then_refused(OutsideJurisdiction)
    past.when(branch_filed(BUREAU, CHANGSHA_BRANCH)).then_refused(RoleRequired)


def test_a_branch_is_decided_once_and_only_one_that_was_named() -> None:
    past = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH))
    past.when(branch_filed(HUNAN, CHANGSHA_BRANCH)).then_refused(WrongStage)
    assert past.when(branch_filed(HUNAN, "nobody")).outcome.code == "command.malformed"


def test_provinces_act_on_their_branches_and_on_nothing_else() -> None:
    past = given(*NATIONAL_FILED)
    past.when(acting(APRIL, HUNAN, "decline", reasons=["x"], legal_basis=["y"])).then_refused(
        OutsideJurisdiction
    )
    past.when(acting(APRIL, HUNAN, "case.note", text="x")).then_refused(OutsideJurisdiction)


def test_a_province_is_offered_its_branches_as_long_as_one_is_left() -> None:
    def offered(to: Actor, case: Case) -> bool:
        found = actions(world(), TENANT, case, to, cst(APRIL))
        return next(one.allowed for one in found if one.name == "filing.file_branch")

    case = given(*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH)).case
    assert [offered(one, case) for one in (HUNAN, YUNNAN, MINISTRY)] == [False, True, False]


def test_after_the_decision_the_employer_cannot_withdraw() -> None:
    past = given(*NATIONAL_FILED)
    past.when(acting("2024-04-02 10:00", EMPLOYER, "case.withdraw")).then_refused(WrongStage)
    given(*NATIONAL_TO_DECIDE).when(acting(APRIL, EMPLOYER, "case.withdraw")).now("withdrawn")


def test_after_the_publication_the_case_is_closed() -> None:
    given(*PUBLISHED).when(branch_filed(HUNAN, CHANGSHA_BRANCH)).then_refused(HasEnded)
    note = acting(LATER, MINISTRY, "case.note", text="x")
    given(*PUBLISHED, case_id="b").when(note).then_refused(HasEnded)


# ---- branches nobody listed


@pytest.mark.parametrize("past", [PUBLISHED, ALONE])
def test_a_province_files_a_branch_nobody_listed_once_all_else_is_published(
    past: tuple[Sent, ...],
) -> None:
    """Cite: RS-2021-57A 一(十)5; RSJ-2019-3 一(5)."""
    then = given(*past).when(branch_filed(YUNNAN, LATE_BRANCH, LATER))
    then.then(
        "filing.branch_filed", "directory.branches_published", "notice.issued", "notice.served"
    ).now("closed", "filed")  # fmt: skip
    code = then.event("filing.branch_filed").institution_code
    assert code == ("Y000153000002" if past is PUBLISHED else "Y000153000001")
    assert [one.name for one in then.event("directory.branches_published").branches] == [
        "昆明分公司"
    ]
    (entry,) = institutions.filed(
        then.office.reading([institutions.key(LATE_BRANCH["uscc"])]), LATE_BRANCH["uscc"]
    )
    assert (entry.institution_code, entry.jurisdiction) == (code, "530100")
    given(*past, branch_filed(YUNNAN, LATE_BRANCH, LATER), case_id="b").when(
        branch_filed(YUNNAN, LATE_BRANCH, LATER)
    ).then_refused(HasEnded)


def test_what_stands_on_a_branch_does_not_wait_for_one_nobody_listed() -> None:
    past = given(*NATIONAL_FILED)
    then = past.when(branch_filed(YUNNAN, LATE_BRANCH))
    assert then.outcome.code == "command.malformed"
    assert "另行备案" in then.outcome.zh


def test_a_branch_that_was_refused_may_apply_anew_after_the_publication() -> None:
    past = given(
        *NATIONAL_FILED,
        branch_filed(HUNAN, CHANGSHA_BRANCH, passed=False, assessment="场地不足"),
        branch_filed(YUNNAN, YUNNAN_BRANCH),
    )
    then = past.when(branch_filed(HUNAN, CHANGSHA_BRANCH["uscc"], LATER)).now("closed", "filed")
    assert then.event("directory.branches_published").branches[0].name == "长沙分公司"


def test_a_branch_refused_late_owes_reasons_and_is_not_published() -> None:
    past = given(*ALONE)
    past.when(branch_filed(YUNNAN, LATE_BRANCH, LATER, passed=False, assessment="")).then_refused(
        ReasonsRequired
    )
    then = past.when(branch_filed(YUNNAN, LATE_BRANCH, LATER, passed=False, assessment="场地不足"))
    then.then("filing.branch_filed", "notice.issued", "notice.served").now("closed", "filed")
    assert then.event("notice.issued").kind == "filing.branch_declined"


@pytest.mark.parametrize(
    "branch",
    [
        "昆明分公司",
        {"name": "昆明分公司"},
        LATE_BRANCH | {"uscc": GROUP},
        LATE_BRANCH | {"jurisdiction": "000000"},
        LATE_BRANCH | {"jurisdiction": "53"},
        LATE_BRANCH | {"address": "x"},
        7,
    ],
)
def test_a_branch_nobody_listed_is_named_in_full(branch: Any) -> None:  # noqa: ANN401
    then = given(*ALONE).when(branch_filed(YUNNAN, branch, LATER))
    assert then.outcome.code == "command.malformed"


def test_the_late_branch_lies_in_the_province_that_files_it() -> None:
    past = given(*ALONE)
    past.when(branch_filed(HUNAN, LATE_BRANCH, LATER)).then_refused(WrongAuthority)
    past.when(branch_filed(MINISTRY, LATE_BRANCH, LATER)).then_refused(RoleRequired)
    past.when(branch_filed(ASSESSOR, LATE_BRANCH, LATER)).then_refused(OutsideJurisdiction)
    nowhere = {"name": "昆明分公司", "uscc": LATE_BRANCH["uscc"]}
    then = past.when(branch_filed(YUNNAN, nowhere, LATER)).now("closed", "filed")
    assert then.event("filing.branch_filed").branch.jurisdiction == "530000"


def test_every_province_may_know_of_a_published_employer_and_is_offered_its_branches() -> None:
    case, open_ = given(*ALONE).case, given(*NATIONAL_FILED, case_id="b").case
    beijing = replace(HUNAN, jurisdiction="110000")
    assert may_know(beijing, case)
    assert not may_know(beijing, open_)
    offered = {
        one.name for one in actions(world(), TENANT, case, beijing, cst(LATER)) if one.allowed
    }
    assert offered == {"filing.file_branch"}
    assert case.awaited == ()


def test_only_a_filing_that_was_approved_takes_branches_after_its_end() -> None:
    gone = given(*NATIONAL_TO_DECIDE, acting(APRIL, EMPLOYER, "case.withdraw"))
    gone.when(branch_filed(YUNNAN, LATE_BRANCH, LATER)).then_refused(HasEnded)


def test_two_branches_in_one_province_get_following_codes() -> None:
    second = CHANGSHA_BRANCH | {"name": "株洲分公司", "uscc": "91430200BRANCH0003"}
    past = given(
        national(branches=[CHANGSHA_BRANCH, second]), *NATIONAL_FILED[1:],
        branch_filed(HUNAN, CHANGSHA_BRANCH),
    )  # fmt: skip
    then = past.when(branch_filed(HUNAN, second)).now("closed")
    assert then.event("filing.branch_filed").institution_code == "Y000143000002"


@pytest.mark.parametrize(
    "branches",
    [
        [CHANGSHA_BRANCH, CHANGSHA_BRANCH],
        [CHANGSHA_BRANCH | {"uscc": GROUP}],
        [CHANGSHA_BRANCH | {"jurisdiction": "000000"}],
        [CHANGSHA_BRANCH | {"jurisdiction": "43"}],
        [CHANGSHA_BRANCH | {"uscc": " "}],
    ],
)
def test_a_branch_has_a_province_and_is_named_once(branches: list[dict[str, str]]) -> None:
    assert given().when(national(branches=branches)).outcome.code == "command.malformed"


# ---- who may apply


def test_the_commitment_is_that_of_central_enterprises() -> None:
    then = given().when(national(commitment=None))
    then.then_refused(CommitmentMissing)
    assert then.outcome.cite == "RSJ-2019-3 一(1)"


def test_a_province_takes_no_national_employer() -> None:
    """Cite: RS-2021-57A 一(三)."""
    then = given().when(national(jurisdiction="110000"))
    then.then_refused(WrongAuthority)
    assert then.outcome.evidence["right"] == "人力资源社会保障部"
    moved = acting("2024-03-06 10:00", MINISTRY, "case.transfer", jurisdiction="430000", reason="x")
    given(national()).when(moved).then_refused(WrongAuthority)


def test_a_social_organisation_is_no_employer_and_files_where_it_is() -> None:
    """Cite: RS-2021-57A 二(三)."""
    its = {"name": "协会", "uscc": GROUP, "type": "association"}
    then = given().when(national(institution=its))
    then.then_refused(WrongAuthority)
    assert (then.outcome.cite, then.outcome.evidence["right"]) == ("RS-2021-57A 二(三)", "北京市")


def test_employers_know_no_bars() -> None:
    """Cite: RS-2021-57A 一(七)."""
    office = Office()
    its = Institution(name="甲", uscc=GROUP, type="enterprise")
    bars = (Bar(kind="offence"),)
    office.register(InstitutionRegistered(institution=its, jurisdiction="110000", bars=bars))
    then = given(office=office).when(national())
    assert then.outcome.code != ApplicantBarred.code
    then.now("received", "examine")


def test_of_fourteen_materials_those_that_lack_are_shown_to_the_center() -> None:
    """Cite: RS-2021-57A 一(八), 一(十)1; RSJ-2019-3 一(1)."""
    lacking = given().when(national()).event("filing.materials_lacking").materials
    assert (len(lacking), lacking[0]) == (13, "registration")
    older = given().when(national("2021-12-22 10:00"))
    assert older.event("filing.materials_lacking").materials == ("plan",)


def test_the_employer_may_ask_at_any_time_how_far_its_case_has_come() -> None:
    """Cite: RS-2021-57A 一(十五), 一(十九)."""
    for n, past in enumerate((NATIONAL_TO_REVIEW, NATIONAL_TO_DECIDE, NATIONAL_FILED)):
        assert may_know(EMPLOYER, given(*past, case_id=f"x{n}").case)
