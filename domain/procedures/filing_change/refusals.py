"""The named refusals of a change, in the order in which they are looked for.

An increment and a merger may meet those of a filing as well (`filing.occupation_not_open` …).
"""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNotFiled(Refusal):
    """There is no filing to be changed (未备案)."""

    code: ClassVar[str] = "change.not_filed"
    zh: ClassVar[str] = "{uscc} 没有有效备案，无可变更；请核对代码，或先申请备案"
    en: ClassVar[str] = "{uscc} is not on file; check the code, or file first"

    uscc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWrongAuthority(Refusal):
    """Another office filed this institution."""

    code: ClassVar[str] = "change.wrong_authority"
    zh: ClassVar[str] = "{uscc} 由 {right} 备案（{citation}）；请在申请中写明该备案机关"
    en: ClassVar[str] = "{uscc} is filed with {right} ({citation}); name that office when you ask"

    uscc: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNothing(Refusal):
    """What is asked for is so already (无变更内容)."""

    code: ClassVar[str] = "change.nothing_changes"
    zh: ClassVar[str] = "所填内容与现有备案一致，没有变更；请填写要变更的内容"
    en: ClassVar[str] = "all this is on file already; say what is to change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBatchesOpen(Refusal):
    """Who is to leave has batches that have not come to their end (批次未办结)."""

    code: ClassVar[str] = "change.batches_open"
    zh: ClassVar[str] = (
        "{uscc} 还有 {count} 个批次未办结（{citation}）；请在批次办结后准予，或附经批准的例外"
    )
    en: ClassVar[str] = (
        "{uscc} has open batches, {count} of them ({citation}); approve once they have ended, or"
        " by an exception that another person approved"
    )

    uscc: str
    count: int


REFUSALS: tuple[type[Refusal], ...] = (
    ChangeNotFiled,
    ChangeWrongAuthority,
    ChangeNothing,
    ChangeBatchesOpen,
)
