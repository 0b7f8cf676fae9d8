"""The one detail of a plan's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json


def _rows(data: Json, language: Language) -> str:
    rows = data.get("rows", ())
    n = len(rows) if isinstance(rows, list | tuple) else 0
    return f"{n} 行" if language == "zh" else f"{n} rows"


def _due(data: Json, language: Language) -> str:
    return f"应于 {data.get('due')} 前报送" if language == "zh" else f"was due {data.get('due')}"


DETAILS: Mapping[str, Detail] = {
    "plan.submitted": _rows,
    "plan.adjusted": _rows,
    "plan.published": _rows,
    "plan.late": _due,
}
