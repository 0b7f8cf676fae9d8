"""Reading where a diagram draws its elements; what cannot be read is left out, never a fault."""

from domain.process.drawing import Drawing, Element, local
from domain.process.layout import Bounds, Caption, Edge, Layout, Shape

_CAPTIONED = frozenset(
    ("participant", "lane", "textAnnotation", "group", "dataObjectReference", "dataStoreReference")
)
MIN_POINTS = 2


def layout_of(drawing: Drawing) -> Layout:
    """Return the shapes, edges and captions of a drawing."""
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    for one in drawing.root.walk():
        element = local(one.get("bpmnElement") or "")
        if one.space != "di" or not element:
            continue
        if one.tag == "BPMNShape" and (bounds := _bounds(one)) is not None:
            shapes[element] = _shape(one, bounds)
        elif one.tag == "BPMNEdge" and (edge := _edge(one)) is not None:
            edges[element] = edge
    captions = {
        one.id: Caption(one.tag, _caption(one))
        for one in drawing.root.walk()
        if one.space == "bpmn" and one.tag in _CAPTIONED and one.id is not None
    }
    return Layout(shapes, edges, captions)


def _shape(shape: Element, bounds: Bounds) -> Shape:
    return Shape(
        bounds,
        label=_label(shape),
        horizontal=shape.flag("isHorizontal", "true"),
        expanded=shape.flag("isExpanded", "true"),
        marked=shape.flag("isMarkerVisible", "false"),
    )


def _edge(edge: Element) -> Edge | None:
    points = [_numbers(one, "x", "y") for one in edge.children if one.tag == "waypoint"]
    known = tuple((point[0], point[1]) for point in points if point is not None)
    return Edge(known, _label(edge)) if len(known) >= MIN_POINTS else None


def _label(element: Element) -> Bounds | None:
    label = next((one for one in element.children if one.tag == "BPMNLabel"), None)
    return _bounds(label) if label is not None else None


def _bounds(element: Element) -> Bounds | None:
    found = next((one for one in element.children if one.tag == "Bounds"), None)
    numbers = _numbers(found, "x", "y", "width", "height") if found is not None else None
    return Bounds(*numbers) if numbers is not None else None


def _numbers(element: Element, *names: str) -> list[float] | None:
    try:
        numbers = [float(element.get(name) or "") for name in names]
    except ValueError:
        return None
    return numbers if all(abs(number) < 1e6 for number in numbers) else None  # noqa: PLR2004  – no canvas is larger


def _caption(element: Element) -> str:
    text = element.first("text")
    return text.text.strip() if text is not None else element.get("name") or ""
