"""Lists stay on their indexes: nothing they ask reads a table from end to end."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bench.seed import TENANT, models, multiply
from domain.ports import CaseFilter, Cases, Viewer
from infra.db import make_engine, of_tenant
from infra.event_store.calendars import TenantCalendars
from infra.law_data import load_calendar
from infra.views.cases import PostgresCases
from infra.views.sight import eyes_of
from tests.workflows.filing import settings_of

CASES = 12_000
PROVINCE, CITY = Viewer(jurisdiction="430000"), Viewer(jurisdiction="430700")
SCHOOL = Viewer(organisation="524300000000000017")
DAY = date(2024, 4, 9)
Look = Callable[[Cases, Viewer], object]


def cases(**wanted: Any) -> Look:  # noqa: ANN401  – fields of a filter
    return lambda one, viewer: one.cases(TENANT, viewer, CaseFilter(**wanted))


def work(**wanted: Any) -> Look:  # noqa: ANN401  – as above
    return lambda one, viewer: one.work(TENANT, viewer, CaseFilter(**wanted))


def groups(part: str) -> Look:
    return lambda one, viewer: one.alike(
        TENANT,
        viewer,
        one.tally(TENANT, viewer)[1::2],
        part,  # type: ignore[arg-type]  # one of them
    )


LOOKS: dict[str, Look] = {
    "newest": cases(),
    "open": cases(open_only=True),
    "status": cases(status=("correction_required",)),
    "number": cases(text="430700-BA-2024-200017"),
    "end of a number": cases(text="01717", open_only=True),
    "place": cases(jurisdiction="430100"),
    "organisation": cases(organisation=SCHOOL.organisation),
    "days": cases(due_from=DAY, due_to=DAY),
    "work": work(open_only=True),
    "mine": work(assignee="p-clerk"),
    "nobody's": work(unassigned=True),
    "role": work(role="center.clerk", with_task=True),
    "holder": work(holder="applicant"),
    "tally": lambda one, viewer: one.tally(TENANT, viewer),
    "duties": groups("duties"),
    "free": groups("free"),
    "others": groups("others"),
    "calendar": lambda one, viewer: one.held(TENANT, viewer, DAY, DAY),
    "days of a calendar": lambda one, viewer: one.occasions(TENANT, viewer, DAY, DAY),
    "mark": lambda one, viewer: one.mark(TENANT, viewer),
}


@pytest.fixture(scope="module")
def engine(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with a few thousand open cases."""
    folder: Path = tmp_path_factory.mktemp("plans")
    models(settings_of(module_database, "127.0.0.1:1", folder), days=3)
    multiply(module_database, CASES)
    engine = make_engine(module_database, pool_size=1)
    yield engine
    engine.dispose()


def asked(engine: Engine, look: Look, viewer: Viewer) -> list[tuple[str, Any]]:
    """Return the statements of a look, with their values."""
    sent: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:  # noqa: ANN401  – the hook's own signature
        sent.append((arguments[2], arguments[3]))

    event.listen(engine, "before_cursor_execute", note)
    look(PostgresCases(engine, TenantCalendars(load_calendar())), viewer)
    event.remove(engine, "before_cursor_execute", note)
    return [one for one in sent if "set_config" not in one[0]]


def scanned(engine: Engine, eyes: str, statement: str, values: Any) -> Iterator[str]:  # noqa: ANN401  – as sent
    """Yield each table that a statement reads from end to end."""
    with of_tenant(engine, TENANT, eyes) as connection:
        answer = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
        plans = answer.scalar_one()
    nodes = [one["Plan"] for one in (json.loads(plans) if isinstance(plans, str) else plans)]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", ())
        if node["Node Type"] == "Seq Scan":
            yield node["Relation Name"]


@pytest.mark.parametrize("viewer", [PROVINCE, CITY, SCHOOL], ids=["province", "city", "school"])
@pytest.mark.parametrize("name", LOOKS)
def test_no_list_reads_a_table_from_end_to_end(engine: Engine, name: str, viewer: Viewer) -> None:
    sent, eyes = asked(engine, LOOKS[name], viewer), " ".join(eyes_of(viewer))
    assert sent
    for statement, values in sent:
        assert list(scanned(engine, eyes, statement, values)) == [], statement
