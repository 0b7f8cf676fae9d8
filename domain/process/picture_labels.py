"""Where names stand beside events, gateways and flows: where nothing else is drawn.

A place that the file gives is kept unless something crosses it. Then, and where it gives none, the
first free place around the shape or along the flow is taken; the usual one if none is free.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from math import ceil, hypot

from domain.process.layout import Bounds, Edge, Layout
from domain.process.model import ACTIVITIES, Definition
from domain.process.picture_shapes import LINE, extent, title_room

MAX_WORK = 2_000_000  # places times things drawn; in a larger diagram nothing is searched
_SIDE = 40.0  # by which a name may be wider than its shape, on each side
_FLOW_NAME = 80.0  # width of the name of a flow
_GAP = 3.0
_ALONG = (1 / 2, 1 / 4, 3 / 4)  # of a piece of a flow
_FIRST = 6  # pieces of a flow that are tried
_PIECE, _PIECES = 12.0, 50  # a slanting line is looked at piece by piece

Drawn = tuple[str, Bounds]  # an element, and a box it fills or a stretch of its line


def label_rooms(definition: Definition) -> Mapping[str, Bounds]:
    """Return the room for the name of each event, gateway and flow that has one and is drawn."""
    wanted = [*_of_nodes(definition), *_of_flows(definition)]
    wanted.sort(key=lambda one: not one.given)  # what the file places goes first
    crowd = list(_drawn(definition))
    crowded = sum(len(one.places) for one in wanted) * len(crowd) > MAX_WORK
    rooms: dict[str, Bounds] = {}
    for one in wanted:
        room = one.places[0] if crowded else one.first_free(crowd)
        rooms[one.element] = room
        crowd.append((one.element, room))
    return rooms


class _Wanted:
    """A name that is to be placed."""

    def __init__(
        self, element: str, name: str, given: Bounds | None, places: Iterable[Bounds]
    ) -> None:
        self.element, self.given = element, given is not None
        first = [] if given is None else [extent(name, given)]
        self.places = [*first, *places]

    def first_free(self, crowd: Iterable[Drawn]) -> Bounds:
        """Return the first place that nothing crosses; a given one may lie on its own line."""
        left = min(box.x for box in self.places)
        top = min(box.y for box in self.places)
        right = max(box.x + box.width for box in self.places)
        bottom = max(box.y + box.height for box in self.places)
        window = Bounds(left, top, right - left, bottom - top)
        near = [one for one in crowd if _overlap(one[1], window)]
        for number, place in enumerate(self.places):
            own = self.element if self.given and number == 0 else None
            if not any(_overlap(box, _core(place)) for element, box in near if element != own):
                return place
        return self.places[0]


def _of_nodes(definition: Definition) -> Iterator[_Wanted]:
    for node in definition.nodes.values():
        shape = definition.layout.shapes.get(node.id)
        if shape is not None and node.name and node.kind not in ACTIVITIES:
            size = extent(node.name, Bounds(0, 0, shape.bounds.width + 2 * _SIDE, LINE))
            yield _Wanted(node.id, node.name, shape.label, _around(shape.bounds, size))


def _of_flows(definition: Definition) -> Iterator[_Wanted]:
    for flow in definition.flows.values():
        edge = definition.layout.edges.get(flow.id)
        if edge is not None and flow.name:
            size = extent(flow.name, Bounds(0, 0, _FLOW_NAME, LINE))
            yield _Wanted(flow.id, flow.name, edge.label, _along(edge, size))


def _around(box: Bounds, size: Bounds) -> Iterator[Bounds]:
    """Yield the places around a shape: below, above, then beside the flows that leave it there."""
    wide, high, middle = size.width, size.height, box.x + box.width / 2
    rows = (box.y + box.height + _GAP, box.y - _GAP - high)
    for x in (middle - wide / 2, middle + 2 * _GAP, middle - 2 * _GAP - wide):
        for y in rows:
            yield Bounds(x, y, wide, high)


def _along(edge: Edge, size: Bounds) -> Iterator[Bounds]:
    """Yield the places along a flow: at its middle piece, then at the others from its source on."""
    pieces = list(pairwise(edge.points))
    middle = len(edge.points) // 2 - 1
    first = pieces[:_FIRST]
    wide, high = size.width, size.height
    stretches = product((pieces[middle], *first), _ALONG)
    for ((x, y), (next_x, next_y)), part in stretches:
        at_x, at_y = x + (next_x - x) * part, y + (next_y - y) * part
        if abs(next_x - x) >= abs(next_y - y):
            for top in (at_y - _GAP - high, at_y + _GAP):
                yield Bounds(at_x - wide / 2, top, wide, high)
        else:
            for left in (at_x + 2 * _GAP, at_x - 2 * _GAP - wide):
                yield Bounds(left, at_y - high / 2, wide, high)


def _drawn(definition: Definition) -> Iterator[Drawn]:
    layout = definition.layout
    for element, shape in layout.shapes.items():
        node = definition.nodes.get(element)
        if node is not None and node.id in definition.bodies and shape.expanded:
            yield from ((element, one) for one in _frame(shape.bounds))
            yield element, extent(node.name, title_room(shape.bounds))
        elif node is not None:
            yield element, shape.bounds
    yield from _captioned(layout)
    for element, edge in layout.edges.items():
        for start, end in pairwise(edge.points):
            yield from ((element, one) for one in _stretches(start, end))


def _captioned(layout: Layout) -> Iterator[Drawn]:
    for element, caption in layout.captions.items():
        shape = layout.shapes.get(element)
        if shape is None:
            continue
        hollow = caption.kind in ("participant", "lane", "group")
        boxes = _frame(shape.bounds) if hollow else (shape.bounds,)
        yield from ((element, one) for one in boxes)


def _frame(box: Bounds) -> tuple[Bounds, ...]:
    right, bottom = box.x + box.width, box.y + box.height
    return (
        Bounds(box.x, box.y, box.width, 0), Bounds(box.x, bottom, box.width, 0),
        Bounds(box.x, box.y, 0, box.height), Bounds(right, box.y, 0, box.height),
    )  # fmt: skip


def _stretches(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Bounds]:
    (x, y), (end_x, end_y) = start, end
    straight = x == end_x or y == end_y
    count = 1 if straight else min(ceil(hypot(end_x - x, end_y - y) / _PIECE), _PIECES)
    step_x, step_y = (end_x - x) / count, (end_y - y) / count
    for number in range(count):
        at_x, at_y = x + number * step_x, y + number * step_y
        yield Bounds(min(at_x, at_x + step_x), min(at_y, at_y + step_y), abs(step_x), abs(step_y))


def _overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _core(box: Bounds) -> Bounds:
    """Return a place without its rim, which others may touch."""
    return Bounds(box.x + 2, box.y + 2, box.width - 4, box.height - 4)
