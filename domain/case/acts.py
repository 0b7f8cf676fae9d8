"""The payloads of the commands on every case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.case.procedure import CommandSpec
from domain.kernel.limits import Between, Filled, Shaped

Code = Shaped(
    r"000000|(?!00)\d\d(?:0000|(?!00)\d{4})", "须为六位行政区划代码", "six digits of GB/T 2260"
)
Digest = Shaped(
    r"sha256:[0-9a-f]{64}", "须为 sha256: 加 64 位十六进制", "sha256: and 64 hex digits"
)
OFFICIALS = ("center.*", "bureau.official")
DECIDERS = ("center.reviewer", "bureau.official")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the open tasks of the authority to a person (分派)."""

    to: Annotated[str, Filled()]


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

    key: Annotated[str, Filled()]
    reason: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Let a term run on (恢复)."""

    key: Annotated[str, Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Make a term longer where its law allows it (延长)."""

    key: Annotated[str, Filled()]
    amount: Annotated[int, Between(1)]  # to be added, of the term's unit
    reason: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve:
    """Report that a letter reached its addressee by other than electronic means (送达)."""

    notice: Annotated[str, Filled()]
    method: Annotated[str, Filled()]
    at: datetime
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redate:
    """Count open terms anew: the working days of a year were published."""

    calendar: str = ""  # version of the calendar that asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRendering:
    """Report that a letter lies as a file."""

    notice: Annotated[str, Filled()]
    digest: Annotated[str, Digest]


COMMANDS = (
    CommandSpec(name="case.assign", payload=Assign, roles=OFFICIALS, zh="分派", en="Assign"),
    CommandSpec(name="case.note", payload=Note, roles=OFFICIALS, zh="添加备注", en="Add a note"),
    CommandSpec(
        name="case.transfer", payload=Transfer, roles=DECIDERS, zh="移送管辖", en="Transfer"
    ),
    CommandSpec(
        name="case.withdraw",
        payload=Withdraw,
        roles=("institution.*",),
        zh="撤回申请",
        en="Withdraw",
    ),
    CommandSpec(
        name="deadline.suspend", payload=Suspend, roles=DECIDERS, zh="暂停期限", en="Suspend a term"
    ),
    CommandSpec(
        name="deadline.resume", payload=Resume, roles=DECIDERS, zh="恢复期限", en="Resume a term"
    ),
    CommandSpec(
        name="deadline.extend", payload=Extend, roles=DECIDERS, zh="延长期限", en="Extend a term"
    ),
    CommandSpec(
        name="notice.serve", payload=Serve, roles=OFFICIALS, zh="登记送达", en="Record service"
    ),
    CommandSpec(
        name="deadline.redate",
        payload=Redate,
        roles=("system",),
        zh="重新计算期限",
        en="Recount terms",
    ),
    CommandSpec(
        name="notice.record_rendering",
        payload=RecordRendering,
        roles=("system",),
        zh="登记文书",
        en="Record a rendered letter",
    ),
)
