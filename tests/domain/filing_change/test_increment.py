"""Increments: the rules of a filing hold for what is added."""

from typing import Any

import pytest

from domain.case.refusals import LawReasonsRequired, Malformed, RoleRequired, WrongStage
from domain.procedures.filing.refusals import (
    OccupationNotOpen,
    QuotaExceeded,
    TooManyOccupations,
    WrongAuthority,
)
from domain.procedures.filing_change.refusals import (
    ChangeNotFiled,
    ChangeNothing,
    ChangeWrongAuthority,
)
from domain.registers import places
from domain.registers.institutions import ScopeItem
from domain.registers.occupations import OccupationRegistered
from tests.examples.filing import CLERK, REVIEWER, SCHOOL, USCC
from tests.examples.filing_change import (
    CAR,
    CODE,
    FITTER,
    LATHE,
    accepted,
    approved,
    entry,
    item,
    office,
    on_file,
    requested,
)
from tests.spec.driver import Office, Sent, cst, given

ADD: dict[str, Any] = {"scope": [item()]}
OTHERS = [f"52430100MJJ00000{n}X" for n in range(1, 4)]


def test_an_increment_adds_to_the_scope_and_keeps_the_code() -> None:
    """Cite: HN-2022-1 一(一)."""
    past = given(requested("increment", **ADD), office=office())
    past.when(accepted()).then("change.accepted", "…").now("accepted", "change_decision")
    then = past.when(approved())
    then.then("change.approved", "directory.published", "notice.issued", "notice.served", "…")
    then.now("closed", "change_made")
    found = entry(past.office)
    assert found is not None
    assert found.institution_code == CODE
    assert [one.occupation_code for one in found.scope] == [LATHE, FITTER]
    assert found.covers(FITTER, 4)
    assert then.event("directory.published").scope == found.scope
    assert past.case.applicant.name == "机构12"


def test_another_level_of_an_occupation_is_an_increment() -> None:
    past = given(requested("increment", scope=[item(LATHE, 3)]), accepted(), office=office())
    past.when(approved())
    found = entry(past.office)
    assert found is not None
    assert [(one.occupation_code, one.level) for one in found.scope] == [(LATHE, 4), (LATHE, 3)]


def test_what_is_filed_already_is_no_increment() -> None:
    then = given(office=office()).when(requested("increment", scope=[item(LATHE)]))
    then.then_refused(ChangeNothing)


def test_an_increment_names_what_is_added() -> None:
    given(office=office()).when(requested("increment")).then_refused(Malformed)


def test_who_is_not_on_file_has_nothing_to_change() -> None:
    known = office(on_file(code=""))
    given(office=known).when(requested("increment", **ADD)).then_refused(ChangeNotFiled)


def test_another_office_than_the_one_it_is_filed_with_changes_nothing() -> None:
    elsewhere = office(on_file(jurisdiction="430200"))
    then = given(office=elsewhere).when(requested("increment", **ADD))
    then.then_refused(ChangeWrongAuthority)


def test_this_variant_is_for_hunan() -> None:
    henan = type(SCHOOL)(
        person="p", role="institution.operator", organisation=USCC, jurisdiction="410100"
    )
    then = given(office=office()).when(requested("increment", by=henan, **ADD))
    then.then_refused(WrongAuthority)


@pytest.mark.parametrize("code", ["1-01-01-01", "6-99-00-01"])
def test_an_occupation_that_is_not_open_is_not_added(code: str) -> None:
    """Cite: RS-2021-57A 二(六)."""
    theirs = office(on_file(kind="social_organisation"))
    theirs.register(OccupationRegistered(code=code, name="某", standard=code[0] == "1"))
    then = given(office=theirs).when(requested("increment", scope=[item(code)]))
    then.then_refused(OccupationNotOpen)


def test_a_social_organisation_has_three_occupations_with_those_on_file() -> None:
    """Cite: HN-2022-1 一(一)."""
    theirs = office(on_file(USCC, "S000043000007", "social_organisation", LATHE, FITTER))
    both = [item(CAR), item("6-31-01-03")]
    then = given(office=theirs).when(requested("increment", scope=both))
    then.then_refused(TooManyOccupations)
    given(office=theirs, case_id="b").when(requested("increment", scope=both[:1])).then("…")


def test_of_two_increments_under_way_the_second_finds_it_too_many() -> None:
    theirs = office(on_file(USCC, "S000043000007", "social_organisation", LATHE, FITTER))
    first = given(requested("increment", scope=[item(CAR)]), accepted(), office=theirs)
    second = given(
        requested("increment", scope=[item("6-31-01-03")]), accepted(), office=theirs, case_id="b"
    )
    first.when(approved()).now("closed")
    second.when(approved()).then_refused(TooManyOccupations)


def full() -> Office:
    """Return an office where three social organisations hold the fitters' places."""
    theirs = office(on_file(USCC, "S000043000007", "social_organisation"))
    for n, uscc in enumerate(OTHERS):
        theirs.register(on_file(uscc, f"S00004300001{n}", "social_organisation", FITTER))
    return theirs


def test_an_increment_finds_no_place_where_three_hold_it() -> None:
    """Cite: HN-2022-1 一(一)."""
    theirs = full()
    past = given(requested("increment", **ADD), accepted(), office=theirs)
    past.when(approved()).then_refused(QuotaExceeded)
    exception = {"reason": "当地急需", "approved_by": "p-director"}
    past.when(approved("2024-09-05 09:00", exception=exception)).now("closed")


def test_a_place_is_held_from_the_increment_on() -> None:
    theirs = office(on_file(USCC, "S000043000007", "social_organisation"))
    given(requested("increment", **ADD), accepted(), approved(), office=theirs)
    place = places.key("430100", ScopeItem(occupation_code=FITTER, level=4), "job")
    assert places.taken(theirs.reading([place]), place, "another") == 1


def test_a_decline_states_reasons_and_basis() -> None:
    past = given(requested("increment", **ADD), office=office())
    none = Sent(cst("2024-09-03 09:00"), REVIEWER, "change.decline", {"reasons": ["设备不足"]})
    past.when(none).then_refused(LawReasonsRequired)
    both = {"reasons": ["设备不足"], "legal_basis": ["HN-2022-1 一(一)"]}
    then = past.when(Sent(cst("2024-09-03 09:00"), REVIEWER, "change.decline", both))
    then.then("change.declined", "…").now("refused", "change_declined")
    found = entry(past.office)
    assert found is not None
    assert not found.covers(FITTER, 4)


def test_nothing_is_made_before_it_is_accepted_nor_by_a_clerk() -> None:
    past = given(requested("increment", **ADD), office=office())
    past.when(approved()).then_refused(WrongStage)
    past.when(accepted())
    past.when(approved(by=CLERK)).then_refused(RoleRequired)
