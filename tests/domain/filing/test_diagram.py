"""`hunan.bpmn` on the shelf: found by name and, for ever, by its hash."""

import pytest

from domain.kernel.errors import UnknownNameError
from domain.process.model import Definition
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


def test_a_diagram_is_found_by_its_hash_for_ever() -> None:
    definitions = load_definitions()
    assert definitions.pinned(diagram().hash) is diagram()
    assert definitions.current("filing", "mars") is None
    for ask in (definitions.pinned, definitions.source):
        with pytest.raises(UnknownNameError):
            ask("sha256:0")
    assert ("filing", "hunan") in SHIPPED
    assert Definitions({}, {}).current("filing", "hunan") is None


def test_a_diagram_with_a_fault_is_not_loaded() -> None:
    with pytest.raises(DefinitionFaultError, match=r"x\.bpmn:1"):
        _deployable(b"<a/>", "x.bpmn", load_law_book())
