"""A case as its events have made it. Everything here is plain data that survives JSON."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from domain.case.actor import Actor
from domain.kernel.json import Json
from domain.kernel.terms import Term

Status = Literal[
    "draft", "received", "correction_required", "accepted", "in_review", "publicity", "decided",
    "noticed", "rectifying", "suspended", "closed", "withdrawn", "abandoned", "refused",
    "terminated",
]  # fmt: skip
ENDED: frozenset[Status] = frozenset(("closed", "withdrawn", "abandoned", "refused", "terminated"))
Holder = Literal["authority", "applicant", "public"]
Carry = Literal["keep", "reset", "rederive"]  # a running term, when its case changes diagram
DeadlineState = Literal["open", "met", "lapsed", "suspended", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whose case it is."""

    organisation: str  # 统一社会信用代码
    name: str
    kind: str = (
        ""  # enterprise, school, technical_college, social_organisation, association, agency
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One open or done piece of work at an element of the diagram."""

    id: str  # "t-<n>", n counts in the case
    element: str  # id of the user task in the diagram
    wait: str  # id of the wait in the marking
    form: str
    role: str  # pattern: "center.*"
    holder: Holder
    commands: tuple[str, ...]  # any of them does the task
    opened_at: datetime
    state: Literal["open", "completed", "cancelled"] = "open"
    assignee: str = ""  # a person
    assigned_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    opened_version: int = 0  # of the procedure's last event then: who saw that one saw the task
    done_version: int = 0  # the same when it was done


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A suspension of a deadline, with the document that ordered it."""

    since: datetime
    until: datetime | None
    reason: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A term that runs or ran; `due` and `effective` follow from its facts and the calendar."""

    id: str  # "d-<n>", n counts in the case
    key: str
    occurrence: int  # 1 for the first with this key in the case
    term: Term  # frozen with its clause when it was opened
    amount: int  # of the term's unit, as set by the officer or the law
    holder: Holder
    element: str  # the diagram element that waits; of a service, the letter
    wait: str  # id of the timer's wait in the marking; "" for a flag without drawn consequence
    starts: datetime  # the anchor; its day is not counted
    due: date | None  # the last day; None while suspended
    effective: datetime | None  # 24:00 of the last day
    calendar: str  # version that gave the day
    provisional: bool
    state: DeadlineState = "open"
    ended_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def of_law(self) -> bool:
        """Whether it is a term to be suspended or extended, not a timer of the diagram alone."""
        return self.term.unit != "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A service that failed: the letter did not reach its addressee that way (未成送达)."""

    method: str
    at: datetime
    reason: str
    proof_digest: str = ""  # of a file that shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A letter that was issued, and how it reached its addressee."""

    id: str  # "n-<n>"
    kind: str  # "filing.supplement" …
    number: str  # 文号
    issued_at: datetime
    version: int = 0  # of its `notice.issued` in the stream
    office: str = ""  # the place of the office that issued it
    replaces: str = ""  # the letter, now void, in whose place it was issued
    served_at: datetime | None = None
    method: str = ""
    proof: str = ""  # of the service, in words: the number of a consignment, who signed
    proof_digest: str = ""  # of the service, as a file
    attempts: tuple[Attempt, ...] = ()  # services that failed, in order
    digest: str = ""  # of the letter as HTML, once the job has reported
    printed: str = ""  # digest of the letter as PDF, once it was made
    pages: int = 0  # of the PDF
    template: str = ""  # version of the layout the PDF was made with
    voided_at: datetime | None = None
    void_reason: str = ""

    @property
    def unserved(self) -> bool:
        """Whether the letter still has to reach its addressee."""
        return self.served_at is None and self.voided_at is None

    @property
    def proofs(self) -> tuple[str, ...]:
        """The digests of the files that prove services, and failed ones."""
        tried = (self.proof_digest, *(one.proof_digest for one in self.attempts))
        return tuple(one for one in tried if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a case is held on: the days of an exam, with what calendars say of it."""

    first_day: date
    last_day: date
    occupation: str = ""
    level: int = 0  # 5 is the lowest; 0: none
    people: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark of an official; it changes nothing."""

    at: datetime
    by: Actor
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A folded case. `data` is the procedure's own state (a frozen dataclass of its `facts.py`)."""

    id: str
    number: str  # 办件编号
    procedure: str
    variant: str
    jurisdiction: str
    definition: str  # hash of the diagram it is pinned to
    applicant: Party
    opened_at: datetime
    status: Status
    stage: str
    version: int  # of the last event in the stream
    own_version: int  # of the last event of the procedure itself: what If-Match is compared with
    data: object
    marking: Json  # `Marking.to_json()`, empty once ended
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    notes: int = 0
    jobs: tuple[str, ...] = ()  # keys of service work not yet reported: "notice.render:n-1"
    offices: tuple[str, ...] = ()  # other jurisdictions concerned: they read, and do what is theirs
    awaited: tuple[str, ...] = ()  # offices whose act its task lacks; none named: its own
    occasion: Occasion | None = None  # the days it is held on; None for what has none
    source_system: str = ""
    source_id: str = ""
    ended_at: datetime | None = None
    acts: tuple[tuple[str, str], ...] = field(
        default=()
    )  # (event type, person): for separation of duties

    @property
    def ended(self) -> bool:
        """Whether the case has come to its end."""
        return self.status in ENDED
