"""Messages of a Hunan filing, named for what they mean."""

from typing import Any, TypeAlias

from domain.case.actor import SYSTEM, Actor
from tests.spec.driver import Sent, cst

Said: TypeAlias = Any  # JSON, right or deliberately wrong

USCC = "52430100MJJ0000012"
PLACE = "430100"
SCHOOL = Actor(
    person="p-school",
    role="institution.operator",
    organisation=USCC,
    jurisdiction=PLACE,
    name="长沙甲培训学校",
)
PRINCIPAL = Actor(
    person="p-principal", role="institution.principal", organisation=USCC, jurisdiction=PLACE
)
OTHER_SCHOOL = Actor(
    person="p-other", role="institution.operator", organisation="other", jurisdiction=PLACE
)
CLERK = Actor(person="p-clerk", role="center.clerk", organisation="c-430100", jurisdiction=PLACE)
ASSESSOR = Actor(
    person="p-assessor", role="center.reviewer", organisation="c-430100", jurisdiction=PLACE
)
REVIEWER = Actor(
    person="p-reviewer", role="center.reviewer", organisation="c-430100", jurisdiction=PLACE
)
FOREIGN_CLERK = Actor(
    person="p-zhuzhou", role="center.clerk", organisation="c-430200", jurisdiction="430200"
)
PROVINCE = Actor(
    person="p-province", role="center.reviewer", organisation="c-430000", jurisdiction="430000"
)
BUREAU = Actor(
    person="p-bureau", role="bureau.official", organisation="b-430100", jurisdiction=PLACE
)
ANYBODY = Actor(person="p-anybody", role="public")
DIGEST = "sha256:" + "ab" * 32

FRIDAY = "2024-04-26 17:00"  # Sunday 28 April is worked (调休), 1 to 5 May are holidays
MONDAY = "2024-04-29 10:00"
TUESDAY = "2024-04-30 10:00"
LAST_SECOND = "2024-05-09 23:59:59"  # of the seventh working day after FRIDAY
MIDNIGHT = "2024-05-10 00:00"  # 24:00 of the seventh working day


def material(code: str) -> dict[str, Any]:
    """Return a material with that code."""
    return {"code": code, "name": code, "digest": DIGEST}


def item(code: str = "6-18-01-01", job: str = "车工", level: int = 4) -> dict[str, Any]:
    """Return an entry of the scope."""
    return {"occupation_code": code, "occupation": job, "job": job, "level": level}


def institution(kind: str = "school", **more: Said) -> dict[str, Any]:
    """Return an applicant of that type."""
    usual = {
        "name": "长沙甲培训学校",
        "uscc": USCC,
        "type": kind,
        "address": "长沙市",
        "principal": "p",
    }
    return usual | more


def application(kind: str = "school", **changes: Said) -> dict[str, Any]:
    """Return an application without faults; `None` takes a field out."""
    usual: dict[str, Any] = {
        "institution": institution(kind),
        "jurisdiction": PLACE,
        "scope": [item()],
        "computerised": True,
        "materials": [material("application"), material("rules")],
        "commitment": {"signed_by": "p-principal", "signed_at": "2024-04-26"},
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def submitted(at: str = FRIDAY, by: Actor = SCHOOL, kind: str = "school", **changes: Said) -> Sent:
    """An application arrives."""
    return Sent(cst(at), by, "filing.submit", application(kind, **changes), opens=True)


def acting(at: str, by: Actor, do: str, /, **payload: Said) -> Sent:
    """Somebody sends a command."""
    name = do if "." in do else f"filing.{do}"
    return Sent(cst(at), by, name, payload)


def accepted(at: str = MONDAY) -> Sent:
    """The center accepts."""
    return acting(at, CLERK, "accept")


def listed(at: str = MONDAY, *codes: str, **more: Said) -> Sent:
    """The center lists what is missing: `premises` and `staff` unless named."""
    missing = [{"material": code, "reason": "缺"} for code in codes or ("premises", "staff")]
    return acting(at, CLERK, "request_supplement", missing=missing, **more)


def supplied(at: str, *codes: str) -> Sent:
    """The institution hands in materials."""
    return acting(at, SCHOOL, "supplement", materials=[material(code) for code in codes])


def refused(at: str = MONDAY) -> Sent:
    """The center refuses acceptance, with reasons and legal basis."""
    return acting(
        at, CLERK, "refuse_acceptance", reasons=["场地不足"], legal_basis=["HN-2022-1 一(一)"]
    )


def assessed(at: str = TUESDAY, *, passed: bool = True) -> Sent:
    """A reviewer records the assessment."""
    return acting(
        at, ASSESSOR, "assess", passed=passed, opinion="达标", experts=["p-e"], on_site=True
    )


def published(at: str = "2024-05-06 10:00", **more: Said) -> Sent:
    """The center puts the filing on public notice: five working days, through Saturday 11 May."""
    return acting(at, CLERK, "publish_notice", **more)


def objected(at: str = "2024-05-07 10:00") -> Sent:
    """Somebody objects."""
    return acting(at, ANYBODY, "object", text="不具备条件", contact="a@example.org")


def resolved(at: str = "2024-05-08 10:00", *, upheld: bool = False, **more: Said) -> Sent:
    """A reviewer decides on the objection."""
    return acting(at, REVIEWER, "resolve_objection", upheld=upheld, reason="经核查", **more)


def approved(at: str, by: Actor = REVIEWER, **more: Said) -> Sent:
    """A reviewer files the institution."""
    return acting(at, by, "approve", **more)


def declined(at: str) -> Sent:
    """A reviewer declines, with reasons and legal basis."""
    return acting(at, REVIEWER, "decline", reasons=["不足"], legal_basis=["HN-2022-1 一(一)"])


def system(at: str, do: str, /, **payload: Said) -> Sent:
    """The system reports or recounts."""
    return Sent(cst(at), SYSTEM, do, payload)


TO_EXAMINE = (submitted(),)
TO_SUPPLEMENT = (*TO_EXAMINE, listed())
TO_ASSESS = (*TO_EXAMINE, accepted())
TO_DECIDE = (*TO_ASSESS, assessed())
SOCIAL_TO_ASSESS = (submitted(kind="social_organisation"), accepted())
SOCIAL_TO_PUBLISH = (*SOCIAL_TO_ASSESS, assessed())
ON_NOTICE = (*SOCIAL_TO_PUBLISH, published())
OBJECTED = (*ON_NOTICE, objected())
