"""Who leaves is taken out of the directory; the code is never given again."""

from datetime import date

from domain.procedures.filing_change.refusals import ChangeNotFiled
from domain.registers import codes, places
from domain.registers.institutions import ScopeItem
from tests.examples.filing import (
    USCC,
    acting,
    assessed,
    submitted,
)
from tests.examples.filing import accepted as filing_accepted
from tests.examples.filing import approved as filing_approved
from tests.examples.filing_change import (
    CODE,
    LATHE,
    accepted,
    approved,
    entry,
    office,
    on_file,
    requested,
)
from tests.spec.driver import Office, given


def left(theirs: Office, case_id: str = "x") -> Office:
    """Return the office after the institution has left."""
    past = (requested("exit", reason="不再评价"), accepted(), approved())
    return given(*past, office=theirs, case_id=case_id).office


def test_an_exit_removes_the_entry_and_retires_the_code() -> None:
    """Cite: HN-2022-1 四(十八); RSJ-2019-2 四(一)."""
    past = given(requested("exit"), accepted(), office=office())
    then = past.when(approved())
    then.then("change.approved", "code.retired", "directory.removed", "notice.issued", "…")
    assert then.fact("code.retired").cite == "RSJ-2019-2 四(一)"
    assert then.event("code.retired").since == date(2024, 9, 4)
    assert then.fact("directory.removed").cite == "HN-2022-1 四(十八)"
    assert entry(past.office) is None
    pool = past.office.reading([codes.retired_key(CODE)])[codes.retired_key(CODE)]
    assert pool.items[0]["uscc"] == USCC


def test_places_are_given_back() -> None:
    theirs = office(on_file(kind="social_organisation", code="S000043000007"))
    place = places.key("430100", ScopeItem(occupation_code=LATHE, level=4), "job")
    assert places.taken(theirs.reading([place]), place, "another") == 1
    assert places.taken(left(theirs).reading([place]), place, "another") == 0


def test_a_retired_code_is_never_given_again() -> None:
    """Cite: RSJ-2019-2 四(一)."""
    theirs = left(office())
    refile = (submitted("2024-09-10 09:00"), filing_accepted("2024-09-11 09:00"))
    past = given(*refile, assessed("2024-09-12 09:00"), office=theirs, case_id="f")
    then = past.when(filing_approved("2024-09-13 09:00"))
    assert then.event("filing.approved").institution_code == "Y000043000008"
    left(theirs, "y")
    again = given(
        submitted("2024-10-10 09:00"),
        filing_accepted("2024-10-11 09:00"),
        assessed("2024-10-12 09:00"),
        acting("2024-10-13 09:00", filing_approved("2024-10-13 09:00").by, "approve"),
        office=theirs,
        case_id="g",
    )
    found = entry(again.office)
    assert found is not None
    assert found.institution_code == "Y000043000009"


def test_who_has_left_does_not_leave_twice() -> None:
    theirs = left(office())
    given(office=theirs, case_id="b").when(requested("exit")).then_refused(ChangeNotFiled)


def test_of_two_exits_under_way_the_second_finds_nothing() -> None:
    theirs = office()
    first = given(requested("exit"), accepted(), office=theirs, case_id="a")
    second = given(requested("exit"), accepted(), office=theirs, case_id="b")
    first.when(approved()).now("closed")
    second.when(approved()).then_refused(ChangeNotFiled)
