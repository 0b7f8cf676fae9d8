"""A merger forms a new body with a code of its own; who absorbs keeps its code."""

from typing import Any

import pytest

from domain.case.refusals import Malformed, OutsideJurisdiction
from domain.procedures.filing_change.refusals import ChangeNotFiled
from domain.registers import codes, places
from domain.registers.institutions import ScopeItem
from tests.examples.filing import USCC
from tests.examples.filing_change import (
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
from tests.spec.driver import Office, given

A, B = "52430100MJJ00000A1", "52430100MJJ00000B2"
NEW_BODY = {"name": "长沙合并学校", "uscc": USCC, "type": "school", "address": "合并路1号"}


def two() -> Office:
    """Return an office with two institutions on file beside nobody else."""
    return office(
        on_file(A, "Y000043000001", "school", LATHE),
        on_file(B, "Y000043000002", "school", LATHE, FITTER),
    )


def test_two_that_merge_lose_their_codes_and_the_new_body_gets_one() -> None:
    """Cite: RSJ-2019-2 四(二)."""
    past = given(requested("merger", merged=[A, B], institution=NEW_BODY), accepted(), office=two())
    then = past.when(approved())
    then.then(
        "change.approved", "code.retired", "directory.removed", "code.retired",
        "directory.removed", "directory.published", "…",
    )  # fmt: skip
    assert entry(past.office, A) is None
    assert entry(past.office, B) is None
    found = entry(past.office)
    assert found is not None
    assert found.institution_code == "Y000043000003"
    assert [one.occupation_code for one in found.scope] == [LATHE, FITTER]
    assert found.case == "a"
    for code in ("Y000043000001", "Y000043000002"):
        assert past.office.reading([codes.retired_key(code)])[codes.retired_key(code)].count == 1
    assert past.case.applicant.name == "长沙合并学校"


def test_who_absorbs_keeps_its_code() -> None:
    """Cite: RSJ-2019-2 四(二)."""
    theirs = two()
    theirs.register(on_file())
    past = given(requested("merger", merged=[B], scope=[item()]), accepted(), office=theirs)
    past.when(approved()).then(
        "change.approved", "code.retired", "directory.removed", "directory.published", "…"
    )
    assert entry(theirs, B) is None
    found = entry(theirs)
    assert found is not None
    assert found.institution_code == CODE
    assert found.covers(FITTER, 4)


def test_the_places_of_the_absorbed_are_free_for_who_absorbs() -> None:
    theirs = office(on_file(USCC, "S000043000007", "social_organisation", jurisdiction="430100"))
    others = [f"52430100MJJ00000C{n}" for n in range(3)]
    for n, uscc in enumerate(others):
        theirs.register(on_file(uscc, f"S00004300001{n}", "social_organisation", FITTER))
    past = given(requested("merger", merged=others[:1], scope=[item()]), accepted(), office=theirs)
    past.when(approved()).now("closed")
    place = places.key("430100", ScopeItem(occupation_code=FITTER, level=4), "job")
    assert places.taken(theirs.reading([place]), place, "another") == 3


@pytest.mark.parametrize(
    "payload",
    [{}, {"merged": [USCC]}, {"merged": [A], "institution": NEW_BODY}],
    ids=["nobody", "itself", "one alone forms nothing new"],
)
def test_a_merger_names_the_others(payload: dict[str, Any]) -> None:
    theirs = two()
    theirs.register(on_file())
    given(office=theirs).when(requested("merger", **payload)).then_refused(Malformed)


def test_who_is_merged_is_on_file() -> None:
    then = given(office=office()).when(requested("merger", merged=["nobody"]))
    then.then_refused(ChangeNotFiled)


def test_only_the_new_body_asks_for_itself() -> None:
    other = NEW_BODY | {"uscc": "52430100MJJ00000ZZ"}
    then = given(office=two()).when(requested("merger", merged=[A, B], institution=other))
    then.then_refused(OutsideJurisdiction)
