"""What a case's events and state say of its run, in the words of a run on paper."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, permutations

from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.procedures.process import facts
from domain.process.marking import Marking
from domain.process.model import Definition
from infra.cli.process_text import Answer, plain

COMPARED = ("status", "error", "variables", "open", "overlaps")
_ENDS = frozenset(("task.completed", "task.cancelled"))


def of_case(
    definition: Definition, case: Case, events: Sequence[Recorded], *, more: bool
) -> Answer:
    """Return how a case went; `more`: its clock was stopped with something still to come.

    Only the tasks of people are in it: what completes around them has no event of its own.
    """
    elements = {one.id: one.element for one in case.tasks}
    failed = next((one.data["error"] for one in events if one.type == "process.failed"), None)
    done = [str(one.data["task"]) for one in events if one.type == "task.completed"]
    return {
        "status": _status(definition, case, events, more=more),
        "error": failed,
        "trace": [elements[task] for task in done],
        "variables": {name: plain(one) for name, one in facts.variables(case.data).items()},
        "open": list(Marking.from_json(case.marking).open) if case.marking else [],
        "overlaps": sorted(map(list, _overlaps(case, events))),
    }


def of_people(definition: Definition, played: Answer) -> Answer:
    """Return what a run on paper says of the tasks of people alone."""
    theirs = {one.id for one in definition.nodes.values() if one.kind == "user"}
    return {
        **played,
        "trace": [one for one in played["trace"] if one in theirs],
        "overlaps": [pair for pair in played["overlaps"] if theirs.issuperset(pair)],
    }


def differences(definition: Definition, paper: Answer, real: Answer) -> Iterator[str]:
    """Yield in what a case went otherwise than the run on paper.

    Traces are the same when the same tasks were completed as often, and the first of two elements
    of which one leads to the other came first in both: along a token's way the order is the same.
    """
    for key in COMPARED:
        if paper[key] != real[key]:
            yield f"{key} {real[key]}, on paper {paper[key]}"
    ours, theirs = real["trace"], paper["trace"]
    if Counter(ours) != Counter(theirs) or _steps(definition, ours) != _steps(definition, theirs):
        yield f"trace {ours}, on paper {theirs}"


def _steps(definition: Definition, trace: Sequence[str]) -> set[tuple[str, str]]:
    """Return the pairs of elements, in a trace's order, of which just one leads to the other."""
    first = {element: trace.index(element) for element in trace}
    return {
        (one, other)
        for one, other in permutations(first, 2)
        if first[one] < first[other]
        and (other in _after(definition, one)) != (one in _after(definition, other))
    }


def _after(definition: Definition, element: str) -> set[str]:
    seen: set[str] = set()
    stack = [element]
    while stack:
        fresh = [one for one in definition.following.get(stack.pop(), ()) if one not in seen]
        seen.update(fresh)
        stack += fresh
    return seen


def _status(definition: Definition, case: Case, events: Sequence[Recorded], *, more: bool) -> str:
    if case.ended_at is None:
        return "running" if more else "stuck"
    if case.status == "terminated":
        return "error"
    return "terminated" if _terminated(definition, events) else "completed"


def _terminated(definition: Definition, events: Sequence[Recorded]) -> bool:
    """Whether a token came to a terminate end at the top: by the flows that were taken."""
    ends = (definition.nodes[definition.flows[flow].target] for flow in _taken(events))
    return any(one.event.has("terminate") and one.body in definition.processes for one in ends)


def _taken(events: Sequence[Recorded]) -> Iterator[str]:
    for one in events:
        if one.type == "process.moved":
            flows = one.data["taken"]
            assert isinstance(flows, list | tuple)
            yield from map(str, flows)


def _overlaps(case: Case, events: Sequence[Recorded]) -> set[tuple[str, str]]:
    """Return the pairs of elements whose tasks were open together for more than no time."""
    ended = _ended(events)
    last = max(one.meta.effective_at for one in events)
    found = set[tuple[str, str]]()
    for one, other in combinations(case.tasks, 2):
        end = min(ended.get(one.id, last), ended.get(other.id, last))
        if max(one.opened_at, other.opened_at) < end:
            first, second = sorted((one.element, other.element))
            found.add((first, second))
    return found


def _ended(events: Sequence[Recorded]) -> Mapping[str, datetime]:
    return {str(one.data["task"]): one.meta.effective_at for one in events if one.type in _ENDS}
