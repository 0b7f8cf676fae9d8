"""A diagram as SVG: its own layout, its own names, and where a case stands.

Classes for the page's style sheet: `node` with the element's kind, `flow`, `active` (a token is
there), `taken` (a token went there), `added`, `removed` and `changed` (in another version),
`caption`. Presentation attributes give all of it a sober look without one.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape

from domain.process.layout import Bounds, Caption, Edge, Layout, Shape
from domain.process.model import Definition, Node
from domain.process.picture_labels import label_rooms
from domain.process.picture_shapes import badge, body_of, text_block, wrapped

MARGIN = 36
_STRIP = 30  # of a pool or lane, that holds its name
COLOURS: Mapping[str, str] = {"added": "#1a7f37", "removed": "#b3261e", "changed": "#9a6700"}
SIGNS: Mapping[str, str] = {"added": "+", "removed": "−", "changed": "~"}


Rooms = Mapping[str, Bounds]  # for names beside shapes and flows, by element


class NoLayoutError(ValueError):
    """The diagram has no layout (BPMN DI), so there is nothing to draw."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a drawing shows besides the diagram."""

    active: AbstractSet[str] = frozenset()  # elements where a token is
    taken: AbstractSet[str] = frozenset()  # flows
    counts: Mapping[str, int] = field(default_factory=dict)  # how often an element was reached
    marks: Mapping[str, str] = field(default_factory=dict)  # added, removed or changed


def svg(
    definition: Definition,
    active: AbstractSet[str] = frozenset(),
    taken: AbstractSet[str] = frozenset(),
    counts: Mapping[str, int] | None = None,
) -> str:
    """Return the diagram as one SVG element: where tokens are, which way they took, how often.

    Raises:
        NoLayoutError: the file has no layout.
    """
    title, description = _words(definition, active)
    rooms = label_rooms(definition)
    room = frame(definition, rooms)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img"'
            f' aria-labelledby="diagram-title diagram-desc" viewBox="{numbers(room)}"'
            f' width="{room.width:g}" height="{room.height:g}" {FONT}>',
            f'<title id="diagram-title">{escape(title)}</title>',
            f'<desc id="diagram-desc">{escape(description)}</desc>',
            ARROW,
            *drawn(definition, Look(active=active, taken=taken, counts=counts or {}), rooms),
            "</svg>",
        ]
    )


def drawn(definition: Definition, look: Look, rooms: Rooms) -> Iterator[str]:
    """Yield everything of a diagram, in the order in which it is painted."""
    yield from _captions(definition.layout)
    yield from _subprocesses(definition, look)
    yield from _edges(definition, look, rooms)
    yield from _nodes(definition, look, rooms)


FONT = 'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="12"'
ARROW = (
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


def frame(definition: Definition, rooms: Rooms) -> Bounds:
    """Return the room a diagram needs, with the names beside its shapes.

    Raises:
        NoLayoutError: the file has no layout.
    """
    layout = definition.layout
    if not layout.shapes:
        raise NoLayoutError(f"{definition.file}: no BPMN DI; open and save it in a modeller")
    boxes = [shape.bounds for shape in layout.shapes.values()]
    boxes += rooms.values()
    points = [point for edge in layout.edges.values() for point in edge.points]
    left = min([box.x for box in boxes] + [x for x, _ in points]) - MARGIN
    top = min([box.y for box in boxes] + [y for _, y in points]) - MARGIN
    right = max([box.x + box.width for box in boxes] + [x for x, _ in points]) + MARGIN
    bottom = max([box.y + box.height for box in boxes] + [y for _, y in points]) + MARGIN
    return Bounds(left, top, right - left, bottom - top)


def numbers(box: Bounds) -> str:
    """Return a rectangle as a `viewBox`."""
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
    strip = caption.kind in ("participant", "lane")
    name = _title(caption.name, shape) if strip else text_block(caption.name, box, "caption")
    return f'<g class="caption {caption.kind}">{frame}{name}</g>'


def _title(name: str, shape: Shape) -> str:
    """Return the name of a pool or lane: upwards along its left side, where it fits in one line."""
    box = shape.bounds
    lying = text_block(name, Bounds(box.x, box.y, box.width, _STRIP), "caption")
    if not shape.horizontal or len(wrapped(name, box.height - _STRIP)) > 1:
        return lying
    x, y = box.x + _STRIP / 2, box.y + box.height / 2
    along = Bounds(x - box.height / 2, y - _STRIP / 2, box.height, _STRIP)
    return f'<g transform="rotate(-90 {x:g} {y:g})">{text_block(name, along, "caption")}</g>'


def _subprocesses(definition: Definition, look: Look) -> Iterator[str]:
    """Yield expanded sub-processes before the flows inside them."""
    for node in definition.nodes.values():
        shape = definition.layout.shapes.get(node.id)
        if shape is not None and node.id in definition.bodies:
            yield _node(node, shape, look, None)


def _nodes(definition: Definition, look: Look, rooms: Rooms) -> Iterator[str]:
    """Yield all other nodes, boundary events last: they lie on their activity."""
    nodes = [one for one in definition.nodes.values() if one.id not in definition.bodies]
    for node in sorted(nodes, key=lambda one: one.kind == "boundary"):
        shape = definition.layout.shapes.get(node.id)
        if shape is not None:
            yield _node(node, shape, look, rooms.get(node.id))


def _node(node: Node, shape: Shape, look: Look, room: Bounds | None) -> str:
    mark, count, active = look.marks.get(node.id, ""), look.counts.get(node.id, 0), look.active
    classes = ["node", node.kind, "active" if node.id in active else "", mark]
    told = " – ".join(part for part in (node.name or node.id, node.documentation) if part)
    return (
        f'<g class="{_joined(classes)}" data-element="{escape(node.id)}"{_colour(mark)}>'
        f"<title>{escape(told)}</title>"
        f"{body_of(node, shape, room, active=node.id in active or bool(mark))}"
        f"{badge(SIGNS[mark], shape.bounds) if mark else ''}"
        f"{badge(f'{count}×', shape.bounds) if count else ''}</g>"
    )


def _edges(definition: Definition, look: Look, rooms: Rooms) -> Iterator[str]:
    for element, edge in definition.layout.edges.items():
        flow = definition.flows.get(element)
        if flow is None:
            yield _edge(element, edge, "link", "", "")
        else:
            classes = "flow taken" if element in look.taken else "flow"
            room = rooms.get(element)
            label = text_block(flow.name, room, "label") if room else ""
            yield _edge(element, edge, classes, label, look.marks.get(element, ""))


def _edge(element: str, edge: Edge, classes: str, label: str, mark: str) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in edge.points)
    width = 3 if mark or "taken" in classes else 1.5
    look = ' stroke-dasharray="4 4"' if classes == "link" else ' marker-end="url(#diagram-arrow)"'
    return (
        f'<g class="{_joined([classes, mark])}" data-element="{escape(element)}"{_colour(mark)}>'
        f'<polyline points="{points}" fill="none" stroke="currentColor"'
        f' stroke-width="{width:g}"{look}/>{label}</g>'
    )


def _joined(classes: list[str]) -> str:
    return " ".join(filter(None, classes))


def _colour(mark: str) -> str:
    return f' color="{COLOURS[mark]}"' if mark else ""
