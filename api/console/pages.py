"""What templates are given: plain values, already chosen and worded for one visitor."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Colour = Literal["green", "amber", "red", "grey", "prov", "law", "done"]


@dataclass(frozen=True, slots=True)
class Light:
    """A light: never by colour alone."""

    colour: Colour
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to another view of the same thing."""

    path: str
    name: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Flash:
    """What has just happened, said once at the top."""

    tone: Literal["ok", "soon", "late", "law"]
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A mistake in a form: at which field, and what to do."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The identity of a case and the sentence that says for whom it waits."""

    id: str
    number: str
    path: str
    applicant: str
    organisation: str
    matter: str
    place: str
    status: str
    stage: str
    by_law: bool  # accepted by silence
    opened: datetime
    version: int
    open: bool
    wait: str
    otherwise: str
    otherwise_cite: str
    light: Light | None
    unserved: str  # for how long a letter has been under way that should have been served
    waiting: str  # an act received and not yet decided, in words; "" when there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One square of the ledger strip."""

    day: date
    label: str
    mark: Literal["counted", "skipped", "paused"]
    n: int | None
    why: str
    past: bool
    today: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline with the way to its last day."""

    id: str
    title: str
    kind: str  # 法定, 本地惯例
    cite: str
    light: Light
    words: str
    why: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage of the strip."""

    name: str
    state: Literal["done", "now", "ahead", "ended"]
    day: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event of the story."""

    title: str
    side: Literal["authority", "applicant", "public", "law", "system"]
    who: str
    cite: str
    effective: datetime
    received: datetime
    recorded: datetime
    lines: tuple[str, ...]
    quiet: bool
    type: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something one may want to do, with the reason why not."""

    name: str
    title: str
    path: str
    allowed: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What waits for this visitor."""

    title: str
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A material of a case."""

    code: str
    name: str
    digest: str
    at: datetime
    size: int = 0
    path: str = ""  # "" where only the digest is known


@dataclass(frozen=True, slots=True)
class Gap:
    """One item of the list of what is missing."""

    code: str
    name: str
    reason: str
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter that was issued."""

    title: str
    number: str
    issued: datetime
    served: datetime | None
    voided: datetime | None
    method: str
    path: str  # of its page
    proof: "Proof | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file that proves a service."""

    digest: str
    path: str  # where it is fetched; "" while it lies elsewhere
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An element of the diagram in the list beside it."""

    id: str
    name: str
    state: Literal["at-work", "been", "ahead"]
    words: str
    since: datetime | None
    cites: tuple[str, ...]
    inside: bool  # of a sub-process


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its clause."""

    words: str
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case on a list."""

    path: str
    number: str
    applicant: str
    matter: str
    place: str
    status: str
    task: str
    wait: str
    holder: str
    due: date | None
    light: Light | None
    assignee: str = ""
    unserved: str = ""  # for how long a letter has been under way that should have been served
    act: str = ""  # what the visitor has to do, and where
    act_path: str = ""


Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in words; with an address where it can be opened."""

    words: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One field in words: a value, several, a group, or a table of which one page is shown."""

    look: Literal["value", "several", "group", "table"]
    name: str
    title: str
    cells: tuple[Cell, ...] = ()
    inside: tuple["Detail", ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    first: int = 0  # number of the first row shown
    last: int = 0
    all: int = 0  # rows there are
    before: str = ""  # address of the page before
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """What every view of one case has."""

    head: Head
    tabs: tuple[Tab, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(CasePage):
    """The first view of a case."""

    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    facts: tuple[Detail, ...]
    latest: tuple[Item, ...]
    duty: Duty | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(CasePage):
    """The story at one of three depths: one page of it, in order."""

    items: tuple[Item, ...]
    earlier: str  # address of the page before; "" on the first
    latest: str  # address of the last page; "" on it
    depths: tuple[Tab, ...]
    technical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(CasePage):
    """The picture with its list twin."""

    svg: str
    nodes: tuple[Spot, ...]
    active: tuple[str, ...]
    taken: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials(CasePage):
    """What was handed in, and what is missing."""

    materials: tuple[File, ...]
    missing: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers(CasePage):
    """The letters and their service."""

    notices: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks(CasePage):
    """Every deadline with its ledger."""

    clocks: tuple[Clock, ...]
    calendar_through: date
    calendar_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(CasePage):
    """The applicant's view of a case."""

    turn: "Turn"
    duty: Duty | None
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    facts: tuple[Detail, ...]
    items: tuple[Item, ...]
    notices: tuple[Paper, ...]
    materials: tuple[File, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, as a band."""

    side: Literal["yours", "theirs", "over"]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of cases, with what it takes to follow changes."""

    rows: tuple[Row, ...]
    next: str = ""
    mark: str = ""
    empty: str = ""
    tabs: tuple[Tab, ...] = field(default=())
    scope: str = "all"
