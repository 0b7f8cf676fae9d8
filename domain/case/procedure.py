"""What a procedure brings to the generic case: its commands, its law, its fold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey, Facts
from domain.case.envelope import Meta
from domain.case.labels import Words, label
from domain.case.sheet import Rows
from domain.case.state import Case, Occasion, Party, Status
from domain.kernel.errors import Language, Refusal
from domain.kernel.json import Json
from domain.process.feel import Value
from domain.process.game import Marking, Move, Variables, Wait
from domain.process.model import Definition, Node

if TYPE_CHECKING:
    from domain.ports import World

IfMatch = Literal["any", "exact"]
Play = Callable[[Definition, Marking, Variables], Move | None]  # None: nothing moves


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """A command: its name, who may give it, and the shape of its payload."""

    name: str  # "filing.accept"
    payload: type[object]  # frozen dataclass, read strictly
    roles: tuple[str, ...]  # patterns such as "center.*"
    opens: bool = False  # opens a case
    if_match: IfMatch = "any"  # "exact": whoever sends it must say which version they saw
    # "concerned": those of `Case.offices` as well; "others": these alone, where there are any
    offices: Literal["own", "concerned", "others"] = "own"
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
    play: Play | None = None  # how tokens move; None: the task is done, or its message has come


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
    definition: str = ""  # while it is being opened: of the version asked for, where one is
    letters: tuple[str, ...] = ()  # numbers the letters of this act will get, in order


Decide = Callable[[object, Situation], Act | Refusal]
Effect = Callable[[Case], object]  # what the law does at a service or rule task: its event


Detail = Callable[[Json, Language], str]  # of an event, from its data: what its title names
Told = Sequence[str | tuple[str, ...]]  # of a letter: paragraphs, and lists that are numbered


def _says_nothing(_event: object) -> Told:
    return ()


def _sets_nothing(_data: object, _key: str) -> None:
    return None


def _refuses_nothing(_one: object, _other: object) -> None:
    return None


def _no(_case: Case, _command: str) -> bool:
    return False


def _by_status(case: Case, _at: datetime) -> bool:
    return case.status == "decided"


def _none(_one: object, _other: object) -> tuple[()]:
    return ()


def _concerns_nothing(_data: object) -> Rows:
    return ()


def _is_for_its_own(_data: object, _form: str) -> tuple[str, ...]:
    """Return no other office whose act a task still lacks."""
    return ()


def _concerns_nobody(_data: object) -> tuple[str, ...]:
    return ()


def _has_one(_jurisdiction: str, _kind: str) -> str:
    return ""


def _is_never_held(_data: object) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What an opening command says about the case it opens."""

    jurisdiction: str
    applicant: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What the tasks of one command are about, where several may be open at once.

    Each subject opens one task, so the first task is about the first subject, and so on.
    """

    field: str  # of the payload, which names the subject; empty there: the one that waits longest
    all: Callable[[object], tuple[str, ...]]  # data → every subject there ever was, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What a procedure adds whose diagrams people deploy, with no code of their own."""

    complete: str  # the command that does every task; its payload may name the `task`
    outside: Callable[[Node], bool]  # whether a web service does the work of a node
    requested: Callable[[Case, Wait], object]  # the event that one is asked to
    closed: Callable[[Case, Wait], object | None]  # the event that it is waited for no more
    assigned: Callable[[Mapping[str, Value]], object]  # the event of what the diagram set
    finished: Callable[[], object]  # the event of the last token's end
    failed: Callable[[str], object]  # the event of an error that nothing caught, by its code
    jobs: Callable[[object], tuple[str, ...]]  # data → keys of service work to be done
    # what was kept until somebody waits for it, and somebody does at that instant: its event, step
    taken: Callable[[Case, Definition, Marking, datetime], tuple[object, Play] | None]


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One procedure, as the generic case uses it. Functions are pure."""

    name: str  # "filing"
    workflow: str  # "FilingReview"
    mark: str  # in case numbers: "BA"
    diagrams: Mapping[str, str]  # variant → its BPMN file, from `domain/procedures`
    data: type[object]  # of `Case.data`
    blank: object  # `Case.data` before the first event
    commands: tuple[CommandSpec, ...]
    events: frozenset[type[object]]  # its own: they move `own_version`
    refusals: tuple[type[Refusal], ...]  # its own, in the order in which they are looked for
    opened: Callable[[object, Actor], Opened]
    decide: Decide
    fold: Callable[[object, object, Meta], object]  # data, event → data
    standing: Callable[[object, object], tuple[Status, str] | None]  # event, data after it → status
    variables: Callable[[object], Mapping[str, Value]]  # what gateways read
    stages: Mapping[str, str]  # element of a user task → stage that begins when it opens
    told: Callable[[object], Told] = _says_nothing  # what a letter says of an event
    about: Callable[[object], Rows] = _concerns_nothing  # of the case's data, in each letter's head
    details: Mapping[str, Detail] = field(default_factory=dict)  # event type → after its name
    amount: Callable[[object, str], int | None] = _sets_nothing  # an officer's, for a deadline key
    anchor: Callable[[object, str], datetime | None] = _sets_nothing  # a term's start, if not now
    offices: Callable[[object], tuple[str, ...]] = _concerns_nobody  # beside the case's own
    awaited: Callable[[object, str], tuple[str, ...]] = _is_for_its_own  # a task's form → offices
    occasion: Callable[[object], Occasion | None] = _is_never_held  # its days on calendars
    considered: Callable[[Case, str], bool] = _no  # named refusals win although no task waits
    afterwards: Callable[[Case, str], bool] = _no  # still taken once the case has ended; no token
    decided: Callable[[Case, datetime], bool] = _by_status  # nobody withdraws then (决定前可撤回)
    separated: Callable[[object, Situation], Refusal | None] = _refuses_nothing  # recusal too
    foreseen: Callable[[str, Situation], Refusal | None] = _refuses_nothing  # whatever its payload
    misplaced: Callable[[str, str], Refusal | None] = _refuses_nothing  # variant, jurisdiction
    fitting: Callable[[str, str], str] = _has_one  # jurisdiction, institution type → variant
    wanted: Callable[[object, "Situation"], tuple[FactKey, ...]] = _none  # facts besides numbers
    sends: frozenset[str] = frozenset()  # commands that send a letter
    subjects: Mapping[str, Subjects] = field(default_factory=dict)  # of a command's tasks
    internal: frozenset[str] = frozenset()  # event types that only the office reads
    claims: Callable[[object, Case], tuple[Claim, ...]] = _none
    effects: Mapping[str, Effect] = field(default_factory=dict)
    examples: Mapping[str, Json] = field(default_factory=dict)  # command → payload
    plain: Plain | None = None  # its diagrams are deployed, not shipped: a variant is a process id
    words: Mapping[str, Words] = field(default_factory=dict)  # what its codes are called, by kind

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants there are, in the order of their diagrams."""
        return tuple(self.diagrams)

    def variant_for(self, jurisdiction: str, kind: str) -> str:
        """Return the variant of an opening that names none: by its office and institution type."""
        return self.fitting(jurisdiction, kind) or self.variants[0]

    @property
    def zh(self) -> str:
        """The procedure's name in Chinese."""
        return label("procedure", self.name, "zh")

    @property
    def en(self) -> str:
        """The procedure's name in English."""
        return label("procedure", self.name, "en")
