"""`make bench-seed`: how long lists take at a hundred thousand open cases.

Filings are recorded as always, one of each kind for each day, and then copied set by set: every row
that lists read, under new ids, numbers, places and applicants. Their events are not copied, so the
copies have no timeline and no chain: the tenant is good for lists alone.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from starlette.testclient import TestClient

from api.app import create_app
from api.main import TemporalConductor, make_services
from bench.counters import BUDGETS
from bench.ground import cpu_of
from bench.models import DAYS, MORNING, record
from bench.page import Figure, publish
from domain.case.actor import Actor
from infra.drafts import FolderDrafts
from infra.local import PostgresServer
from infra.migrate import upgrade
from infra.parts import make_parts
from infra.sandbox import PostgresSandbox
from infra.settings import Settings
from tests.workflows.filing import CLERK, SCHOOL, settings_of

TENANT = "bench"
OPEN = 100_000  # cases
ROUNDS = 60  # requests of each kind: at 30 one slow moment of the machine would be the p95
WARM = 3
MILLI = 1000.0
CITIES = tuple(f"43{number:02d}00" for number in (*range(1, 14), 31))
SCHOOLS = 2_000
PROVINCE = Actor(
    person="p-province",
    role="center.reviewer",
    organisation="center-430000",
    jurisdiction="430000",
    name="湖南省鉴定中心",
)
PEOPLE = {"province": PROVINCE, "clerk": CLERK, "operator": SCHOOL}

# The recorded cases that are open, each a model, and who becomes what.
COPIES = """
CREATE TEMP TABLE copies AS
WITH models AS (
    SELECT case_id, number, row_number() OVER (ORDER BY number) - 1 AS rank, count(*) OVER () AS all
      FROM cases WHERE tenant = %(tenant)s AND ended_at IS NULL)
SELECT m.case_id AS model, m.number AS old, n, gen_random_uuid() AS copy, c.place,
       c.place || substr(m.number, 7, 9) || (200000 + n) AS number,
       '5243' || lpad((n %% %(schools)s)::text, 14, '0') AS school
  FROM generate_series(1, %(open)s) AS n
  JOIN models m ON m.rank = n %% m.all
 CROSS JOIN LATERAL (SELECT (%(cities)s::text[])[1 + n / m.all %% %(places)s] AS place) c
"""
# A text of a model, as the copy has it.
AS_COPY = """
CREATE FUNCTION pg_temp.as_copy(content text, c copies) RETURNS text LANGUAGE sql IMMUTABLE
RETURN replace(replace(replace(replace(content, c.model::text, c.copy::text), c.old, c.number),
               '430100', c.place), '524300007QN1NLFJTT', c.school)
"""
WRITTEN = (
    "INSERT INTO case_ids (case_id, tenant) SELECT copy, %(tenant)s FROM copies",
    """
INSERT INTO cases (tenant, case_id, number, procedure, variant, jurisdiction, organisation,
                   applicant, status, stage, opened_at, ended_at, live, jobs, due, lapses_at,
                   held_from, held_to, version, fold, state, brief)
SELECT m.tenant, c.copy, c.number, m.procedure, m.variant, c.place, c.school,
       m.applicant, m.status, m.stage, m.opened_at, m.ended_at, m.live, m.jobs, m.due, m.lapses_at,
       m.held_from, m.held_to, m.version, m.fold, pg_temp.as_copy(m.state::text, c)::json,
       pg_temp.as_copy(m.brief::text, c)::json
  FROM copies c JOIN cases m ON m.tenant = %(tenant)s AND m.case_id = c.model
""",
    """
INSERT INTO sights (tenant, eyes, case_id, own, opened_at, procedure, status, ended, works, due,
                    clocks, duty, free, loose, roles, holders)
SELECT m.tenant, pg_temp.as_copy(m.eyes, c), c.copy, m.own, m.opened_at, m.procedure, m.status,
       m.ended, m.works, m.due, m.clocks, m.duty, m.free, m.loose, m.roles, m.holders
  FROM copies c JOIN sights m ON m.tenant = %(tenant)s AND m.case_id = c.model
""",
    """
INSERT INTO tasks (tenant, case_id, task_id, element, form, role, holder, assignee, state,
                   opened_at, done_at, done_by)
SELECT m.tenant, c.copy, m.task_id, m.element, m.form, m.role, m.holder, m.assignee, m.state,
       m.opened_at, m.done_at, m.done_by
  FROM copies c JOIN tasks m ON m.tenant = %(tenant)s AND m.case_id = c.model
""",
    """
INSERT INTO deadlines (tenant, case_id, deadline_id, key, occurrence, holder, state, starts,
                       due, effective, provisional, calendar)
SELECT m.tenant, c.copy, m.deadline_id, m.key, m.occurrence, m.holder, m.state, m.starts,
       m.due, m.effective, m.provisional, m.calendar
  FROM copies c JOIN deadlines m ON m.tenant = %(tenant)s AND m.case_id = c.model
""",
)
VACUUMED = ("cases", "sights", "tasks", "deadlines")


@dataclass(frozen=True, slots=True)
class Look:
    """One page or answer: what people call it, who looks, and where."""

    what: str
    by: str
    path: str


LOOKS = (
    Look("work list 待办", "province", "/tasks"),
    Look("work list 待办, of one light", "province", "/tasks?light=amber"),
    Look("work list 待办, of a city", "clerk", "/tasks"),
    Look("work list 待办, my own", "clerk", "/tasks?scope=mine"),
    Look("desk 工作台", "province", "/"),
    Look("deadline board 期限看板", "province", "/deadlines"),
    Look("deadline board 期限看板, of a city", "clerk", "/deadlines"),
    Look("deadline board 期限看板, one column", "province", "/deadlines?column=later"),
    Look("case list 办件", "province", "/cases?open=1"),
    Look("case list 办件, of one status", "province", "/cases?status=correction_required"),
    Look("case list 办件, by day", "province", "/cases?from=2024-04-25&to=2024-04-30"),
    Look("search by number", "province", "/cases?q={number}"),
    Look("search by the end of a number", "province", "/cases?q={end}"),
    Look("search for what is not there", "province", "/cases?q=株洲乙职业学校"),
    Look("`/api/v1/tasks`", "province", "/api/v1/tasks"),
    Look("`/api/v1/tasks?for_my_role`", "clerk", "/api/v1/tasks?for_my_role=true&unassigned=true"),
    Look("`/api/v1/deadlines`", "province", "/api/v1/deadlines"),
    Look("`/api/v1/deadlines?light`", "province", "/api/v1/deadlines?light=amber&holder=authority"),
    Look("`/api/v1/cases`", "province", "/api/v1/cases"),
)


def main() -> int:
    """Seed, measure, print, write the page; exit 1 when a bound is broken."""
    figures = list_figures()
    sys.stdout.write(publish("lists", "make bench-seed", figures) + "\n")
    return 0 if all(one.kept for one in figures) else 1


def list_figures() -> list[Figure]:
    """Return how long seeding took, and each list."""
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = PostgresServer(folder)
        server.start()
        try:
            return [*_measured(server.url("postgres"), folder, partial(cpu_of, server.pid))]
        finally:
            server.stop()


def _measured(database: str, folder: Path, cpu: Callable[[], float]) -> Iterator[Figure]:
    upgrade(database)
    settings = settings_of(database, "127.0.0.1:1", folder)
    began = time.perf_counter()
    keys = models(settings)
    multiply(database, OPEN)
    spent, most = time.perf_counter() - began, BUDGETS["lists"]["seed_seconds"]
    what = f"seeding {OPEN:,} open cases"
    yield Figure(what, f"{spent:.0f} s", f"≤ {most:g} s", spent <= most)
    number = _some_number(database)
    with _callers(settings, keys) as callers:
        for look in LOOKS:
            path = look.path.format(number=number, end=number[-5:])
            yield _figure(look, partial(callers[look.by], path), cpu)


def _figure(look: Look, request: Callable[[], None], cpu: Callable[[], float]) -> Figure:
    for _ in range(WARM):
        request()
    times, used = [], cpu()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        request()
        times.append((time.perf_counter() - began) * MILLI)
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    most = BUDGETS["lists"]["page_ms"]
    each = (cpu() - used) * MILLI / ROUNDS
    value = f"p50 {middle:.0f} ms, p95 {late:.0f} ms; CPU {each:.0f} ms"
    return Figure(f"{look.what}, {look.by}", value, f"≤ {most:g} ms", late <= most)


def models(settings: Settings, days: int = DAYS) -> dict[str, str]:
    """Record the models in a new tenant; return the keys of its people."""
    parts = make_parts(settings)
    sandbox = PostgresSandbox(parts.engine)
    made = sandbox.create(at=MORNING, actors=PEOPLE, tenant=TENANT)
    record(parts, sandbox, TENANT, days)
    parts.engine.dispose()
    return dict(made.keys)


def multiply(database: str, count: int) -> None:
    """Copy the open cases of the tenant until `count` more are there."""
    owner = create_engine(database)
    values = {
        "tenant": TENANT,
        "open": count,
        "schools": SCHOOLS,
        "cities": list(CITIES),
        "places": len(CITIES),
    }
    with owner.begin() as connection:
        connection.exec_driver_sql(COPIES, values)
        connection.exec_driver_sql(AS_COPY)
        for statement in WRITTEN:
            connection.exec_driver_sql(statement, values)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _vacuum(connection)
    owner.dispose()


def _vacuum(connection: Connection) -> None:
    for table in VACUUMED:
        connection.exec_driver_sql(f"VACUUM (ANALYZE) {table}")


def _some_number(database: str) -> str:
    owner = create_engine(database)
    query = "SELECT number FROM cases WHERE tenant = %s ORDER BY case_id LIMIT 1"
    with owner.connect() as connection:
        found: str = connection.exec_driver_sql(query, (TENANT,)).scalar_one()
    owner.dispose()
    return found


@contextmanager
def _callers(
    settings: Settings, keys: dict[str, str]
) -> Iterator[dict[str, Callable[[str], None]]]:
    """Serve the application in this process; yield how each person asks for a path."""
    parts = make_parts(settings)
    services = make_services(settings, parts, TemporalConductor(settings))
    app = create_app(services, FolderDrafts(settings.data / "drafts"))
    found = {}
    for login, key in keys.items():
        headers = {"authorization": f"Bearer {key}", "sec-fetch-site": "same-origin"}
        client = TestClient(app, base_url="http://bench.test", headers=headers)
        signed = {"login": login, "tenant": TENANT, "to": "/"}
        client.post("/sign-in", data=signed, follow_redirects=False)
        found[login] = _asker(client)
    yield found
    parts.engine.dispose()


def _asker(client: TestClient) -> Callable[[str], None]:
    def ask(path: str) -> None:
        answer: Any = client.get(path, follow_redirects=False)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    return ask


if __name__ == "__main__":
    from infra.cli.exits import leave

    leave(main())
