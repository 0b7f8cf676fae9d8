"""The same API on PostgreSQL, Temporal and a worker of its own."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2
import pytest

from infra.cli.exits import Exit
from infra.cli.main import run as command
from infra.local import TemporalServer
from tests.api.bodies import FILING, MISSING, SUPPLEMENT
from tests.api.client import Caller, code_of
from tests.api.processes import any_port, environment, process, ready

PASSED = {"passed": True, "opinion": "符合要求", "experts": ["p-e1", "p-e2"], "on_site": True}


@pytest.fixture(scope="module")
def web(
    module_database: str, temporal_server: TemporalServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of a running installation."""
    folder, port = tmp_path_factory.mktemp("installation"), any_port()
    settings = environment(folder, module_database, temporal_server.address, port)
    url = f"http://127.0.0.1:{port}"
    with process("worker", folder, settings), process("api", folder, settings) as api:
        ready(url, api)
        yield url


@pytest.fixture
def http(web: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=web, timeout=60) as client:
        yield client


@pytest.fixture
def tenant(http: httpx2.Client) -> dict[str, Caller]:
    """A sandbox tenant of this test alone, on Friday 26 April 2024."""
    made = http.post("/api/v1/sandbox/tenants", json={"at": "2024-04-26T17:00:00+08:00"})
    assert made.status_code == 201, made.text
    return {login: Caller(http, key) for login, key in made.json()["keys"].items()}


def test_a_filing_runs_to_its_receipt_with_the_law_acting_on_its_day(
    tenant: dict[str, Caller],
) -> None:
    case = str(tenant["operator"].start(FILING)["case"])
    clerk = tenant["clerk"]
    assert clerk.act(case, "filing.request_supplement", MISSING).status_code == 200
    assert tenant["operator"].act(case, "filing.supplement", SUPPLEMENT, "*").status_code == 200
    moved = clerk.post("/sandbox/clock", {"advance_to_next_deadline": True})
    assert moved.status_code == 200, moved.text
    assert moved.json()["settled"]
    deemed = [one for one in moved.json()["happened"] if one["type"] == "filing.deemed_accepted"]
    assert [one["effective"] for one in deemed] == ["2024-05-10T00:00:00+08:00"]
    assert tenant["reviewer"].act(case, "filing.assess", PASSED).status_code == 200
    approved = tenant["reviewer-2"].act(case, "filing.approve")
    assert approved.status_code == 200, approved.text
    assert clerk.get(f"/cases/{case}").json()["status"] == "closed"
    late = clerk.act(case, "filing.accept")
    assert (late.status_code, code_of(late)) == (409, "case.closed")


def test_one_request_fifty_times_at_once_has_one_effect(tenant: dict[str, Caller]) -> None:
    operator, body = tenant["operator"], deepcopy(FILING)
    del body["source"]

    def send(_: int) -> httpx2.Response:
        return operator.post("/cases", body, {"idempotency-key": "one"})

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(send, range(50)))
    assert {one.status_code for one in answers} <= {201, 202}
    commands = {one.json().get("command") for one in answers if one.status_code == 201}
    assert len(commands) == 1
    assert len(operator.get("/cases").json()["items"]) == 1


def test_a_key_of_one_tenant_says_nothing_in_another(
    http: httpx2.Client, tenant: dict[str, Caller], filing: dict[str, Any]
) -> None:
    other = http.post("/api/v1/sandbox/tenants", json={"at": "2024-04-26T17:00:00+08:00"}).json()
    key = {"idempotency-key": "the-same"}
    first = tenant["operator"].post("/cases", filing, key)
    second = Caller(http, other["keys"]["operator"]).post("/cases", filing, key)
    assert first.status_code == second.status_code == 201
    assert first.json()["case"] != second.json()["case"]
    assert "idempotent-replayed" not in second.headers


def run(web: str, *words: str, key: str = "demo-clerk") -> int:
    """Run `anjuan` with these words against the installation; return its exit code."""
    return command([*words, "--server", web, "--key", key])


def test_a_case_is_worked_from_the_command_line(
    web: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "filing.json"
    file.write_text(json.dumps(FILING), encoding="utf-8")
    assert run(web, "case", "start", str(file), "--json", key="demo-operator") == 0
    number = json.loads(capsys.readouterr().out)["number"]
    assert run(web, "case", "list") == 0
    assert f"{number}  已收件 received" in capsys.readouterr().out
    assert run(web, "case", "list", "--lang", "fr") == Exit.USAGE
    capsys.readouterr()
    assert run(web, "case", "show", number, "--json") == 0
    case = json.loads(capsys.readouterr().out)["id"]
    assert run(web, "case", "explain", number) == 0
    told = capsys.readouterr().out
    assert "视为受理" in told
    assert "起算日不计入" in told
    assert run(web, "task", "list", "--json") == 0
    tasks = json.loads(capsys.readouterr().out)["items"]
    task = next(one["id"] for one in tasks if one["case"] == case)
    assert run(web, "task", "claim", task) == 0
    assert run(web, "task", "release", task) == 0
    assert run(web, "deadline", "list") == 0
    assert run(web, "deadline", "explain", f"{case}.d-1") == 0
    assert run(web, "case", "do", number, "filing.accept", "--dry-run") == 0
    assert "accepted" in capsys.readouterr().out
    assert run(web, "task", "complete", task, "--command", "filing.accept") == 0
    assert run(web, "case", "state", number, "--lang", "en") == 0
    assert "Accepted" in capsys.readouterr().out
    assert run(web, "case", "timeline", number) == 0
    assert "HN-2022-1 一(二)" in capsys.readouterr().out


def test_the_exit_code_tells_what_was_wrong(
    web: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(web, "case", "show", "nothing") == Exit.NOT_FOUND
    assert "[case.not_found]" in capsys.readouterr().err
    assert run(web, "case", "list", key="nobody") == Exit.NOT_ALLOWED
    file = tmp_path / "odd.json"
    file.write_text('{"procedure": 1}', encoding="utf-8")
    assert run(web, "case", "start", str(file)) == Exit.INVALID
    assert "/procedure" in capsys.readouterr().err
    assert run(web, "case", "start", str(tmp_path / "none")) == Exit.USAGE
    assert run("http://127.0.0.1:9", "case", "list") == Exit.TRY_LATER
