"""A scenario as read: actors, fixtures, steps in order of time, and what must be true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.case.actor import Actor
from domain.kernel.json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act, or (without `do`) time that passes."""

    line: int
    at: datetime
    case: str = ""  # a name within the file
    procedure: str = ""  # with `variant`, on the opening step only
    variant: str = ""
    by: str = ""
    do: str = ""
    payload: Json = field(default_factory=dict)
    refused: str = ""  # the code this step must be refused with
    expect: Mapping[str, Json] = field(default_factory=dict)  # case name → expectations


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One file."""

    title: str
    cite: tuple[str, ...]
    actors: Mapping[str, Actor]
    fixtures: Json
    steps: tuple[Step, ...]
    expect: Mapping[str, Json]
    codes: Mapping[str, str]  # organisation's name → 统一社会信用代码
