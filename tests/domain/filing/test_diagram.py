"""`hunan.bpmn`: what runs is drawn, named, cited and known."""

import re

import pytest

from domain.case.commands import SPECS
from domain.kernel.errors import UnknownNameError
from domain.procedures.filing.effects import EFFECTS
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from infra.definitions import (
    SHIPPED,
    DefinitionFaultError,
    Definitions,
    _deployable,
    load_definitions,
)
from infra.law_data import load_law_book


def diagram() -> Definition:
    """Return the diagram new Hunan filings get."""
    found = load_definitions().current("filing", "hunan")
    assert found is not None
    return found


def test_the_diagram_passes_the_strictest_check() -> None:
    source = load_definitions().source(diagram().hash)
    book = load_law_book()
    verdict = judge(source, "hunan.bpmn", "own", has_term=lambda key: key in book.keys)
    assert verdict.ok
    assert not verdict.warnings


def test_every_element_has_a_chinese_name_in_lines_of_at_most_eight() -> None:
    for node in diagram().nodes.values():
        assert node.name, node.id
        assert all(len(line) <= 8 for line in node.name.split("\n")), node.name
        assert re.search("[一-鿿]", node.name), node.id


def test_every_element_but_plain_starts_and_ends_cites_a_clause_the_law_book_knows() -> None:
    book = load_law_book()
    for node in diagram().nodes.values():
        inner = node.kind in ("start", "end") and node.body != "filing_hunan"
        assert node.cite or (inner and node.event.trigger == "none"), node.id
        assert all(book.knows(clause) for clause in node.cite), node.id
        assert node.documentation or not node.cite, node.id


def test_commands_and_effects_of_the_diagram_are_those_registered() -> None:
    done: set[str] = set()
    for node in diagram().nodes.values():
        done |= set(node.task.commands)
        assert node.effect is None or node.effect in EFFECTS, node.id
    done |= {one.name for one in diagram().messages.values()}
    assert done == {name for name, spec in SPECS.items() if spec.procedure and not spec.opens}
    assert {node.effect for node in diagram().nodes.values()} - {None} == set(EFFECTS)


def test_every_node_and_flow_is_drawn() -> None:
    layout = diagram().layout
    assert set(layout.shapes) >= set(diagram().nodes)
    assert set(layout.edges) >= set(diagram().flows)


def test_shapes_on_one_level_do_not_cover_each_other() -> None:
    found = diagram()
    nodes = [one for one in found.nodes.values() if one.attached_to is None]
    for n, one in enumerate(nodes):
        for other in nodes[n + 1 :]:
            if one.body == other.body:
                a, b = found.layout.shapes[one.id].bounds, found.layout.shapes[other.id].bounds
                apart = (
                    a.x + a.width <= b.x or b.x + b.width <= a.x
                    or a.y + a.height <= b.y or b.y + b.height <= a.y
                )  # fmt: skip
                assert apart, f"{one.id} covers {other.id}"


def test_a_diagram_is_found_by_its_hash_for_ever() -> None:
    definitions = load_definitions()
    assert definitions.pinned(diagram().hash) is diagram()
    assert definitions.current("filing", "mars") is None
    for ask in (definitions.pinned, definitions.source):
        with pytest.raises(UnknownNameError):
            ask("sha256:0")
    assert set(SHIPPED) == {("filing", "hunan")}
    assert Definitions({}, {}).current("filing", "hunan") is None


def test_a_diagram_with_a_fault_is_not_loaded() -> None:
    with pytest.raises(DefinitionFaultError, match=r"x\.bpmn:1"):
        _deployable(b"<a/>", "x.bpmn", load_law_book())
