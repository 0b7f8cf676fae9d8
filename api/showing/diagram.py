"""Where a case stands in its diagram."""

from collections import Counter

from api.asked import Asked
from api.problems import ProblemError
from api.schemas.diagram import DiagramElement, DiagramView
from api.showing.cases import definition_ref
from api.showing.timeline import events_of
from domain.case.state import Case
from domain.kernel.times import in_china
from domain.process.marking import Marking
from domain.process.model import Definition, Node
from domain.process.picture import NoLayoutError, svg

JSON, SVG, BPMN = "application/json", "image/svg+xml", "application/bpmn+xml"


def diagram_svg(case: Case, asked: Asked) -> str:
    """Return the diagram drawn, with its position and the way that was taken."""
    return drawn(_definition(case, asked), _active(case), frozenset(_taken(case, asked)))


def drawn(
    definition: Definition,
    active: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
) -> str:
    """Return a diagram as SVG.

    Raises:
        ProblemError: `diagram.no_layout`: a deployed file may come without one.
    """
    try:
        return svg(definition, active, taken)
    except NoLayoutError:
        raise ProblemError("diagram.no_layout") from None


def diagram_view(case: Case, asked: Asked) -> DiagramView:
    """Return the diagram as a list of its elements."""
    definition = _definition(case, asked)
    reached = _reached(definition, _taken(case, asked))
    active = _active(case)
    return DiagramView(
        definition=definition_ref(definition),
        version=case.version,
        elements=[_element(one, case, active, reached) for one in definition.nodes.values()],
    )


def _element(
    node: Node, case: Case, active: frozenset[str], reached: Counter[str]
) -> DiagramElement:
    count = reached[node.id]
    opened = (one.opened_at for one in case.tasks if one.state == "open" and one.element == node.id)
    since = next(opened, None)
    return DiagramElement(
        id=node.id,
        name=node.name,
        kind=node.kind,
        state="waiting" if node.id in active else "passed" if count else "not_reached",
        count=count,
        since=None if since is None else in_china(since),
        cite=list(node.cite),
    )


def _definition(case: Case, asked: Asked) -> Definition:
    return asked.found.definitions.pinned(case.definition)


def _active(case: Case) -> frozenset[str]:
    return Marking.from_json(case.marking).active if case.marking else frozenset()


def _taken(case: Case, asked: Asked) -> list[str]:
    """Return the flows that tokens took, each as often as one did."""
    events = events_of(asked, case.id)
    moves = (one.data["taken"] for one in events if one.type == "process.moved")
    return [str(flow) for taken in moves if isinstance(taken, list | tuple) for flow in taken]


def _reached(definition: Definition, taken: list[str]) -> Counter[str]:
    """Return how often each element was reached; a start counts by its way out."""
    flows = [definition.flows[one] for one in taken if one in definition.flows]
    reached = Counter(one.target for one in flows)
    for flow in flows:
        if not definition.nodes[flow.source].incoming:  # starts and events on a border
            reached[flow.source] += 1
    return reached
