"""The named refusals of plain processes."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyWaits(Refusal):
    """Nothing in the process waits for this message or signal now (没有等待)."""

    code: ClassVar[str] = "process.nobody_waits"
    zh: ClassVar[str] = "流程此刻不等待“{name}”；请核对名称，或待流程走到该处再发"
    en: ClassVar[str] = (
        "nothing waits for “{name}” now; check the name, or send it once the process is there"
    )

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyKept(Refusal):
    """The case keeps as many messages as it may (留存消息已满)."""

    code: ClassVar[str] = "process.too_many_kept"
    zh: ClassVar[str] = "本件留存的消息已满 {most} 条；请待流程取走或到期后再发"
    en: ClassVar[str] = "the case keeps {most} messages; send it once some are taken or expired"

    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCatches(Refusal):
    """Nothing around the task catches this error of the diagram (无人处理)."""

    code: ClassVar[str] = "process.nobody_catches"
    zh: ClassVar[str] = "流程图没有处理错误“{name}”的环节；请核对错误代码，或由机构终止流程"
    en: ClassVar[str] = (
        "nothing in the diagram catches the error “{name}”; check its code, "
        "or have the office cancel the process"
    )

    name: str


REFUSALS: tuple[type[Refusal], ...] = (NobodyWaits, TooManyKept, NobodyCatches)
