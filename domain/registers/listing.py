"""The public directory (评价机构目录): who is filed for what, since when, what stands against it.

Open to everybody: it holds no person and no case.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.law.occupations import Occupation, Occupations
from domain.registers.blocks import What
from domain.registers.institutions import ScopeItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What keeps a listed institution from evaluating now."""

    what: What
    since: datetime
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One institution of the directory, or one whose code was retired."""

    institution_code: str
    name: str
    uscc: str
    type: str
    address: str
    jurisdiction: str
    scope: tuple[ScopeItem, ...]
    since: date | None  # filed since; None where the directory only knows that it ended
    removed: date | None = None  # from this day on it is not filed; the code is never given again
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; what is empty narrows nothing."""

    text: str = ""  # part of name or code
    jurisdiction: str = ""  # at or below
    occupation_code: str = ""
    level: int | None = None

    def wants(self, one: Listing) -> bool:
        """Whether a listing is what is looked for; occupation and level in one entry."""
        checks = (
            self.text.lower() in f"{one.name}\n{one.institution_code}".lower(),
            one.jurisdiction.startswith(below(self.jurisdiction)),
            any(map(self._covers, one.scope)) or not (self.occupation_code or self.level),
        )
        return all(checks)

    def _covers(self, item: ScopeItem) -> bool:
        code, level = self.occupation_code, self.level
        return code in ("", item.occupation_code) and level in (None, item.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the directory, in the order of codes."""

    items: tuple[Listing, ...]
    next: str = ""  # where the next page begins; "" at the end
    as_of: date | None = None  # the legal day it was read; None where there is no such tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOccupation:
    """An occupation that is known here, and by what it may be evaluated."""

    occupation: Occupation  # as entered here, else as shipped
    spec: bool = False  # an evaluation spec (评价规范) is on file


class Directory(Protocol):
    """The directory of one tenant, as the last commit left it."""

    def listed(self, tenant: str, wish: Wish, after: str = "", limit: int = 50) -> Listed:
        """Return those on file that `wish` wants, after the code `after`."""

    def one(self, tenant: str, code: str) -> Listing | None:
        """Return who has this code, or had it; None when nobody ever did."""

    def occupations(self, tenant: str, shipped: Occupations) -> tuple[ListedOccupation, ...]:
        """Return the occupations entered here and those shipped, in the order of codes."""


class EmptyDirectory:
    """A directory nobody stands in: of a process without a store."""

    def listed(self, tenant: str, wish: Wish, after: str = "", limit: int = 50) -> Listed:  # noqa: ARG002  – the port's
        """Return nobody."""
        return Listed(items=())

    def one(self, tenant: str, code: str) -> Listing | None:  # noqa: ARG002  – the port's
        """Return nobody."""
        return None

    def occupations(self, tenant: str, shipped: Occupations) -> tuple[ListedOccupation, ...]:  # noqa: ARG002  – the port's
        """Return those shipped."""
        return known_occupations(shipped, {}, frozenset())


def known_occupations(
    shipped: Occupations, entered: Mapping[str, Occupation], specs: Collection[str]
) -> tuple[ListedOccupation, ...]:
    """Return every occupation once: as `entered`, else as shipped; `specs` are codes."""
    return tuple(
        ListedOccupation(occupation=one, spec=one.code in specs)
        for one in shipped.also(entered).all()
    )


def below(jurisdiction: str) -> str:
    """Return the digits with which every code at or below `jurisdiction` begins."""
    while jurisdiction.endswith("00"):
        jurisdiction = jurisdiction[:-2]
    return jurisdiction
