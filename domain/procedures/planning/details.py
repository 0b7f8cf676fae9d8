"""The one detail of a plan's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json

_WANTED: Mapping[str, tuple[str, str]] = {  # what a row says beside occupation, level and month
    "audience": ("认定对象", "audience"),
    "place": ("评价地点", "place"),
    "fee": ("收费标准", "fee"),
    "contact": ("联系方式", "contact"),
}


def _listed(data: Json) -> tuple[Json, ...]:
    rows = data.get("rows", ())
    found = rows if isinstance(rows, list | tuple) else ()
    return tuple(one for one in found if isinstance(one, Mapping))


def _rows(data: Json, language: Language) -> str:
    n = len(_listed(data))
    return f"{n} 行" if language == "zh" else f"{n} rows"


def _sent(data: Json, language: Language) -> str:
    """Return the number of rows, and what the law wants in each that some leave out.

    Cite: HN-2022-1 二(三).
    """
    rows = _listed(data)
    lacking = [name for name in _WANTED if any(row.get(name) in (None, "") for row in rows)]
    if not lacking:
        return _rows(data, language)
    zh, en = zip(*(_WANTED[name] for name in lacking), strict=True)
    missing = f"，漏报{'、'.join(zh)}" if language == "zh" else f", without {', '.join(en)}"
    return _rows(data, language) + missing


def _due(data: Json, language: Language) -> str:
    return f"应于 {data.get('due')} 前报送" if language == "zh" else f"was due {data.get('due')}"


DETAILS: Mapping[str, Detail] = {
    "plan.submitted": _sent,
    "plan.adjusted": _sent,
    "plan.published": _rows,
    "plan.late": _due,
}
