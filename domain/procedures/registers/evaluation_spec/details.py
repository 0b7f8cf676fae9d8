"""The one detail of a spec's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json


def _experts(data: Json, language: Language) -> str:
    experts = data.get("experts", ())
    n = len(experts) if isinstance(experts, list | tuple) else 0
    return f"专家 {n} 人" if language == "zh" else f"{n} experts"


DETAILS: Mapping[str, Detail] = {"spec.reviewed": _experts}
