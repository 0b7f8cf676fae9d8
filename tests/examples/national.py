"""Messages of filings under the national rules: social organisations and national employers."""

from typing import Any

from domain.case.actor import Actor
from tests.examples.filing import DIGEST, Said, acting, item
from tests.spec.driver import Sent, cst

KUNMING = "530100"
PLAZA = "535301007000000011"
ORGANISATION = Actor(
    person="p-org", role="institution.operator", organisation=PLAZA, jurisdiction=KUNMING
)
CLERK = Actor(person="p-km", role="center.clerk", organisation="c-530100", jurisdiction=KUNMING)
ASSESSOR = Actor(
    person="p-km-a", role="center.reviewer", organisation="c-530100", jurisdiction=KUNMING
)
REVIEWER = Actor(
    person="p-km-r", role="center.reviewer", organisation="c-530100", jurisdiction=KUNMING
)
GROUP = "911100007100000022"
EMPLOYER = Actor(
    person="p-group", role="institution.operator", organisation=GROUP, jurisdiction="110000"
)
MINISTRY = Actor(person="p-mc-1", role="ministry.center", organisation="c-000000")
EXPERT_DESK = Actor(
    person="p-mc-2", role="ministry.center", organisation="c-000000", jurisdiction="000000"
)
HUNAN = Actor(person="p-hn", role="center.reviewer", organisation="c-430000", jurisdiction="430000")
YUNNAN = Actor(
    person="p-yn", role="center.reviewer", organisation="c-530000", jurisdiction="530000"
)
CHANGSHA_BRANCH = {"name": "长沙分公司", "uscc": "91430100BRANCH0001", "jurisdiction": "430100"}
LATE_BRANCH = {"name": "昆明分公司", "uscc": "91530100BRANCH0003", "jurisdiction": "530100"}
YUNNAN_BRANCH = {"name": "云南分公司", "uscc": "91530000BRANCH0002", "jurisdiction": "530000"}
SPRING = "2024-03-04 09:00"


def social(at: str = SPRING, by: Actor = ORGANISATION, **changes: Said) -> Sent:
    """An organisation in Kunming applies."""
    return _applied(at, by, "social_organisation", _social(by), changes)


def national(at: str = SPRING, by: Actor = EMPLOYER, **changes: Said) -> Sent:
    """A national employer with two branches applies to the ministry."""
    its = {"name": "全国示例集团", "uscc": by.organisation, "type": "enterprise", "principal": "p"}
    usual = {
        "institution": its,
        "jurisdiction": "000000",
        "branches": [CHANGSHA_BRANCH, YUNNAN_BRANCH],
    }
    return _applied(at, by, "national_employer", usual, changes)


def _social(by: Actor) -> dict[str, Any]:
    its = {"name": "昆明示例职业技能协会", "uscc": by.organisation, "type": "social_organisation"}
    return {"institution": its, "jurisdiction": KUNMING}


def _applied(
    at: str, by: Actor, variant: str, its: dict[str, Any], changes: dict[str, Said]
) -> Sent:
    usual = {
        **its,
        "scope": [item()],
        "materials": [{"code": "application", "digest": DIGEST}],
        "commitment": {"signed_by": "p-principal", "signed_at": "2024-03-01"},
    }
    payload = {name: value for name, value in (usual | changes).items() if value is not None}
    return Sent(cst(at), by, "filing.submit", payload, opens=True, variant=variant)


def reviewed(at: str = "2024-03-20 10:00", **more: Said) -> Sent:
    """The ministry's center records what the experts found."""
    given = {"passed": True, "opinion": "达标", "experts": ["p-e-1"]} | more
    return acting(at, EXPERT_DESK, "assess", **given)


def branch_filed(by: Actor, branch: Said, at: str = "2024-04-10 10:00", **more: Said) -> Sent:
    """A province decides on a branch."""
    given = {"branch": branch, "passed": True, "assessment": "符合要求"} | more
    return acting(at, by, "file_branch", **given)


SOCIAL_TO_ASSESS = (social(), acting("2024-03-06 10:00", CLERK, "accept"))
SOCIAL_TO_PUBLISH = (
    *SOCIAL_TO_ASSESS,
    acting("2024-03-12 10:00", ASSESSOR, "assess", passed=True, opinion="达标"),
)
SOCIAL_ON_NOTICE = (*SOCIAL_TO_PUBLISH, acting("2024-03-13 10:00", CLERK, "publish_notice"))
NOTICE_OVER = "2024-03-21 00:00"
NATIONAL_TO_REVIEW = (national(), acting("2024-03-06 10:00", MINISTRY, "accept"))
NATIONAL_TO_DECIDE = (*NATIONAL_TO_REVIEW, reviewed())
NATIONAL_FILED = (*NATIONAL_TO_DECIDE, acting("2024-04-01 10:00", MINISTRY, "approve"))
