"""Messages of an annual plan, named for what they mean."""

from typing import Any

from domain.case.actor import Actor
from domain.registers.institutions import Institution, InstitutionRegistered, ScopeItem
from tests.examples.filing import CLERK, PLACE, SCHOOL, USCC, Said
from tests.spec.driver import Office, Sent, cst

CODE = "Y000043000007"
LATHE = "6-18-01-01"
IN_TIME = "2024-12-31 23:59:59"  # the last second of the last day for 2025
LATE = "2025-01-01 00:00"


def registered(
    uscc: str = USCC, name: str = "长沙甲培训学校", **more: Said
) -> InstitutionRegistered:
    """Return an institution filed for lathe operators (车工) of levels 4 and 3."""
    usual: dict[str, Any] = {
        "jurisdiction": PLACE,
        "scope": tuple(
            ScopeItem(occupation_code=LATHE, occupation="车工", job="数控车工", level=level)
            for level in (4, 3)
        ),
        "institution_code": CODE,
    }
    its = Institution(name=name, uscc=uscc, type="school", address="长沙市示例路1号")
    return InstitutionRegistered(institution=its, **(usual | more))


def office(*entries: object) -> Office:
    """Return an office whose register has these entries; without any, the filed school."""
    found = Office()
    found.register(*(entries or (registered(),)))
    return found


def row(month: str = "2025-10", level: int = 4, **more: Said) -> dict[str, Any]:
    """Return a row of the plan."""
    usual: dict[str, Any] = {
        "occupation_code": LATHE,
        "occupation": "车工",
        "job": "数控车工",
        "level": level,
        "evaluation_period": month,
    }
    return usual | more


def submitted(at: str = "2024-11-20 09:00", *rows: Said, year: int = 2025) -> Sent:
    """The plan of 2025 arrives."""
    payload = {"year": year, "rows": list(rows or (row("2025-03"), row()))}
    return Sent(cst(at), SCHOOL, "plan.submit", payload, opens=True)


def approved(at: str = "2024-12-02 09:00", by: Actor = CLERK) -> Sent:
    """The center files and publishes it."""
    return Sent(cst(at), by, "plan.approve", {})


def returned(at: str = "2024-12-02 09:00", *reasons: str) -> Sent:
    """The center returns it."""
    return Sent(cst(at), CLERK, "plan.return", {"reasons": list(reasons)})


def adjusted(at: str, *rows: Said) -> Sent:
    """The institution puts other rows in the place of the plan's."""
    return Sent(cst(at), SCHOOL, "plan.adjust", {"rows": list(rows)})
