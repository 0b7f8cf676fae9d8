"""The events every case knows, whatever its procedure. What the fold needs is in the event."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.case.state import Carry, Holder, Party, Status
from domain.kernel.events import event
from domain.kernel.json import Json
from domain.kernel.terms import Term


@event("case.opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """A case came into being, pinned to its diagram."""

    case: str
    number: str  # 办件编号
    procedure: str
    variant: str
    jurisdiction: str
    definition: str
    applicant: Party
    source_system: str = ""
    source_id: str = ""


@event("case.assigned")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned:
    """The open tasks of the authority were given to a person."""

    to: str
    tasks: tuple[str, ...] = ()


@event("case.noted")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNoted:
    """An official left a remark; it changes nothing."""

    text: str


@event("case.transferred")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTransferred:
    """Another jurisdiction took the case over; its clocks run on."""

    old: str
    new: str
    reason: str


@event("case.withdrawn")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The applicant took the application back before the decision."""

    reason: str = ""


@event("case.closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded:
    """The case came to its end."""

    status: Status


@event("task.opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened:
    """Somebody has something to do."""

    task: str
    element: str
    wait: str
    form: str
    role: str
    holder: Holder
    commands: tuple[str, ...]


@event("task.completed")
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCompleted:
    """The task was done, by whom and when the envelope says."""

    task: str


@event("task.cancelled")
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCancelled:
    """The task was overtaken by events."""

    task: str


@event("deadline.opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineOpened:
    """A term began to run; the law's answer is frozen here."""

    deadline: str
    key: str
    occurrence: int
    term: Term
    amount: int
    holder: Holder
    element: str
    wait: str
    starts: datetime
    due: date
    effective: datetime
    calendar: str
    provisional: bool = False


@event("deadline.met")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMet:
    """What had to be done was done."""

    deadline: str
    key: str


@event("deadline.lapsed")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLapsed:
    """The last day ended and the law drew its consequence."""

    deadline: str
    key: str
    due: date


@event("deadline.cancelled")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineCancelled:
    """The term lost its object."""

    deadline: str
    key: str


@event("deadline.suspended")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSuspended:
    """A document stopped the term; it has no last day until it is resumed."""

    deadline: str
    key: str
    reason: str
    cite: str


@event("deadline.resumed")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResumed:
    """The term runs on; this day is its new starting day for what is left."""

    deadline: str
    key: str
    due: date
    effective: datetime
    calendar: str
    provisional: bool = False


@event("deadline.extended")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtended:
    """The term was made longer, where its law allows it."""

    deadline: str
    key: str
    amount: int  # of the term's unit, the whole term as it is now
    due: date
    effective: datetime
    calendar: str
    reason: str
    cite: str
    provisional: bool = False


@event("deadline.redated")
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRedated:
    """A year's working days were published: the last day was counted anew."""

    deadline: str
    key: str
    old: date
    new: date
    effective: datetime
    calendar: str
    provisional: bool = False


@event("notice.issued")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued:
    """A letter was signed and numbered."""

    notice: str
    kind: str
    number: str  # 文号
    replaces: str = ""  # the letter declared void in the same act, which said the same


@event("notice.served")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed:
    """The letter reached its addressee."""

    notice: str
    method: str
    at: datetime
    proof: str = ""  # in words
    proof_digest: str = ""  # of a file


@event("notice.attempted")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAttempted:
    """A service failed (未成送达); the letter, and what starts from it, wait for another."""

    notice: str
    method: str
    at: datetime
    reason: str
    proof_digest: str = ""  # of a file


@event("notice.voided")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeVoided:
    """The office declared void a letter that nobody had been served with (作废).

    Its number stays used, and the act it told of stands: another letter tells of it.
    """

    notice: str
    reason: str


@event("notice.rendered")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRendered:
    """The letter lies as a file under its digest; no date and no token moves."""

    notice: str
    digest: str


@event("notice.printed")
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePrinted:
    """The letter lies as a PDF under its digest, and never changes again."""

    notice: str
    digest: str
    pages: int
    template: str  # version of the layout


@event("process.moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMoved:
    """Where the tokens stand after this append: the fold never plays the diagram."""

    definition: str
    taken: tuple[str, ...]  # sequence flows, in order
    tokens: Json  # `Marking.to_json()`; empty once nothing is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """An element or flow that has another id in the new diagram."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCarried:
    """An open task as the new diagram describes it."""

    task: str
    element: str
    form: str
    role: str
    holder: Holder
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCarried:
    """What became of a running term: where it hangs in the new diagram, and by which choice."""

    deadline: str
    element: str
    choice: Carry


@event("process.migrated")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMigrated:
    """The case goes on in another version of its diagram; `process.moved` has the tokens.

    Terms that begin anew or have lost their place have events of their own in the same append.
    """

    old: str  # hash of the diagram it was pinned to
    new: str  # and of the one it is pinned to from here on
    reason: str
    mapping: tuple[Renamed, ...] = ()
    tasks: tuple[TaskCarried, ...] = ()  # those that look otherwise now
    terms: tuple[TermCarried, ...] = ()  # every term that was running


@event("command.refused")
@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRefused:
    """A refusal with legal meaning."""

    command: str  # its name
    code: str
    cite: str = ""
    zh: str = ""
    en: str = ""
