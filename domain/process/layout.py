"""Where a diagram draws its elements (BPMN DI), in the diagram's own units."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle: upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How one element is drawn."""

    bounds: Bounds
    label: Bounds | None = None
    horizontal: bool = True  # pools and lanes
    expanded: bool = True  # sub-processes
    marked: bool = False  # exclusive gateways with the cross shown


@dataclass(frozen=True, slots=True)
class Edge:
    """How one flow is drawn: at least two points."""

    points: tuple[tuple[float, float], ...]
    label: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """Name and kind of something drawn that is no node: pool, lane, annotation, data object …"""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The drawing of a file; empty when it has none."""

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    captions: Mapping[str, Caption] = field(default_factory=dict)
