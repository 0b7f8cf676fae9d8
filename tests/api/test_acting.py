"""A filing over HTTP: opened, read, acted on, to its end."""

from typing import Any

from tests.api.bodies import MISSING, SUPPLEMENT
from tests.api.client import code_of
from tests.api.conftest import As


def test_an_opened_case_answers_its_number_place_and_version(
    by: As, filing: dict[str, Any]
) -> None:
    answer = by("operator").post("/cases", filing)
    assert answer.status_code == 201
    body = answer.json()
    assert body["outcome"] == "done"
    assert answer.headers["location"] == f"/api/v1/cases/{body['case']}"
    assert answer.headers["etag"] == f'"{body["version"]}"'
    assert body["received_at"] == "2024-04-26T17:00:00+08:00"
    assert "受理" in body["next"]["sentence"]
    read = by("operator").get(f"/cases/{body['number']}")
    assert read.status_code == 200
    assert read.json()["id"] == body["case"]
    assert read.headers["etag"] == answer.headers["etag"]


def test_a_whole_filing_runs_from_application_to_receipt(by: As, case: str) -> None:
    asked = by("clerk").act(case, "filing.request_supplement", MISSING)
    assert asked.status_code == 200, asked.text
    assert by("clerk").get(f"/cases/{case}/state").json()["status"]["code"] == "correction_required"
    supplied = by("operator").act(case, "filing.supplement", SUPPLEMENT, version="*")
    assert supplied.status_code == 200, supplied.text
    moved = by("clerk").post("/sandbox/clock", {"advance_to_next_deadline": True})
    assert "filing.deemed_accepted" in [one["type"] for one in moved.json()["happened"]]
    passed = {"passed": True, "opinion": "符合要求", "experts": ["p-e1", "p-e2"], "on_site": True}
    assessed = by("reviewer").act(case, "filing.assess", passed)
    assert assessed.status_code == 200, assessed.text
    same = by("reviewer").act(case, "filing.approve")
    assert (same.status_code, code_of(same)) == (409, "case.same_person")
    approved = by("reviewer-2").act(case, "filing.approve")
    assert approved.status_code == 200, approved.text
    view = by("operator").get(f"/cases/{case}").json()
    assert view["status"] == "closed"
    assert [one["digest"] is not None for one in view["notices"]] == [True] * len(view["notices"])
