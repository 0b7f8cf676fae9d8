"""What a change of a filing hands in, and what the register says once it is made."""

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.kernel.limits import Filled, Line, Word
from domain.registers.institutions import Bar, Entry, Institution, ScopeItem

Kind = Literal["increment", "details", "exit", "merger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an institution says of itself anew; what is left out stays as it is."""

    name: Annotated[str, Line(), Filled()] | None = None
    address: Annotated[str, Line()] | None = None
    principal: Annotated[str, Word()] | None = None  # a person
    staff: tuple[Annotated[str, Word()], ...] | None = None  # all its full-time people


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An institution as the register has it from the change on."""

    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...]
    institution_code: str
    bars: tuple[Bar, ...] = ()
    filing: str = ""  # the case behind the entry; empty where no case stands behind it
    social: bool = False  # it holds places

    @property
    def entry(self) -> Entry:
        """The entry of the register."""
        return Entry(
            institution=self.institution,
            jurisdiction=self.jurisdiction,
            scope=self.scope,
            institution_code=self.institution_code,
            bars=self.bars,
            case=self.filing,
        )
