"""Every diagram shipped: what runs is drawn, named, cited and known."""

import re
from itertools import combinations

import pytest

from domain.case.commands import SPECS
from domain.procedures.table import PROCEDURES
from domain.process.layout import Bounds
from domain.process.model import Definition, Node
from infra.bpmn_xml.judging import judge
from infra.definitions import SHIPPED, load_definitions
from infra.law_data import load_law_book

Place = tuple[str, str]  # procedure, variant
LONGEST_LINE = 8  # characters in a box
every_diagram = pytest.mark.parametrize("place", SHIPPED, ids="-".join)


def diagram(place: Place) -> Definition:
    """Return the diagram new cases get."""
    found = load_definitions().current(*place)
    assert found is not None
    return found


def plain(node: Node, found: Definition) -> bool:
    """Whether a node only opens or closes the inside of a sub-process."""
    inside = node.kind in ("start", "end") and node.body not in found.processes
    return inside and node.event.trigger == "none"


@every_diagram
def test_it_passes_the_strictest_check(place: Place) -> None:
    source = load_definitions().source(diagram(place).hash)
    book = load_law_book()
    verdict = judge(source, SHIPPED[place], "own", has_term=lambda key: key in book.keys)
    assert verdict.ok
    assert not verdict.warnings


@every_diagram
def test_every_element_has_a_chinese_name_in_short_lines(place: Place) -> None:
    for node in diagram(place).nodes.values():
        assert node.name, node.id
        assert all(len(line) <= LONGEST_LINE for line in node.name.split("\n")), node.name
        assert re.search("[一-鿿]", node.name), node.id


@every_diagram
def test_every_element_but_plain_ones_cites_a_clause_the_law_book_knows(place: Place) -> None:
    book, found = load_law_book(), diagram(place)
    for node in found.nodes.values():
        assert node.cite or plain(node, found), node.id
        assert all(book.knows(clause) for clause in node.cite), node.id
        assert node.documentation or not node.cite, node.id


@pytest.mark.parametrize("procedure", [one for one in PROCEDURES if PROCEDURES[one].variants])
def test_commands_and_effects_of_the_diagrams_are_those_registered(procedure: str) -> None:
    its, done, effects = PROCEDURES[procedure], set[str](), set[str]()
    for variant in its.variants:
        found = diagram((procedure, variant))
        done |= {one for node in found.nodes.values() for one in node.task.commands}
        done |= {one.name for one in found.messages.values()}
        effects |= {node.effect for node in found.nodes.values() if node.effect is not None}
    own = {one.name for one in its.commands if not one.opens}
    assert own <= done <= SPECS.keys()
    assert effects == set(its.effects)


@every_diagram
def test_every_node_and_flow_is_drawn(place: Place) -> None:
    found = diagram(place)
    assert set(found.layout.shapes) >= set(found.nodes)
    assert set(found.layout.edges) >= set(found.flows)


@every_diagram
def test_shapes_on_one_level_do_not_cover_each_other(place: Place) -> None:
    found = diagram(place)
    nodes = [one for one in found.nodes.values() if one.attached_to is None]
    for one, other in combinations(nodes, 2):
        if one.body == other.body:
            a, b = found.layout.shapes[one.id].bounds, found.layout.shapes[other.id].bounds
            assert apart(a, b) or apart(b, a), f"{one.id} covers {other.id}"


def apart(a: Bounds, b: Bounds) -> bool:
    """Whether `a` ends before `b` begins, across or down."""
    return a.x + a.width <= b.x or a.y + a.height <= b.y
