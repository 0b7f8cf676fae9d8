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
    zh: ClassVar[str] = "{uscc} 由 {right} 备案（{citation}）；请向该地鉴定中心申请变更"
    en: ClassVar[str] = "{uscc} is filed with {right} ({citation}); ask that center"

    uscc: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNothing(Refusal):
    """What is asked for is so already (无变更内容)."""

    code: ClassVar[str] = "change.nothing_changes"
    zh: ClassVar[str] = "所填内容与现有备案一致，没有变更；请填写要变更的内容"
    en: ClassVar[str] = "all this is on file already; say what is to change"


REFUSALS: tuple[type[Refusal], ...] = (ChangeNotFiled, ChangeWrongAuthority, ChangeNothing)
