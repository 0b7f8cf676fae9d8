"""Messages of question banks and evaluation specs, named for what they mean."""

from typing import Any

from domain.case.actor import Actor
from tests.examples.filing import SCHOOL, Said
from tests.spec.driver import Sent, cst

HENAN_COLLEGE = Actor(
    person="p-college",
    role="institution.operator",
    organisation="12410100000000001X",
    jurisdiction="410100",
    name="郑州示例技师学院",
)
HENAN_CLERK = Actor(
    person="p-zhengzhou", role="center.clerk", organisation="c-410100", jurisdiction="410100"
)
HENAN_PROVINCE = Actor(
    person="p-henan", role="center.reviewer", organisation="c-410000", jurisdiction="410000"
)
FIVE = tuple(f"p-expert-{n}" for n in range(1, 6))


def bank(**changes: Said) -> dict[str, Any]:
    """Return a bank that just has what the law wants."""
    usual = {
        "occupation_code": "6-18-01-01",
        "level": 4,
        "theory_items": 500,
        "practical_papers": 5,
        "repetition_percent": 30,
        "expert_review": True,
        "experts": ["p-expert-1"],
        "reviewed_on": "2024-08-30",
    }
    return usual | changes


def reported(at: str = "2024-09-02 09:00", by: Actor = SCHOOL, **changes: Said) -> Sent:
    """An institution reports a bank."""
    return Sent(cst(at), by, "bank.report", bank(**changes), opens=True)


def spec_submitted(at: str = "2024-09-02 09:00", by: Actor = HENAN_COLLEGE) -> Sent:
    """An institution submits a spec of its own."""
    payload = {"occupation_code": "6-99-00-01", "occupation": "示例操作工"}
    variant = "henan" if by is HENAN_COLLEGE else "hunan"
    return Sent(cst(at), by, "spec.submit", payload, opens=True, variant=variant)


def reviewed(
    *experts: str, at: str = "2024-09-10 09:00", by: Actor = HENAN_PROVINCE, **more: Said
) -> Sent:
    """An office records the experts' review."""
    payload = {"experts": list(experts), "opinion": "同意备案"} | more
    return Sent(cst(at), by, "spec.review", payload)


def put_on_file(at: str = "2024-09-12 09:00", by: Actor = HENAN_PROVINCE) -> Sent:
    """The province puts the spec on file."""
    return Sent(cst(at), by, "spec.file", {})
