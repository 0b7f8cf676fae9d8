"""A diagram as SVG: its own layout, its own names, and where a case stands.

Classes for the page's style sheet: `node` with the element's kind, `flow`, `active` (a token is
there), `taken` (a token went there), `caption`. Presentation attributes give all of it a sober look
without one.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import escape

from domain.process.layout import Bounds, Caption, Edge, Layout, Shape
from domain.process.model import Definition, Node
from domain.process.picture_shapes import body_of, text_block

MARGIN = 36
_LABEL_ROOM = 24  # around small shapes whose name stands below


class NoLayoutError(ValueError):
    """The diagram has no layout (BPMN DI), so there is nothing to draw."""


def svg(
    definition: Definition,
    active: AbstractSet[str] = frozenset(),
    taken: AbstractSet[str] = frozenset(),
) -> str:
    """Return the diagram as one SVG element, with the `active` elements and `taken` flows marked.

    Raises:
        NoLayoutError: the file has no layout.
    """
    layout = definition.layout
    if not layout.shapes:
        raise NoLayoutError(f"{definition.file}: no BPMN DI; open and save it in a modeller")
    frame = _frame(layout)
    title, description = _words(definition, active)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img"'
            f' aria-labelledby="diagram-title diagram-desc" viewBox="{_numbers(frame)}"'
            f' font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="12">',
            f'<title id="diagram-title">{escape(title)}</title>',
            f'<desc id="diagram-desc">{escape(description)}</desc>',
            _ARROW,
            *_captions(layout),
            *_subprocesses(definition, active),
            *_edges(definition, taken),
            *_nodes(definition, active),
            "</svg>",
        ]
    )


_ARROW = (
    '<defs><marker id="diagram-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10"'
    ' markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">'
    '<path d="M0 0 10 5 0 10z" fill="currentColor"/></marker></defs>'
)


def _words(definition: Definition, active: AbstractSet[str]) -> tuple[str, str]:
    """Return title and description: the processes, and what is at work."""
    names = [one.name or one.id for one in definition.processes.values()]
    nodes = (definition.nodes[one] for one in sorted(active) if one in definition.nodes)
    places = "、".join(node.name or node.id for node in nodes)
    return " · ".join(names), f"当前位置：{places}" if places else "没有进行中的环节"


def _frame(layout: Layout) -> Bounds:
    boxes = [shape.bounds for shape in layout.shapes.values()]
    boxes += [shape.label for shape in layout.shapes.values() if shape.label]
    points = [point for edge in layout.edges.values() for point in edge.points]
    left = min([box.x for box in boxes] + [x for x, _ in points]) - MARGIN
    top = min([box.y for box in boxes] + [y for _, y in points]) - MARGIN
    right = max([box.x + box.width for box in boxes] + [x for x, _ in points]) + MARGIN
    bottom = max([box.y + box.height for box in boxes] + [y for _, y in points]) + MARGIN
    return Bounds(left, top, right - left, bottom + _LABEL_ROOM - top)


def _numbers(box: Bounds) -> str:
    return f"{box.x:g} {box.y:g} {box.width:g} {box.height:g}"


def _captions(layout: Layout) -> Iterator[str]:
    """Yield pools, lanes, notes and data: what is drawn and never entered."""
    for element, caption in layout.captions.items():
        shape = layout.shapes.get(element)
        if shape is not None:
            yield _caption(shape, caption)


def _caption(shape: Shape, caption: Caption) -> str:
    box = shape.bounds
    frame = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
        f' fill="none" stroke="currentColor" stroke-opacity="0.4"/>'
    )
    if caption.kind in ("participant", "lane"):
        name = text_block(caption.name, Bounds(box.x, box.y, 30, box.height), "caption")
    else:
        name = text_block(caption.name, box, "caption")
    return f'<g class="caption {caption.kind}">{frame}{name}</g>'


def _subprocesses(definition: Definition, active: AbstractSet[str]) -> Iterator[str]:
    """Yield expanded sub-processes before the flows inside them."""
    for node in definition.nodes.values():
        shape = definition.layout.shapes.get(node.id)
        if shape is not None and node.id in definition.bodies:
            yield _node(node, shape, active)


def _nodes(definition: Definition, active: AbstractSet[str]) -> Iterator[str]:
    """Yield all other nodes, boundary events last: they lie on their activity."""
    nodes = [one for one in definition.nodes.values() if one.id not in definition.bodies]
    for node in sorted(nodes, key=lambda one: one.kind == "boundary"):
        shape = definition.layout.shapes.get(node.id)
        if shape is not None:
            yield _node(node, shape, active)


def _node(node: Node, shape: Shape, active: AbstractSet[str]) -> str:
    classes = f"node {node.kind} {'active' if node.id in active else ''}".strip()
    told = " – ".join(part for part in (node.name or node.id, node.documentation) if part)
    return (
        f'<g class="{classes}" data-element="{escape(node.id)}"><title>{escape(told)}</title>'
        f"{body_of(node, shape, active=node.id in active)}</g>"
    )


def _edges(definition: Definition, taken: AbstractSet[str]) -> Iterator[str]:
    for element, edge in definition.layout.edges.items():
        flow = definition.flows.get(element)
        if flow is None:
            yield _edge(element, edge, "link", "")
        else:
            classes = "flow taken" if element in taken else "flow"
            yield _edge(element, edge, classes, flow.name)


def _edge(element: str, edge: Edge, classes: str, name: str) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in edge.points)
    width = 3 if "taken" in classes else 1.5
    look = ' stroke-dasharray="4 4"' if classes == "link" else ' marker-end="url(#diagram-arrow)"'
    label = text_block(name, edge.label or _middle(edge), "label") if name else ""
    return (
        f'<g class="{classes}" data-element="{escape(element)}">'
        f'<polyline points="{points}" fill="none" stroke="currentColor"'
        f' stroke-width="{width:g}"{look}/>{label}</g>'
    )


def _middle(edge: Edge) -> Bounds:
    """Return room for a name above the middle of a flow."""
    half = len(edge.points) // 2
    (x, y), (next_x, next_y) = edge.points[half - 1], edge.points[half]
    return Bounds((x + next_x) / 2 - 40, (y + next_y) / 2 - 20, 80, 16)
