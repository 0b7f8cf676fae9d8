"""A national employer leaves, merges and gives new details with the ministry, which filed it."""

from dataclasses import replace

import pytest

from domain.case.actor import Actor
from domain.case.refusals import OutsideJurisdiction, RoleRequired
from domain.law.book import NoRule
from domain.procedures.filing.refusals import EmployerLeft, WrongAuthority
from domain.procedures.filing_change.refusals import ChangeNotFiled, ChangeWrongAuthority
from domain.registers import codes, institutions
from tests.examples import filing_change as change
from tests.examples.filing import REVIEWER, Said
from tests.examples.national import (
    CHANGSHA_BRANCH,
    EMPLOYER,
    EXPERT_DESK,
    GROUP,
    HUNAN,
    LATE_BRANCH,
    MINISTRY,
    NATIONAL_FILED,
    YUNNAN,
    YUNNAN_BRANCH,
    branch_filed,
)
from tests.spec.driver import Given, Office, Sent, given

CODE, BRANCH_CODE = "Y000100000000", "Y000143000001"
FILED = (*NATIONAL_FILED, branch_filed(HUNAN, CHANGSHA_BRANCH))
PUBLISHED = (*FILED, branch_filed(YUNNAN, YUNNAN_BRANCH))
LATER = "2024-10-08 10:00"


def asked(kind: str, by: Actor = EMPLOYER, **payload: Said) -> Sent:
    """A national employer asks the ministry for a change."""
    sent = change.requested(kind, by=by, **({"jurisdiction": "000000"} | payload))
    return replace(sent, variant="national_employer")


def taken() -> Sent:
    """The ministry center accepts."""
    return replace(change.accepted(), by=MINISTRY)


def past_of(office: Office, *sent: Sent) -> Given:
    """Play a case of change."""
    return given(*sent, office=office, case_id="x")


def left(past: tuple[Sent, ...]) -> Office:
    """Return an office whose employer has left the directory."""
    office = given(*past).office
    then = past_of(office, asked("exit"), taken()).when(change.approved(by=EXPERT_DESK))
    then.now("closed", "change_made")
    assert then.fact("code.retired").cite == "RSJ-2019-2 四(一)"
    return office


def test_its_code_lies_in_the_pool_and_its_branches_stay_with_their_provinces() -> None:
    """Cite: RSJ-2019-2 四(一); RSJ-2019-3 三."""
    office = left(PUBLISHED)
    pool, group = codes.retired_key(CODE), institutions.key(GROUP)
    branch = institutions.key(CHANGSHA_BRANCH["uscc"])
    facts = office.reading([pool, group, branch])
    assert (facts[pool].count, institutions.filed(facts, GROUP)) == (1, ())
    (stays,) = institutions.filed(facts, CHANGSHA_BRANCH["uscc"])
    assert stays.institution_code == BRANCH_CODE


def test_who_has_left_gets_no_new_branches() -> None:
    office = left(PUBLISHED)
    late = branch_filed(YUNNAN, LATE_BRANCH, LATER)
    then = given(office=office).when(late).then_refused(EmployerLeft)
    assert "已退出" in then.outcome.zh
    assert "RSJ-2019-2 四(一)" in then.outcome.zh


def test_of_who_left_in_between_a_province_only_declines() -> None:
    office = left(FILED)
    passed = branch_filed(YUNNAN, YUNNAN_BRANCH, LATER)
    given(office=office).when(passed).then_refused(EmployerLeft)
    declined = branch_filed(YUNNAN, YUNNAN_BRANCH, LATER, passed=False, assessment="总部已退出")
    given(office=office).when(declined).now("closed", "filed")


def test_new_details_stand_under_its_code() -> None:
    office = given(*PUBLISHED).office
    past = past_of(office, asked("details", details={"name": "全国新名集团"}), taken())
    event = past.when(change.approved(by=EXPERT_DESK)).event("directory.published")
    assert (event.institution_code, event.name) == (CODE, "全国新名集团")


def test_a_merger_forms_an_employer_with_a_number_of_the_ministry() -> None:
    """Cite: RSJ-2019-2 二(二), 四(二)."""
    office = Office()
    for n, uscc in enumerate(("91110000AAAAAAAA11", "91110000AAAAAAAA22"), start=1):
        office.register(
            change.on_file(uscc, f"Y000{n}00000000", "enterprise", jurisdiction="000000")
        )
    new = {"name": "全国合并集团", "uscc": "91110000AAAAAAAA33", "type": "enterprise"}
    by = replace(EMPLOYER, organisation=new["uscc"])
    merged = ["91110000AAAAAAAA11", "91110000AAAAAAAA22"]
    past = past_of(office, asked("merger", by=by, merged=merged, institution=new), taken())
    event = past.when(change.approved(by=EXPERT_DESK)).event("directory.published")
    assert event.institution_code == "Y000300000000"


def test_what_it_would_add_it_files_anew() -> None:
    sent = asked("increment", scope=[change.item()])
    past_of(given(*PUBLISHED).office).when(sent).then_refused(NoRule)


def test_the_ministry_changes_nothing_a_province_filed() -> None:
    """RSJ-2019-3 三: who files oversees."""
    office = given(*PUBLISHED).office
    branch = replace(EMPLOYER, organisation=CHANGSHA_BRANCH["uscc"])
    then = past_of(office).when(asked("exit", by=branch))
    then.then_refused(ChangeWrongAuthority)
    assert "长沙市" in then.outcome.zh
    nobody = replace(EMPLOYER, organisation="91110000AAAAAAAA99")
    past_of(office).when(asked("exit", by=nobody)).then_refused(ChangeNotFiled)


def test_who_names_no_office_is_told_that_the_ministry_filed_it() -> None:
    office = given(*PUBLISHED).office
    at_home = replace(asked("exit", jurisdiction="110000"), variant="social_organisation")
    then = past_of(office).when(at_home)
    then.then_refused(ChangeWrongAuthority)
    assert "人力资源社会保障部" in then.outcome.zh
    elsewhere = asked("exit", jurisdiction="110000")
    past_of(office).when(elsewhere).then_refused(WrongAuthority)


@pytest.mark.parametrize(
    ("by", "kind"), [(REVIEWER, OutsideJurisdiction), (EMPLOYER, RoleRequired)]
)
def test_only_the_ministry_center_decides(by: Actor, kind: type[OutsideJurisdiction]) -> None:
    past = past_of(given(*PUBLISHED).office, asked("exit"), taken())
    past.when(change.approved(by=by)).then_refused(kind)
