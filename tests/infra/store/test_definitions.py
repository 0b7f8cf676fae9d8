"""A case goes on with the diagram it was opened on, whatever later releases ship."""

from dataclasses import replace
from importlib import resources

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, ProgrammingError

from activities.advance import Advance
from domain.kernel.errors import UnknownNameError
from domain.ports import Receipt
from infra.bpmn_xml.judging import judge
from infra.definitions import Definitions, load_definitions
from infra.shelf import PostgresShelf
from tests.contracts.stories import FILING, House, received
from tests.examples.filing import CLERK, SCHOOL, application
from tests.infra.store.conftest import as_owner
from tests.spec.driver import world

PLACE = ("filing", "hunan")
FILE = resources.files("domain.procedures").joinpath("filing", "hunan.bpmn")
OTHER_FORM = FILE.read_bytes().replace(b'form="filing.assess"', b'form="filing.assess_2"')


def shipping(source: bytes, shelf: PostgresShelf) -> Definitions:
    """Return what a release with that diagram starts with."""
    definition = judge(source, "hunan.bpmn").definition
    assert definition is not None
    shelf.keep({definition.hash: source})
    return Definitions({PLACE: definition}, {definition.hash: source}).on(shelf)


def send(house: House, definitions: Definitions, act: Receipt) -> str:
    """Receive an act and have it decided on those diagrams; return its case."""
    case_id = received(house, act).command.case_id
    Advance(house.store, replace(world(), definitions=definitions)).advance(case_id, None)
    return case_id


def test_a_case_survives_an_edited_diagram(house: House, database: str) -> None:
    shelf = PostgresShelf(database)
    old = shipping(FILE.read_bytes(), shelf)
    opening = Receipt(
        tenant="t-a", client="school", key="k-1", fingerprint="f", case_id=None,
        name="filing.submit", payload=application(), actor=SCHOOL, channel="api:test",
        opening=FILING,
    )  # fmt: skip
    case_id = send(house, old, opening)
    new = shipping(OTHER_FORM, shelf)
    send(
        house,
        new,
        replace(
            opening, key="k-2", case_id=case_id, name="filing.accept", payload={}, actor=CLERK,
            opening=None,
        ),
    )  # fmt: skip
    case = house.cases.any_case("t-a", case_id)
    other = house.cases.any_case("t-a", send(house, new, replace(opening, key="k-3")))
    assert case is not None
    assert other is not None
    assert (case.stage, case.tasks[-1].form) == ("assess", "filing.assess")
    assert case.definition == load_definitions().current(*PLACE).hash  # type: ignore[union-attr]
    assert other.definition != case.definition
    assert new.source(case.definition) == FILE.read_bytes()


def test_a_diagram_nobody_kept_is_a_defect(database: str) -> None:
    definitions = load_definitions().on(PostgresShelf(database))
    for look in (definitions.pinned, definitions.source):
        with pytest.raises(UnknownNameError, match="nobody kept"):
            look("sha256:" + "0" * 64)


def test_a_diagram_is_kept_once_and_by_its_own_hash_only(database: str) -> None:
    shelf, sources = PostgresShelf(database), load_definitions().sources
    shelf.keep(sources)
    shelf.keep(sources)
    assert as_owner(database, "SELECT count(*) FROM definitions") == [(len(sources),)]
    with pytest.raises(DBAPIError, match="definitions"):
        shelf.keep({"sha256:" + "0" * 64: b"<x/>"})


@pytest.mark.parametrize(
    "change", ["UPDATE definitions SET source = ''", "DELETE FROM definitions"]
)
def test_nobody_changes_a_kept_diagram(engine: Engine, database: str, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    with pytest.raises(Exception, match="append-only"):
        as_owner(database, change)
