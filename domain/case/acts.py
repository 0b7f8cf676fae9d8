"""The payloads of the commands on every case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from domain.case.actor import OPERATOR
from domain.case.procedure import CommandSpec
from domain.case.state import Carry
from domain.kernel.limits import Between, Filled, Shaped, Word

Code = Shaped(
    r"000000|(?!00)\d\d(?:0000|(?!00)\d{4})", "须为六位行政区划代码", "six digits of GB/T 2260"
)
Digest = Shaped(
    r"sha256:[0-9a-f]{64}", "须为 sha256: 加 64 位十六进制", "sha256: and 64 hex digits"
)
Service = Literal["electronic", "mail", "in_person", "public_notice"]
MOST_DAYS = 3660  # ten years: keeps every day within what dates and calendars hold; no law
OFFICIALS = ("center.*", "bureau.official", "ministry.center")
DECIDERS = ("center.reviewer", "bureau.official", "ministry.center")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the open tasks of the authority to a person (分派), or back to everybody."""

    to: Annotated[str, Word()]  # a person; empty: nobody's until somebody takes them on
    task: Annotated[str, Word()] = ""  # this one alone, by its id in the case
    # only if nobody else than this person has it; "": if it is free
    instead_of: Annotated[str, Word()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Leave a remark (备注)."""

    text: Annotated[str, Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Hand the case to another jurisdiction (移送); its clocks run on."""

    jurisdiction: Annotated[str, Code]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take the application back before the decision (撤回)."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """Stop a term on the ground of a document (暂停)."""

    key: Annotated[str, Word(), Filled()]
    reason: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Let a term run on (恢复)."""

    key: Annotated[str, Word(), Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Make a term longer where its law allows it (延长)."""

    key: Annotated[str, Word(), Filled()]
    amount: Annotated[int, Between(1, MOST_DAYS)]  # to be added, of the term's unit
    reason: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve:
    """Report that a letter reached its addressee by other than electronic means (送达)."""

    notice: Annotated[str, Word(), Filled()]
    method: Annotated[str, Word(), Filled()]
    at: datetime
    proof: str = ""  # in words
    proof_digest: Annotated[str, Digest] | None = None  # of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttempt:
    """Report that a letter did not reach its addressee that way (未成送达)."""

    notice: Annotated[str, Word(), Filled()]
    method: Annotated[str, Word(), Filled()]
    at: datetime
    reason: Annotated[str, Filled()]
    proof_digest: Annotated[str, Digest] | None = None  # of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """Declare void a letter not yet served (作废), and issue another one of the same act."""

    notice: Annotated[str, Word(), Filled()]
    reason: Annotated[str, Filled()]
    service: Service = "electronic"  # of the new letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Redate:
    """Count open terms anew: the working days of a year were published."""

    calendar: Annotated[str, Word()] = ""  # version of the calendar that asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """A letter as a PDF."""

    digest: Annotated[str, Digest]
    pages: Annotated[int, Between(1)]
    template: Annotated[str, Word(), Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRendering:
    """Report that a letter lies as a file: as HTML, and as PDF where one could be made."""

    notice: Annotated[str, Word(), Filled()]
    digest: Annotated[str, Digest]
    printed: Printing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """An element or flow that the new diagram calls by another id."""

    old: Annotated[str, Word(), Filled()]
    new: Annotated[str, Word(), Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChoice:
    """What becomes of the running terms of one key or of one element."""

    of: Annotated[str, Word(), Filled()]  # "filing.acceptance", or an id in the present diagram
    choice: Carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrate:
    """Let the case go on in another version of its diagram (流程换版)."""

    to: Annotated[str, Digest]  # the diagram, which must be kept here
    deadlines: Carry  # every running term for which `choices` says nothing else
    reason: Annotated[str, Filled()]
    mapping: tuple[Rename, ...] = ()
    choices: tuple[TermChoice, ...] = ()


VOID = CommandSpec(name="notice.void", payload=Void, roles=DECIDERS, offices="concerned")


def _spec(name: str, payload: type[object], roles: tuple[str, ...]) -> CommandSpec:
    return CommandSpec(name=name, payload=payload, roles=roles)


COMMANDS = (
    _spec("case.assign", Assign, OFFICIALS),
    _spec("case.note", Note, OFFICIALS),
    _spec("case.transfer", Transfer, DECIDERS),
    _spec("case.withdraw", Withdraw, ("institution.*",)),
    _spec("deadline.suspend", Suspend, DECIDERS),
    _spec("deadline.resume", Resume, DECIDERS),
    _spec("deadline.extend", Extend, DECIDERS),
    _spec("notice.serve", Serve, OFFICIALS),
    _spec("notice.attempt", RecordAttempt, OFFICIALS),
    VOID,
    _spec("process.migrate", Migrate, (OPERATOR,)),
    _spec("deadline.redate", Redate, ("system",)),
    _spec("notice.record_rendering", RecordRendering, ("system",)),
)
