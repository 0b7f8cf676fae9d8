"""The register of occupations: what may be evaluated, and what only with a licence."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.kernel.limits import Shaped, Word

OccupationCode = Word(
    Shaped(
        r"\d-\d{2}-\d{2}-\d{2}",
        "须为职业编码，如 6-18-01-01",
        "the code of an occupation, such as 6-18-01-01",
    )
)


LEVELS = (5, 4, 3, 2, 1)  # 五级/初级工 … 一级/高级技师, where an entry names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """An occupation (职业) of the national classification."""

    code: str  # "6-18-01-01"; its first digit is the category (大类)
    name: str
    standard: bool  # a national standard or a filed spec exists
    licence: bool  # 准入类: of the licence directory
    levels: tuple[int, ...] = LEVELS  # those its standard has

    @property
    def category(self) -> str:
        """The category (大类), "1" to "8"."""
        return self.code[0]


class Occupations:
    """The occupations known; an unknown code is not an error, the center sees it."""

    def __init__(self, occupations: Mapping[str, Occupation]) -> None:
        self._occupations = dict(occupations)

    def get(self, code: str) -> Occupation | None:
        """Return the occupation with `code`, if the register has it."""
        return self._occupations.get(code)

    def all(self) -> tuple[Occupation, ...]:
        """Return every occupation, in the order of codes."""
        return tuple(self._occupations[code] for code in sorted(self._occupations))

    def also(self, occupations: Mapping[str, Occupation]) -> "Occupations":
        """Return the register with `occupations` added or, by their code, replaced."""
        return Occupations(self._occupations | dict(occupations))


def parse_occupations(data: Mapping[str, object]) -> Occupations:
    """Return the register that `data` – loaded TOML, JSON or YAML – describes.

    Shape: `{occupations: [{code, name, standard? = true, licence? = false, levels? = all}]}`.

    Raises:
        ValueError: an entry lacks code or name, or a code appears twice.
    """
    found: dict[str, Occupation] = {}
    entries = data.get("occupations")
    for entry in entries if isinstance(entries, list) else []:
        one = entry if isinstance(entry, dict) else {}
        code, name = one.get("code"), one.get("name")
        if not (isinstance(code, str) and code and isinstance(name, str)) or code in found:
            raise ValueError(f"an occupation needs a code of its own and a name: {entry!r}")
        found[code] = Occupation(
            code=code,
            name=name,
            standard=one.get("standard", True) is True,
            licence=one.get("licence", False) is True,
            levels=tuple(one.get("levels", LEVELS)),
        )
    return Occupations(found)
