"""Names beside shapes and flows: where nothing else is drawn, else where the file puts them."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from domain.process.layout import Bounds, Edge, Layout, Shape
from domain.process.model import Definition, Flow, Node
from domain.process.picture_labels import label_rooms
from tests.process.drawn import define

ROOT = Path(__file__).parents[2]
DIAGRAMS = sorted((*ROOT.glob("domain/procedures/**/*.bpmn"), *ROOT.glob("examples/**/*.bpmn")))
GATEWAY = Bounds(100, 100, 50, 50)
DOWN, UP = ((125, 150), (125, 250)), ((125, 100), (125, 20))
NEXT = ((150, 125), (300, 125))
Points = tuple[tuple[float, float], ...]


def model(
    *ways: Points, label: Bounds | None = None, name: str = "", at: Bounds | None = None
) -> Definition:
    """A gateway named 决定 with ways out of it, the first of which may have a name."""
    flows = {
        f"f{number}": Flow(f"f{number}", "x", "y", 1, "" if number else name)
        for number, _ in enumerate(ways)
    }
    edges = {f"f{number}": Edge(way, None if number else at) for number, way in enumerate(ways)}
    layout = Layout({"x": Shape(GATEWAY, label)}, edges)
    nodes = {"x": Node(id="x", kind="exclusive", body="p", line=1, name="决定")}
    return Definition(
        hash="", file="", processes={}, bodies={}, nodes=nodes, flows=flows, layout=layout
    )


def middle(box: Bounds) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def crosses(one: Bounds, other: Bounds) -> bool:
    apart = (
        one.x + one.width <= other.x + 2 or other.x + other.width <= one.x + 2
        or one.y + one.height <= other.y + 2 or other.y + other.height <= one.y + 2
    )  # fmt: skip
    return not apart


@pytest.mark.parametrize(
    ("ways", "beside", "above"),
    [((NEXT,), 0, False), ((NEXT, DOWN), 0, True), ((UP, DOWN), 1, False), ((UP,), 0, False)],
)
def test_a_name_stands_below_else_above_else_beside_the_flows(
    ways: tuple[Points, ...],
    beside: int,
    above: bool,  # noqa: FBT001  – a row of the table
) -> None:
    x, y = middle(label_rooms(model(*ways))["x"])
    assert (x > 130, y < 100) == (bool(beside), above)
    assert (y > 150) is not above


def test_the_place_the_file_gives_is_kept_unless_something_crosses_it() -> None:
    given = Bounds(160, 140, 40, 16)
    assert middle(label_rooms(model(NEXT, label=given))["x"]) == middle(given)
    crossing = ((180, 0), (180, 300))
    assert middle(label_rooms(model(NEXT, crossing, label=given))["x"]) != middle(given)


def test_the_name_of_a_flow_stands_above_a_lying_piece_and_beside_a_standing_one() -> None:
    above = label_rooms(model(NEXT, name="准予"))["f0"]
    assert (middle(above)[0], above.y + above.height < 125) == (225, True)
    beside = label_rooms(model(DOWN, name="不予"))["f0"]
    assert (beside.x > 125, middle(beside)[1]) == (True, 200)


def test_the_name_of_a_flow_may_lie_on_its_own_line_where_the_file_says_so() -> None:
    own = Bounds(200, 117, 40, 16)
    assert middle(label_rooms(model(NEXT, name="准予", at=own))["f0"]) == middle(own)
    other = ((220, 0), (220, 300))
    assert middle(label_rooms(model(NEXT, other, name="准予", at=own))["f0"]) != middle(own)


def test_a_slanting_flow_is_not_taken_for_the_box_around_it() -> None:
    around, across = ((0, 100), (200, 400)), ((100, 140), (150, 190))
    assert middle(label_rooms(model(NEXT, around))["x"])[1] > 150
    assert middle(label_rooms(model(NEXT, across))["x"])[1] < 100


def test_where_nothing_is_free_the_usual_place_is_taken() -> None:
    rows = tuple(((0.0, float(y)), (300.0, float(y))) for y in range(0, 300, 5))
    assert middle(label_rooms(model(*rows))["x"])[0] == middle(GATEWAY)[0]


def test_a_flow_of_many_pieces_has_its_name_above_its_middle() -> None:
    zigzag = tuple((float(number), 125.0 + number % 2) for number in range(150, 6_000))
    assert middle(label_rooms(model(zigzag, name="准予"))["f0"])[0] == pytest.approx(3074, abs=5)


def test_a_diagram_too_large_to_be_searched_has_its_names_in_the_usual_places() -> None:
    one = model(DOWN)
    names = [f"x{number}" for number in range(1_100)]
    many = replace(
        one,
        nodes={name: replace(one.nodes["x"], id=name) for name in names},
        layout=Layout(dict.fromkeys(names, Shape(GATEWAY)), one.layout.edges),
    )
    assert {middle(room)[0] for room in label_rooms(many).values()} == {middle(GATEWAY)[0]}
    assert {room.y > 150 for room in label_rooms(many).values()} == {True}


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_name_in_a_diagram_of_ours_lies_on_a_flow_or_on_another_name(path: Path) -> None:
    definition = define(path.read_bytes())
    rooms = label_rooms(definition)
    lines = [
        (flow, Bounds(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)))
        for flow, edge in definition.layout.edges.items()
        for (x, y), (to_x, to_y) in pairwise(edge.points)
    ]
    for element, room in rooms.items():
        others = [*lines, *((one, box) for one, box in rooms.items())]
        assert [one for one, box in others if one != element and crosses(room, box)] == []
