"""The input of a played run: what each task's work brings, what arrives from outside, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from domain.kernel.times import CST
from domain.process.feel import Value
from domain.process.model import TASKS, Definition
from domain.process.timers import Span, parse_span

START = datetime(2024, 1, 1, tzinfo=CST)
JURISDICTION = "000000"
_KEYS = frozenset(("process", "variables", "jobs", "arrivals", "until", "start", "jurisdiction"))
_OUTCOME_KEYS = frozenset(("wait", "set", "error", "escalate"))
_ARRIVAL_KEYS = frozenset(("at", "message", "signal", "set"))


class ScriptError(ValueError):
    """Wrong input: the message says in one line what and where."""


@dataclass(frozen=True, slots=True)
class Job:
    """How one activation of a task goes: `wait`, then `set`, then an error or an escalation."""

    wait: Span | Literal["forever"] | None = None
    set: Mapping[str, Value] = field(default_factory=dict)
    error: str | None = None
    escalate: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message or signal (its id) from outside."""

    at: Span
    kind: Literal["message", "signal"]
    ref: str
    set: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A valid input for one definition."""

    processes: tuple[str, ...]
    variables: Mapping[str, Value] = field(default_factory=dict)
    jobs: Mapping[str, tuple[Job, ...]] = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()
    until: Span | None = None
    start: datetime = START
    jurisdiction: str = JURISDICTION


def parse_script(definition: Definition, data: object) -> Script:
    """Return the script a JSON value says; numbers are `int` or `Decimal`.

    Raises:
        ScriptError: an unknown key or id, or a value of the wrong shape.
    """
    given = _object(data, "input", _KEYS)
    jobs = _object(given.get("jobs", {}), "jobs")
    arrivals = _list(given.get("arrivals", []), "arrivals")
    return Script(
        processes=_processes(definition, given.get("process")),
        variables=_object(given.get("variables", {}), "variables"),
        jobs={task: _jobs(definition, task, outcomes) for task, outcomes in jobs.items()},
        arrivals=tuple(_arrival(definition, one) for one in arrivals),
        until=_span(given["until"], "until") if "until" in given else None,
        start=_instant(given["start"]) if "start" in given else START,
        jurisdiction=_text(given.get("jurisdiction", JURISDICTION), "jurisdiction"),
    )


def _processes(definition: Definition, value: object) -> tuple[str, ...]:
    if value is None:
        ready = _startable(definition)
        if len(ready) != 1:
            raise ScriptError(f"process: say which of {', '.join(ready) or 'none'} to start")
        return ready
    named = tuple(_text(one, "process") for one in (value if isinstance(value, list) else [value]))
    for name in named:
        if name not in definition.processes:
            raise ScriptError(f"process: there is no {name}")
        if not definition.processes[name].executable:
            raise ScriptError(f"process: {name} is not marked executable")
    if not named:
        raise ScriptError("process: the list is empty")
    return named


def _startable(definition: Definition) -> tuple[str, ...]:
    """Return the executable processes that start by themselves; called ones as a last resort."""
    executable = [one.id for one in definition.processes.values() if one.executable]
    called = {node.called for node in definition.nodes.values()}
    plain = [one for one in executable if _starts_plainly(definition, one)]
    for choice in ([one for one in plain if one not in called], plain, executable):
        if len(choice) == 1:
            return tuple(choice)
    return tuple(plain or executable)


def _starts_plainly(definition: Definition, process: str) -> bool:
    body = definition.bodies[process]
    timed = any(definition.nodes[one].event.has("timer") for one in body.triggered)
    return bool(body.begins) or timed or not body.triggered


def _jobs(definition: Definition, task: str, outcomes: object) -> tuple[Job, ...]:
    node = definition.nodes.get(task)
    if node is None or node.kind not in TASKS:
        raise ScriptError(f"jobs: {task} is no task")
    return tuple(_job(task, one) for one in _list(outcomes, f"jobs.{task}"))


def _job(task: str, data: object) -> Job:
    where = f"jobs.{task}"
    given = _object(data, where, _OUTCOME_KEYS)
    if "error" in given and "escalate" in given:
        raise ScriptError(f"{where}: error or escalate, not both")
    wait = given.get("wait")
    return Job(
        wait="forever" if wait == "forever" else _span(wait, where) if wait is not None else None,
        set=_object(given.get("set", {}), f"{where}.set"),
        error=_text(given["error"], f"{where}.error") if "error" in given else None,
        escalate=_text(given["escalate"], f"{where}.escalate") if "escalate" in given else None,
    )


def _arrival(definition: Definition, data: object) -> Arrival:
    given = _object(data, "arrivals", _ARRIVAL_KEYS)
    if ("message" in given) == ("signal" in given):
        raise ScriptError("arrivals: each is a message or a signal")
    kind: Literal["message", "signal"] = "message" if "message" in given else "signal"
    name = _text(given[kind], f"arrivals.{kind}")
    ref = definition.message(name) if kind == "message" else definition.signal(name)
    if ref is None:
        raise ScriptError(f"arrivals: there is no {kind} {name}")
    payload = _object(given.get("set", {}), "arrivals.set")
    return Arrival(_span(given.get("at", "PT0S"), "arrivals.at"), kind, ref, payload)


def _object(value: object, where: str, keys: frozenset[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ScriptError(f"{where}: an object is wanted")
    for key in value:
        if keys is not None and key not in keys:
            raise ScriptError(f"{where}: unknown key {key}")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise ScriptError(f"{where}: a list is wanted")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise ScriptError(f"{where}: a text is wanted")
    return value


def _span(value: object, where: str) -> Span:
    try:
        return parse_span(_text(value, where))
    except ValueError as error:
        raise ScriptError(f"{where}: {value} is no ISO 8601 duration") from error


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(_text(value, "start"))
    except ValueError as error:
        raise ScriptError(f"start: {value} is no ISO 8601 instant") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=CST)
