"""What the outside must provide. The memory store and Postgres pass one contract suite."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from domain.case.actor import Actor
from domain.case.command import Command, Opening, Work
from domain.case.decision import Decision, FactKey, Facts, Outcome
from domain.case.envelope import Recorded
from domain.case.sheet import Sheet
from domain.case.state import Case, Holder
from domain.case.turn import Turn
from domain.kernel.json import Json
from domain.law.book import LawBook
from domain.law.calendar import Calendar
from domain.law.occupations import Occupations
from domain.process.checking import Verdict
from domain.process.faults import Fault
from domain.process.model import Definition
from domain.process.rules import Level
from domain.registers.processes import Deployed


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An act as it comes in, before it has a time of receipt."""

    tenant: str
    client: str  # who holds the key: API client or console user; with `key` unique in the tenant
    key: str  # Idempotency-Key
    fingerprint: str  # sha256 of method, path, acting-for and canonical body
    case_id: str | None  # None: an opening, which gets a new id
    name: str
    payload: Json
    actor: Actor
    channel: str
    if_match: int | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An inbox row."""

    tenant: str
    command: Command
    outcome: Outcome | None  # None: not yet decided
    replayed: bool = False  # the same key was received before
    existing: bool = False  # an opening whose `source` already has this case; nothing was stored


@dataclass(frozen=True, slots=True)
class BodyDiffers:
    """The same key with another fingerprint (`idempotency.body_differs`); nothing was stored."""

    command_id: str


class Definitions(Protocol):
    """The diagrams, kept for ever by the hash of their bytes."""

    def current(self, procedure: str, variant: str) -> Definition | None:
        """Return the diagram new cases get; None when nothing like it is deployed."""

    def pinned(self, definition_hash: str) -> Definition:
        """Return the diagram with that hash.

        Raises:
            UnknownNameError: nobody kept it.
        """

    def source(self, definition_hash: str) -> bytes:
        """Return the bytes of the BPMN file with that hash."""

    def judged(self, source: bytes, level: Level) -> Verdict:
        """Return the verdict on a BPMN file at a level, by the law book in use; keeps nothing."""

    def keep(self, source: bytes) -> None:
        """Keep a BPMN file that was judged, for ever; the same bytes again change nothing."""


class Deployments(Protocol):
    """The processes people have deployed, tenant by tenant."""

    def deploy(
        self, tenant: str, file: str, source: bytes, by: Actor
    ) -> Deployed | tuple[Fault, ...]:
        """Check a BPMN file and make it the newest version of its process, kept for ever.

        Faults: nothing was stored, and what was deployed before stands. The same bytes again are
        the version they were.
        """

    def all(self, tenant: str) -> tuple[Deployed, ...]:
        """Return every version of every process, in the order of deployment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a decision may look at besides the case: diagrams, law, calendar, the office's mark."""

    definitions: Definitions
    book: LawBook
    calendar: Calendar
    occupations: Occupations = field(default_factory=lambda: Occupations({}))  # as shipped
    office_mark: str = "案卷演示"  # 机关代字 of letters
    message_hours: int = 24  # a message is kept that says no time itself; 0 = only what is awaited


class CaseSession(Protocol):
    """One transaction on one case, under its exclusive lock.

    Leaving it commits, an exception undoes.
    """

    tenant: str
    now: datetime  # law time, read after the lock
    case: Case | None  # None before the opening
    calendar: Calendar  # with the years this tenant has published

    def next_work(self, until: str | None) -> Work | None:
        """Return what is to be decided next, in order of receipt; None when nothing waits.

        A due deadline comes before a command received at or after its effective instant. With
        `until` given, None as soon as that command has its outcome.
        """

    def facts(self, wanted: Sequence[FactKey]) -> Facts:
        """Take the locks of `wanted`, sorted, and return what stands under each."""

    def record(self, work: Work, decision: Decision) -> None:
        """Append the events with case row, tasks, deadlines, claims, and the command's outcome.

        A lapse that stands already is left as it stands.

        Raises:
            StreamBrokenError: the command is not waiting; leave the session, and nothing is kept.
        """

    def turn(self) -> Turn:
        """Return where the case stands, with all that was recorded here.

        It tells the outcome of the command asked about when that has one.
        """


class EventStore(Protocol):
    """The one legal record."""

    def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        """Store an act with its time of receipt, once per key (transaction 1)."""

    def open_case(
        self, case_id: str, asked: str | None = None
    ) -> AbstractContextManager[CaseSession]:
        """Begin the transaction in which one command or lapse is decided and recorded.

        `asked`: the command whose outcome `CaseSession.turn` tells.

        Raises:
            UnknownNameError: nothing was ever received for this case id.
        """

    def look(self, case_id: str) -> tuple[str, Case | None]:
        """Return the tenant of a case, and the case as it stands, without its lock.

        Raises:
            UnknownNameError: nothing was ever received for this case id.
        """

    def stored(self, tenant: str, command_id: str) -> Stored | None:
        """Return the inbox row of a command; None for what is no id of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases, tasks or deadlines a reader asks for; empty fields do not narrow."""

    procedure: str = ""
    status: tuple[str, ...] = ()
    jurisdiction: str = ""  # this node and everything below it
    organisation: str = ""
    due_from: date | None = None
    due_to: date | None = None
    holder: str = ""
    text: str = ""  # part of number or applicant's name
    open_only: bool = False
    unassigned: bool = False
    assignee: str = ""
    role: str = ""  # who may do an open task
    with_task: bool = False  # an open task, whoever's


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whose eyes: what a list may hold. Derived from an actor by `domain.case.access.viewer`."""

    jurisdiction: str = ""  # cases of this node and below; "" = none by place
    organisation: str = ""  # cases of this applicant


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the cursor of the next page; "" at the end."""

    items: tuple[Case, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline that runs or rests, by its days alone: its light and its column follow."""

    holder: Holder
    starts: date  # the legal day of its anchor
    due: date | None  # None while it rests
    provisional: bool


Part = Literal["cases", "duties", "free", "others"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """How many cases have deadlines with the same days. Only cases with open work are counted."""

    clocks: tuple[Clock, ...]
    cases: int
    duties: int  # of them with an open task of the authority
    free: int  # of those with one that nobody has taken on

    def of(self, part: Part) -> int:
        """Return how many belong to a part; `others` have no open task of the authority."""
        match part:
            case "cases":
                return self.cases
            case "duties":
                return self.duties
            case "free":
                return self.free
            case "others":
                return self.cases - self.duties


class Cases(Protocol):
    """Reading. Every answer is of one tenant and within the viewer's sight.

    A case of a page comes without its procedure's `data`, `marking` and `acts`: a list shows none
    of them, and the data may be as long as a batch.
    """

    def case(self, tenant: str, id_or_number: str, viewer: Viewer) -> Case | None:
        """Return a case within the viewer's sight, by its id or its number."""

    def any_case(self, tenant: str, id_or_number: str) -> Case | None:
        """Return a case whoever asks: the caller names the right that stands for sight.

        It is the law's own work, an act sent there before, a letter's code or a public notice.
        """

    def timeline(
        self, tenant: str, case_id: str, viewer: Viewer, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        """Return the events of a case in sight with a version above `after`, in order."""

    def any_timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        """Return the events of a case or register whoever asks, as `any_case`."""

    def cases(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        """Return cases, newest first; with a filter by due day, those due first."""

    def work(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        """Return cases with an open task or open deadline as `wanted` says, those due first."""

    def tally(self, tenant: str, viewer: Viewer) -> tuple[Alike, ...]:
        """Count all open cases with an open task or open deadline, those due first."""

    def alike(
        self,
        tenant: str,
        viewer: Viewer,
        groups: Sequence[Alike],
        part: Part = "cases",
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        """Return the cases counted in `groups` of a tally, in its order, one part of them."""

    def occasions(
        self, tenant: str, viewer: Viewer, first: date, last: date
    ) -> tuple[tuple[date, date, int], ...]:
        """Count the cases held on a day from `first` to `last`, by their first and last day."""

    def held(
        self,
        tenant: str,
        viewer: Viewer,
        first: date,
        last: date,
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        """Return the cases held on a day from `first` to `last`, by their last day."""

    def mark(self, tenant: str, viewer: Viewer) -> str:
        """Return what changes when a case is opened, or one changes of those due first."""

    def find_task(self, tenant: str, task_id: str, viewer: Viewer) -> Case | None:
        """Return the case of a task by the task's public id (`<case id>.<task id>`), as `case`."""

    def papers(self, number: str) -> tuple[tuple[str, str], ...]:
        """Return tenant and case id of each letter or case with this number, in any tenant.

        Whoever asks has shown nothing yet: the caller checks the paper's code, or the right.
        """

    def pending(self, tenant: str, case_id: str) -> list[Stored]:
        """Return the acts received and not yet decided."""

    def now(self, tenant: str) -> datetime:
        """Return the tenant's law time."""

    def calendar(self, tenant: str) -> Calendar:
        """Return the calendar with the years the tenant has published."""

    def reading(self, tenant: str, wanted: Sequence[FactKey]) -> Facts:
        """Return facts without locks, for dry runs and pages."""

    def events_after(self, tenant: str, position: int, limit: int) -> Iterator[Recorded]:
        """Return the tenant's events in the order of the store."""


class Files(Protocol):
    """Bytes by digest: materials and letters, kept outside the database."""

    def put(self, content: bytes) -> str:
        """Keep `content`; return `sha256:<64 hex>`. The same bytes again change nothing."""

    def get(self, digest: str) -> bytes | None:
        """Return the bytes, or None."""

    def size(self, digest: str) -> int | None:
        """Return how many bytes there are, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A sheet as PDF."""

    content: bytes
    pages: int


class Press(Protocol):
    """Lays sheets out. The same sheet and template version: the same bytes, everywhere."""

    template: str  # version of the layout; what was made with another one stays as it is

    def page(self, sheet: Sheet) -> bytes:
        """Return the sheet as one HTML document that needs nothing else and runs nothing."""

    def part(self, sheet: Sheet) -> str:
        """Return the sheet as HTML that stands inside a page, below a heading of level 2."""

    def print(self, sheet: Sheet) -> Print | None:
        """Return the sheet as PDF; None where this machine has no font for it."""


class Drafts(Protocol):
    """What people have begun and not yet sent: no act, no event; it may be dropped at any time."""

    def all(self, tenant: str, owner: str) -> tuple[Json, ...]:
        """Return the drafts of an organisation, the last saved first."""

    def get(self, tenant: str, owner: str, draft: str) -> Json | None:
        """Return a draft, or None."""

    def put(self, tenant: str, owner: str, draft: str, content: Json) -> None:
        """Save a draft under its id, in place of what stood there."""

    def drop(self, tenant: str, owner: str, draft: str) -> None:
        """Forget a draft; one that is not there is forgotten already."""
