"""What a case's events and state say of its run, in the words of a run on paper."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from domain.case.envelope import Recorded
from domain.case.state import Case, Task
from domain.procedures.process import facts
from domain.process.marking import Marking
from domain.process.model import Definition
from infra.cli.process_text import Answer, plain

COMPARED = ("status", "error", "trace", "variables", "open", "overlaps")


def of_case(
    definition: Definition, case: Case, events: Sequence[Recorded], *, more: bool
) -> Answer:
    """Return how a case went; `more`: its clock was stopped with something still to come.

    Only the tasks of people are in it: what completes around them has no event of its own.
    """
    elements = {one.id: one.element for one in case.tasks}
    failed = next((one.data["error"] for one in events if one.type == "process.failed"), None)
    return {
        "status": _status(definition, case, events, more=more),
        "error": failed,
        "trace": [elements[str(one.data["task"])] for one in events if one.type == "task.completed"],
        "variables": {name: plain(one) for name, one in facts.variables(case.data).items()},
        "open": list(Marking.from_json(case.marking).open) if case.marking else [],
        "overlaps": sorted(_overlaps(case.tasks)),
    }


def of_people(definition: Definition, played: Answer) -> Answer:
    """Return what a run on paper says of the tasks of people alone."""
    theirs = {one.id for one in definition.nodes.values() if one.kind == "user"}
    return {
        **played,
        "trace": [one for one in played["trace"] if one in theirs],
        "overlaps": [pair for pair in played["overlaps"] if theirs.issuperset(pair)],
    }


def differences(paper: Answer, real: Answer) -> Iterator[str]:
    """Yield in what a case went otherwise than the run on paper, order of the trace included."""
    for key in COMPARED:
        if paper[key] != real[key]:
            yield f"{key} {real[key]}, on paper {paper[key]}"


def _status(
    definition: Definition, case: Case, events: Sequence[Recorded], *, more: bool
) -> str:
    if case.ended_at is None:
        return "running" if more else "stuck"
    if case.status == "terminated":
        return "error"
    return "terminated" if _terminated(definition, events) else "completed"


def _terminated(definition: Definition, events: Sequence[Recorded]) -> bool:
    """Whether the last token came to a terminate end at the top: by the flows that were taken."""
    taken = [flow for one in events if one.type == "process.moved" for flow in one.data["taken"]]
    ends = (definition.nodes[definition.flows[flow].target] for flow in taken)
    return any(one.event.has("terminate") and one.body in definition.processes for one in ends)


def _overlaps(tasks: Sequence[Task]) -> Iterator[list[str]]:
    """Yield the pairs of elements whose tasks were open together for more than no time."""
    found = set()
    for one, other in combinations((task for task in tasks if task.done_at is not None), 2):
        assert one.done_at is not None
        assert other.done_at is not None
        if max(one.opened_at, other.opened_at) < min(one.done_at, other.done_at):
            found.add(tuple(sorted((one.element, other.element))))
    yield from map(list, found)
