"""What is turned away leaves a line in the audit log, in memory and in PostgreSQL."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from activities.advance import Advance
from activities.notices import Notices
from api.app import create_app
from api.desk import Desk
from api.main import TemporalConductor, make_services
from infra.db import make_engine
from infra.drafts import FolderDrafts
from infra.event_store.audit import AuditLog
from infra.parts import make_parts
from infra.settings import Settings
from tests.api.bodies import FILING
from tests.api.client import BASE, Caller, code_of
from tests.api.conftest import FRIDAY
from tests.api.memory import DirectConductor, memory_house

Line: TypeAlias = Mapping[str, Any]
NOWHERE = "postgresql+psycopg2://nobody@127.0.0.1:9/none"


@dataclass
class Office:
    """An application whose audit log can be read."""

    http: TestClient
    lines: Callable[[], list[Line]]

    def by(self, login: str) -> Caller:
        """Return a caller of tenant `demo`."""
        return Caller(self.http, f"demo-{login}")

    def last(self) -> tuple[str, ...]:
        """Return code, tenant, client, method and route of the last line."""
        line = self.lines()[-1]
        detail = line["detail"]
        assert set(detail) == {"method", "request_id", "route"}
        return line["code"], line["tenant"], line["client"], detail["method"], detail["route"]


@pytest.fixture(params=["memory", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The same application twice."""
    if request.param == "memory":
        house = memory_house(tmp_path, at=FRIDAY)
        with TestClient(house.app) as http:
            yield Office(http, lambda: list(house.store.tables.audit))
    else:
        yield from _on_postgres(request.getfixturevalue("database"), tmp_path)


def _on_postgres(url: str, folder: Path) -> Iterator[Office]:
    settings = Settings.model_validate({"DATABASE_URL": url, "data": folder})
    parts = make_parts(settings)
    wired = make_services(settings, parts, TemporalConductor(settings))
    notices = Notices(parts.store, parts.cases, parts.files, parts.press)
    desk = Desk(parts.store, DirectConductor(Advance(parts.store, parts.world), notices))
    app = create_app(replace(wired, desk=desk), FolderDrafts(folder / "drafts"))
    auditor = make_engine(url, pool_size=1, role="anjuan_auditor", patient=True)

    def lines() -> list[Line]:
        with auditor.begin() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM audit ORDER BY id").mappings()
            return [dict(one) for one in rows]

    with TestClient(app) as http:
        yield Office(http, lines)
    auditor.dispose()
    parts.engine.dispose()


def test_a_start_turned_away_at_the_edge_leaves_a_line(office: Office) -> None:
    operator = office.by("operator")
    acting = 'person="p-x", role="institution.operator", organisation="x"'
    attempts = {
        "command.malformed": operator.send("/cases", b'{"procedure":"a","procedure":"b"}'),
        "request.media_type": operator.send("/cases", b"{}", {"content-type": "text/plain"}),
        "request.too_large": operator.send("/cases", b" " * 1_100_000),
        "request.key_missing": operator.post("/cases", FILING, {"idempotency-key": ""}),
        "procedure.unknown": operator.post("/cases", {**FILING, "variant": "guess"}),
        "portal.no_mandate": office.by("portal").post("/cases", FILING, {"acting-for": acting}),
        "auth.required": office.by("nobody").post("/cases", FILING),
    }
    assert [code_of(answer) for answer in attempts.values()] == list(attempts)
    lines = office.lines()
    assert [one["code"] for one in lines] == list(attempts)
    known = ["operator"] * 5 + ["portal"]
    assert [one["client"] for one in lines] == [*known, ""]
    assert [one["tenant"] for one in lines] == ["demo"] * len(known) + [""]
    assert not office.by("operator").get("/cases").json()["items"]


def test_an_act_turned_away_at_the_edge_leaves_a_line(office: Office) -> None:
    case = office.by("operator").start(FILING)["case"]
    command = f"/cases/{case}/commands/filing.accept"
    path = "/cases/{case_id}/commands/{name}"
    assert office.lines() == []
    office.by("clerk").send(command, b"{")
    assert office.last() == ("command.malformed", "demo", "clerk", "POST", path)
    office.by("zhuzhou-clerk").post(command, {}, {"if-match": '"1"'})
    assert office.last() == ("case.not_found", "demo", "zhuzhou-clerk", "POST", path)
    office.by("clerk").post(command, {})
    assert office.last() == ("request.version_missing", "demo", "clerk", "POST", path)
    office.http.delete(f"{BASE}/cases")
    assert office.last() == ("request.method", "", "", "DELETE", "/cases")
    office.by("clerk").post("/guess", {})
    assert office.last() == ("request.not_found", "", "", "POST", "")


def test_a_line_leads_to_the_answer_by_its_request_id_and_says_nothing_personal(
    office: Office,
) -> None:
    answer = office.by("operator").post("/cases", {"name": "某人", "phone": "0731"})
    line = office.lines()[-1]
    assert line["detail"]["request_id"] == answer.json()["request_id"]
    told = json.dumps(line, default=str, ensure_ascii=False)
    assert "某人" not in told
    assert "0731" not in told


def test_what_was_received_is_not_noted_a_second_time(office: Office) -> None:
    clerk, operator = office.by("clerk"), office.by("operator")
    case = operator.start(FILING, **{"idempotency-key": "one"})["case"]
    role = operator.act(case, "filing.accept")
    assert code_of(role) == "case.role_required"  # decided: it stands in the inbox
    assert office.lines() == []
    other = operator.post("/cases", {**FILING, "source": None}, {"idempotency-key": "one"})
    assert code_of(other) == "idempotency.body_differs"
    assert [one["code"] for one in office.lines()] == ["idempotency.body_differs"]
    assert code_of(clerk.get("/cases/nothing")) == "case.not_found"  # only read
    assert clerk.act(case, "case.note", {"text": "备注"}).is_success
    assert len(office.lines()) == 1


def test_an_audit_log_that_is_away_changes_no_answer(tmp_path: Path) -> None:
    away = AuditLog(create_engine(NOWHERE))
    house = memory_house(tmp_path, at=FRIDAY, audit=away)
    with TestClient(house.app) as http:
        answer = Caller(http, "demo-operator").send("/cases", b"{")
    assert (answer.status_code, code_of(answer)) == (422, "command.malformed")


def test_who_lacks_a_scope_or_asks_too_often_is_noted_too(tmp_path: Path) -> None:
    house = memory_house(tmp_path, at=FRIDAY, rate=1)
    clerk = house.people.accounts["demo-clerk"].actor
    house.people.add("demo", "reader", clerk, scopes=frozenset({"case:read"}))
    with TestClient(house.app) as http:
        Caller(http, "demo-reader").post("/cases", FILING)
        operator = Caller(http, "demo-operator")
        assert operator.get("/cases").is_success
        operator.post("/cases", FILING)
    noted = [(one["code"], one["client"]) for one in house.store.tables.audit]
    assert noted == [("auth.scope", "reader"), ("request.rate_limited", "operator")]
