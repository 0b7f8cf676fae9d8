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
class Link:
    """An expected link between two cases, by their names within the file; empty: any."""

    source: str
    to: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """A case that another one opened, by that one's name."""

    opened_by: str
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One file."""

    title: str
    cite: tuple[str, ...]
    actors: Mapping[str, Actor]
    fixtures: Json
    steps: tuple[Step, ...]
    expect: Mapping[str, Json]
    links: tuple[Link, ...] = ()  # expected at the end
    cases: Mapping[str, Successor] = field(default_factory=dict)  # name → who opened it
    codes: Mapping[str, str]  # organisation's name → 统一社会信用代码
