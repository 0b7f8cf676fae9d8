"""Messages of a change of a filing, named for what they mean."""

from typing import Any

from domain.case.actor import Actor
from domain.registers.institutions import (
    Entry,
    Institution,
    InstitutionRegistered,
    InstitutionType,
    ScopeItem,
    filed,
    key,
)
from tests.examples.filing import CLERK, PLACE, REVIEWER, SCHOOL, USCC, Said
from tests.spec.driver import Office, Sent, cst

CODE = "Y000043000007"
LATHE, FITTER, CAR = "6-18-01-01", "6-20-01-01", "4-12-01-01"
MONDAY = "2024-09-02 09:00"


def item(code: str = FITTER, level: int = 4, job: str = "") -> dict[str, Any]:
    """Return an entry of a scope."""
    return {"occupation_code": code, "occupation": "钳工", "job": job, "level": level}


def on_file(
    uscc: str = USCC,
    code: str = CODE,
    kind: InstitutionType = "school",
    *occupations: str,
    jurisdiction: str = PLACE,
) -> InstitutionRegistered:
    """Return an institution filed for level 4 of lathe operators, unless others are named."""
    its = Institution(
        name=f"机构{uscc[-2:]}", uscc=uscc, type=kind, address="旧地址", principal="p-1"
    )
    return InstitutionRegistered(
        institution=its,
        jurisdiction=jurisdiction,
        scope=tuple(
            ScopeItem(occupation_code=one, occupation="某", level=4)
            for one in occupations or (LATHE,)
        ),
        institution_code=code,
    )


def office(*entries: object) -> Office:
    """Return an office whose register has these entries; without any, the filed school."""
    found = Office()
    found.register(*(entries or (on_file(),)))
    return found


def requested(kind: str, at: str = MONDAY, by: Actor = SCHOOL, **payload: Said) -> Sent:
    """An institution asks for a change."""
    return Sent(cst(at), by, "change.request", {"kind": kind} | payload, opens=True)


def accepted(at: str = "2024-09-03 09:00") -> Sent:
    """The center accepts."""
    return Sent(cst(at), CLERK, "change.accept", {})


def approved(at: str = "2024-09-04 09:00", by: Actor = REVIEWER, **payload: Said) -> Sent:
    """The center makes the change."""
    return Sent(cst(at), by, "change.approve", payload)


def entry(office_: Office, uscc: str = USCC) -> Entry | None:
    """Return what the register has of an institution on file."""
    return next(iter(filed(office_.reading([key(uscc)]), uscc)), None)
