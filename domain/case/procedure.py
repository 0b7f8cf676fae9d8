"""What a procedure brings to the generic case: its commands, its law, its fold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey, Facts
from domain.case.envelope import Meta
from domain.case.labels import label
from domain.case.state import Case, Party, Status
from domain.kernel.errors import Language, Refusal
from domain.process.feel import Value

if TYPE_CHECKING:
    from domain.ports import World

IfMatch = Literal["any", "exact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """A command: its name, who may give it, and the shape of its payload."""

    name: str  # "filing.accept"
    payload: type[object]  # frozen dataclass, read strictly
    roles: tuple[str, ...]  # patterns such as "center.*"
    opens: bool = False  # opens a case
    if_match: IfMatch = "any"  # "exact": whoever sends it must say which version they saw
    procedure: str = ""  # empty: on every case

    @property
    def zh(self) -> str:
        """The command's name in Chinese."""
        return label("command", self.name, "zh")

    @property
    def en(self) -> str:
        """The command's name in English."""
        return label("command", self.name, "en")

    def label(self, language: Language) -> str:
        """Return the command's name for people."""
        return label("command", self.name, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice that an act sends; how it reaches its addressee decides when the clock starts."""

    kind: str  # "filing.supplement"
    service: str = "electronic"  # served at once; any other way is reported by `notice.serve`


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an accepted command means in law."""

    events: tuple[tuple[object, str], ...]  # event and citation, in order
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a procedure sees when it decides."""

    world: "World"
    facts: Facts
    actor: Actor
    at: datetime  # the effective instant
    command: str  # name
    procedure: str
    variant: str
    jurisdiction: str
    case: Case | None = None  # None while it is being opened
    letters: tuple[str, ...] = ()  # numbers the letters of this act will get, in order


Decide = Callable[[object, Situation], Act | Refusal]
Effect = Callable[[Case], object]  # what the law does at a service or rule task: its event


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What an opening command says about the case it opens."""

    jurisdiction: str
    applicant: Party


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One procedure, as the generic case uses it. Functions are pure."""

    name: str  # "filing"
    workflow: str  # "FilingReview"
    mark: str  # in case numbers: "BA"
    variants: tuple[str, ...]
    data: type[object]  # of `Case.data`
    blank: object  # `Case.data` before the first event
    commands: tuple[CommandSpec, ...]
    events: frozenset[type[object]]  # its own: they move `own_version`
    opened: Callable[[object, Actor], Opened]
    decide: Decide
    fold: Callable[[object, object, Meta], object]  # data, event → data
    standing: Callable[[object, object], tuple[Status, str] | None]  # event, data after it → status
    variables: Callable[[object], Mapping[str, Value]]  # what gateways read
    amount: Callable[[object, str], int | None]  # what an officer set for a deadline key
    considered: Callable[[Case, str], bool]  # named refusals win although no task waits
    separated: Callable[[object, Situation], Refusal | None]  # same person, recusal
    foreseen: Callable[[str, Situation], Refusal | None]  # of a command, whatever its payload
    misplaced: Callable[[str, str], Refusal | None]  # variant, jurisdiction: not an office for it
    stages: Mapping[str, str]  # element of a user task → stage that begins when it opens
    wanted: Callable[[object, "Situation"], tuple[FactKey, ...]]  # facts besides numbers
    sends: frozenset[str]  # commands that send a letter
    claims: Callable[[object, Case], tuple[Claim, ...]]
    effects: Mapping[str, Effect] = field(default_factory=dict)

    @property
    def zh(self) -> str:
        """The procedure's name in Chinese."""
        return label("procedure", self.name, "zh")

    @property
    def en(self) -> str:
        """The procedure's name in English."""
        return label("procedure", self.name, "en")
