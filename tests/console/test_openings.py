"""Whom 办理新事项 offers what: only what applies at their own place, or above it."""

import pytest

from api.console.openings import startable
from domain.case.actor import Actor

EVERYWHERE = {(one, "national_employer") for one in ("filing", "filing_change")}
SOCIAL = {(one, "social_organisation") for one in ("filing", "filing_change")}
IN_HENAN = {
    ("batch", f"henan_{kind}")
    for kind in (
        "enterprise", "social_organisation", "technical_college", "appraisal_agency",
        "special_ability",
    )
}  # fmt: skip
OFFERED = {
    "430100": {
        (one, "hunan")
        for one in (
            "annual_plan", "batch", "evaluation_spec", "filing", "filing_change", "question_bank",
        )
    },
    "410100": IN_HENAN | SOCIAL | {("evaluation_spec", "henan")},
    "530100": SOCIAL,
}  # fmt: skip


@pytest.mark.parametrize("home", OFFERED)
def test_an_institution_is_offered_what_its_own_place_has(home: str) -> None:
    school = Actor(person="p", role="institution.operator", organisation="x", jurisdiction=home)
    found = {(one.procedure.name, one.variant) for one in startable(school)}
    assert found == OFFERED[home] | EVERYWHERE


def test_an_office_is_offered_nothing_an_institution_starts() -> None:
    clerk = Actor(person="p", role="center.clerk", organisation="x", jurisdiction="430100")
    assert startable(clerk) == ()
