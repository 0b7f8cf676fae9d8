"""New name, address, principal and staff go into the register."""

import pytest

from domain.case.refusals import Malformed
from domain.procedures.filing_change.refusals import ChangeNothing
from domain.registers import staff
from domain.registers.staff import StaffRegistered
from tests.examples.filing import USCC
from tests.examples.filing_change import accepted, approved, entry, office, on_file, requested
from tests.spec.driver import given

NEW = {"name": "长沙新名学校", "address": "新地址", "staff": ["p-2", "p-3"]}


def test_new_details_stand_in_the_register_and_the_directory() -> None:
    past = given(requested("details", details=NEW), accepted(), office=office())
    then = past.when(approved())
    then.then("change.approved", "directory.published", "…")
    assert then.event("directory.published").name == "长沙新名学校"
    found = entry(past.office)
    assert found is not None
    its = found.institution
    assert (its.name, its.address, its.principal) == ("长沙新名学校", "新地址", "p-1")
    people = staff.people(past.office.reading([staff.key(USCC)]), USCC)
    assert people == frozenset(("p-2", "p-3"))


def test_staff_listed_anew_take_the_place_of_the_former_list() -> None:
    theirs = office(on_file(), StaffRegistered(uscc=USCC, people=("p-1", "p-2")))
    fewer = {"staff": ["p-2"]}
    given(requested("details", details=fewer), accepted(), approved(), office=theirs)
    assert staff.people(theirs.reading([staff.key(USCC)]), USCC) == frozenset(("p-2",))


@pytest.mark.parametrize(
    "details",
    [{"name": "机构12"}, {"address": "旧地址", "principal": "p-1"}, {"staff": ["p-1"]}, {}],
)
def test_what_is_so_already_is_no_change(details: dict[str, object]) -> None:
    theirs = office(on_file(), StaffRegistered(uscc=USCC, people=("p-1",)))
    then = given(office=theirs).when(requested("details", details=details))
    then.then_refused(ChangeNothing)


def test_new_details_are_said() -> None:
    given(office=office()).when(requested("details")).then_refused(Malformed)
