"""Plays a scenario on a stage: in memory, or a sandbox tenant of a running server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from domain.case.commands import command_spec
from domain.kernel.json import Json
from infra.scenario.compare import Seen, differences
from infra.scenario.model import Scenario, Step
from infra.scenario.yaml_text import Value

_ORGANISATIONS = frozenset(("merged", "branch", "organisation"))  # fields of payloads


@dataclass(frozen=True, slots=True)
class Answer:
    """How a step ended: `code` is "" when it was taken, else that of the refusal."""

    code: str
    case_id: str
    text: str = ""


class Stage(Protocol):
    """Where a scenario is played."""

    def set_up(self, scenario: Scenario) -> None:
        """Begin with an empty tenant of its own, with the scenario's actors and fixtures."""

    def pass_time(self, at: datetime) -> None:
        """Let time pass until `at`; what falls due happens, each on its instant."""

    def act(self, step: Step, case_id: str | None, payload: Json) -> Answer:
        """Send the command of `step`; without a case it opens one."""

    def seen(self, case_id: str) -> Seen | None:
        """Return the case as it stands; None when it was never opened."""


def play(
    scenario: Scenario, stage: Stage, show: Callable[[str, Seen], None] | None = None
) -> list[str]:
    """Return the expectations that do not hold; empty when all do.

    `show` is given each case by its name in the file, as it stands at the end.
    """
    stage.set_up(scenario)
    cases: dict[str, str] = {}
    found: list[str] = []
    for step in scenario.steps:
        stage.pass_time(step.at)
        _follow(scenario, stage, cases)
        if step.do:
            found += _act(step, stage, cases, scenario.codes)
            _follow(scenario, stage, cases)
        found += _check(f"line {step.line}: ", step.expect, stage, cases)
    found += _check("at the end: ", scenario.expect, stage, cases)
    found += [f"at the end: {one}" for one in _unlinked(scenario, stage, cases)]
    for name, case_id in cases.items() if show is not None else ():
        seen = stage.seen(case_id)
        if show is not None and seen is not None:
            show(name, seen)
    return found


def _follow(scenario: Scenario, stage: Stage, cases: dict[str, str]) -> None:
    """Give the cases that others have opened their names."""
    for name, its in scenario.cases.items():
        if name in cases:
            continue
        linked = (str(one.get("case")) for one in _links(stage, cases, its.opened_by))
        fitting = (one for one in linked if its.procedure in ("", _procedure(stage, one)))
        if (one := next(fitting, None)) is not None:
            cases[name] = one


def _procedure(stage: Stage, case_id: str) -> object:
    seen = stage.seen(case_id)
    return seen.case.get("procedure") if seen is not None else None


def _links(stage: Stage, cases: Mapping[str, str], name: str) -> list[Json]:
    seen = stage.seen(cases[name]) if name in cases else None
    links = seen.case.get("links") if seen is not None else None
    return [cast(Json, one) for one in links] if isinstance(links, list) else []


def _unlinked(scenario: Scenario, stage: Stage, cases: Mapping[str, str]) -> list[str]:
    """Return the links and the cases opened by others that are not there, as sentences."""
    missing = [
        f"{name}: {its.opened_by} opened no {its.procedure or 'case'}"
        for name, its in scenario.cases.items()
        if name not in cases
    ]
    for link in scenario.links:
        wanted = {"case": cases.get(link.to), **({"kind": link.kind} if link.kind else {})}
        links = _links(stage, cases, link.source)
        if not any(all(one.get(k) == v for k, v in wanted.items()) for one in links):
            missing.append(f"{link.source}: not linked to {link.to} {link.kind}".rstrip())
    return missing


def _act(step: Step, stage: Stage, cases: dict[str, str], codes: Mapping[str, str]) -> list[str]:
    said = _with_cases(cast(Value, step.payload), cases)
    payload = cast(Json, _with_codes(said, codes))
    answer = _answer(step, stage, cases.get(step.case), payload)
    if answer.case_id and not answer.code:
        cases.setdefault(step.case, answer.case_id)
    if answer.code == step.refused:
        return []
    wanted = f"refused {step.refused}" if step.refused else "taken"
    got = f"refused {answer.code} ({answer.text})" if answer.code else "taken"
    return [f"line {step.line}: {step.do} was {got}, not {wanted}"]


def _answer(step: Step, stage: Stage, case_id: str | None, payload: Json) -> Answer:
    spec = command_spec(step.do)
    if case_id is None and spec is not None and not spec.opens:
        return Answer("case.not_found", "", "nothing has opened this case")
    return stage.act(step, case_id, payload)


def _check(
    where: str, expected: Mapping[str, Json], stage: Stage, cases: Mapping[str, str]
) -> list[str]:
    found: list[str] = []
    for name, wanted in expected.items():
        seen = stage.seen(cases[name]) if name in cases else None
        found += [where + one for one in differences(name, wanted, seen)]
    return found


def _with_codes(value: Value, codes: Mapping[str, str], key: str = "") -> Value:
    """Put an organisation's code where a field that names one has its name."""
    if isinstance(value, str) and key in _ORGANISATIONS:
        return codes.get(value, value)
    if isinstance(value, list):
        return [_with_codes(one, codes, key) for one in value]
    if isinstance(value, dict):
        return {name: _with_codes(one, codes, name) for name, one in value.items()}
    return value


def _with_cases(value: Value, cases: Mapping[str, str]) -> Value:
    """Put the id of case `b` where a whole value says `$b`."""
    if isinstance(value, str) and value.startswith("$"):
        return cases.get(value[1:], value)
    if isinstance(value, list):
        return [_with_cases(one, cases) for one in value]
    if isinstance(value, dict):
        return {key: _with_cases(one, cases) for key, one in value.items()}
    return value
