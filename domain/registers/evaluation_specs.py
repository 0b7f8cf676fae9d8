"""The evaluation specs (评价规范) a province has filed: they stand where no standard does."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json

EVALUATION_SPEC = "evaluation_spec"  # key is the occupation code
_NOTHING = FactValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledSpec:
    """An evaluation spec on file."""

    case: str
    filed_at: datetime


def key(occupation_code: str) -> FactKey:
    """Return the fact key of the specs filed for an occupation."""
    return FactKey(EVALUATION_SPEC, occupation_code)


def claim(occupation_code: str, spec: FiledSpec) -> Claim:
    """Return the claim by which a spec stands."""
    return Claim(kind=EVALUATION_SPEC, key=occupation_code, holder=spec.case, data=to_json(spec))


def filed(facts: Facts, occupation_code: str) -> FiledSpec | None:
    """Return the spec filed last for an occupation; None when there is none."""
    items = facts.get(key(occupation_code), _NOTHING).items
    found = [from_json(FiledSpec, one) for one in items]
    return max(found, key=lambda one: one.filed_at, default=None)
