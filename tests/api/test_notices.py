"""Letters over HTTP: what they are, and the bytes as they were sent."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from infra.letters.press import LetterPress
from tests.api.bodies import MISSING
from tests.api.client import Caller, code_of
from tests.api.conftest import FRIDAY, As
from tests.api.memory import House, memory_house
from tests.examples.papers import text_of
from tests.press import FONTS

PDF = {"accept": "application/pdf"}
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def letter(by: As, case: str) -> dict[str, Any]:
    """The letter that asks for what is missing, as the case tells it."""
    assert by("clerk").act(case, "filing.request_supplement", MISSING).is_success
    (one,) = by("clerk").get(f"/cases/{case}").json()["notices"]
    return {**one, "case": case}


def test_a_letter_is_told_with_its_title_and_its_case(
    by: As, case: str, letter: dict[str, Any]
) -> None:
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    by_id = by("operator").get(f"/notices/{case}.{letter['id']}")
    assert by_id.status_code == 200, by_id.text
    printed = {"template": "2", "pages": 1, "proof": "", "attempts": []}
    printed |= {"proof_digest": None, "void_reason": None, "replaces": None}
    assert by_id.json() == letter | printed | {"title": "补正告知书", "case_number": number}
    assert by("operator").get(f"/notices/{number}.{letter['id']}").json() == by_id.json()
    by_number = by("operator").get(f"/notices/{quote(letter['number'])}", case=case)
    assert by_number.json() == by_id.json()
    english = by("operator").get(f"/notices/{case}.n-1", {"accept-language": "en"})
    assert english.json()["title"] == "Notice of what is missing"


def test_its_page_is_the_bytes_that_were_sent_and_runs_nothing(
    by: As, case: str, letter: dict[str, Any]
) -> None:
    page = by("operator").get(f"/notices/{case}.n-1", HTML)
    digest = hashlib.sha256(page.content)
    assert letter["digest"] == f"sha256:{digest.hexdigest()}"
    told = base64.b64encode(digest.digest()).decode()
    assert page.headers["content-digest"] == f"sha-256=:{told}:"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["content-security-policy"].endswith("; sandbox")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert letter["number"] in page.text
    assert by("operator").get(f"/notices/{case}.n-1", {"accept": "*/*"}).json()["id"] == "n-1"
    odd = by("operator").get(f"/notices/{case}.n-1", {"accept": "image/png"})
    assert (odd.status_code, code_of(odd)) == (406, "request.not_acceptable")


def test_a_proof_of_service_is_a_file_that_its_parties_fetch(by: As, case: str) -> None:
    clerk = by("clerk")
    asked = MISSING | {"service": "mail"}
    assert clerk.act(case, "filing.request_supplement", asked).is_success
    slip = b"%PDF-1.7 returned %%EOF"
    sha256 = base64.b64encode(hashlib.sha256(slip).digest()).decode()
    headers = {"authorization": f"Bearer {clerk.key}", "content-digest": f"sha-256=:{sha256}:"}
    kept = clerk.http.post("/api/v1/uploads", content=slip, headers=headers).json()["digest"]
    told = {"notice": "n-1", "method": "mail", "at": FRIDAY.isoformat()}
    tried = told | {"reason": "退回", "proof_digest": kept}
    assert clerk.act(case, "notice.attempt", tried).is_success
    elsewhere = f"sha256:{'5' * 64}"
    done = told | {"proof": "EMS 1", "proof_digest": elsewhere}
    assert code_of(clerk.act(case, "notice.serve", told | {"proof_digest": "EMS"})) == (
        "command.malformed"
    )
    assert clerk.act(case, "notice.serve", done).is_success
    letter = clerk.get(f"/notices/{case}.n-1").json()
    assert (letter["proof"], letter["proof_digest"]) == ("EMS 1", elsewhere)
    assert letter["attempts"][0]["proof_digest"] == kept
    for login in ("clerk", "operator"):
        answer = by(login).get(f"/notices/{case}.n-1/proofs/{kept}")
        assert answer.content == slip
        assert answer.headers["content-disposition"].endswith(".pdf")
    for digest in (elsewhere, letter["digest"], "x"):  # not here, no proof, no digest
        answer = clerk.get(f"/notices/{case}.n-1/proofs/{digest}")
        assert (answer.status_code, code_of(answer)) == (404, "file.not_found")
    stranger = by("zhuzhou-clerk").get(f"/notices/{case}.n-1/proofs/{kept}")
    assert (stranger.status_code, code_of(stranger)) == (404, "notice.not_found")


def test_a_letter_not_yet_rendered_has_no_digest_and_no_page(
    house: House, by: As, case: str, letter: dict[str, Any]
) -> None:
    known = house.store.tables.cases[case]
    bare = tuple(replace(one, digest="") for one in known.notices)
    house.store.tables.cases[case] = replace(known, notices=bare)
    assert by("operator").get(f"/notices/{case}.n-1").json()["digest"] is None
    page = by("operator").get(f"/notices/{case}.n-1", HTML)
    assert (page.status_code, code_of(page)) == (404, "file.not_found")
    assert letter["digest"]


def test_letters_of_others_are_answered_like_letters_that_are_not(
    by: As, case: str, letter: dict[str, Any]
) -> None:
    number = quote(letter["number"])
    for login in ("zhuzhou-clerk", "zhuzhou-operator", "public", "portal"):
        for headers in ({}, HTML):
            for path in (f"/notices/{case}.n-1", f"/notices/{number}?case={case}"):
                answer = by(login).get(path, headers)
                assert (answer.status_code, code_of(answer)) == (404, "notice.not_found")
    assert code_of(by("operator").get(f"/notices/{case}.n-9")) == "notice.not_found"
    assert code_of(by("operator").get("/notices/guess.n-1")) == "notice.not_found"
    assert code_of(by("operator", tenant="elsewhere").get(f"/notices/{case}.n-1")) == (
        "notice.not_found"
    )


def test_a_number_alone_finds_its_letter_in_the_callers_tenant(
    by: As, case: str, letter: dict[str, Any]
) -> None:
    number = quote(letter["number"])
    answer = by("operator").get(f"/notices/{number}")
    assert (answer.status_code, answer.json()["case"]) == (200, case)
    for login in ("zhuzhou-clerk", "zhuzhou-operator", "public"):
        assert code_of(by(login).get(f"/notices/{number}")) == "notice.not_found"
    assert code_of(by("operator", tenant="elsewhere").get(f"/notices/{number}")) == (
        "notice.not_found"
    )
    for unknown in (quote("案卷演示〔2024〕99号"), "x", "%20", quote("〔〕")):
        assert code_of(by("operator").get(f"/notices/{unknown}")) == "notice.not_found"


def test_its_pdf_is_the_bytes_that_were_printed(by: As, letter: dict[str, Any]) -> None:
    page = by("operator").get(f"/notices/{quote(letter['number'])}", PDF)
    assert page.headers["content-type"] == "application/pdf"
    assert letter["printed"] == f"sha256:{hashlib.sha256(page.content).hexdigest()}"
    assert page.headers["content-disposition"].endswith(".pdf")
    text = text_of(page.content)
    for said in (letter["number"], "补正告知书", "524300007QN1NLFJTT", "（含当日）"):
        assert said in text


def test_a_letter_that_came_without_a_font_is_printed_when_asked_for_and_then_kept(
    tmp_path: Path, filing: dict[str, Any]
) -> None:
    house = memory_house(tmp_path, at=FRIDAY, fonts=None)
    with TestClient(house.app) as http:
        clerk = Caller(http, "demo-clerk")
        case = str(Caller(http, "demo-operator").start(filing)["case"])
        assert clerk.act(case, "filing.request_supplement", MISSING).is_success
        (bare,) = clerk.get(f"/cases/{case}").json()["notices"]
        assert bare["digest"]
        assert bare["printed"] is None
        assert code_of(clerk.get(f"/notices/{case}.n-1", PDF)) == "file.not_found"
        services = replace(house.services, press=LetterPress(FONTS))
        house.app.state.api.state.services = services
        first = clerk.get(f"/notices/{case}.n-1", PDF)
        (kept,) = clerk.get(f"/cases/{case}").json()["notices"]
        assert kept["printed"] == f"sha256:{hashlib.sha256(first.content).hexdigest()}"
        assert kept["digest"] == bare["digest"]
        house.app.state.api.state.services = house.services
        assert clerk.get(f"/notices/{case}.n-1", PDF).content == first.content
    events = [one for one in house.store.tables.events if one.type == "notice.printed"]
    assert [one.meta.actor.role for one in events] == ["system"]


def test_the_receipt_of_a_case_can_be_printed_by_whoever_may_know_of_it(by: As, case: str) -> None:
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    page = by("operator").get(f"/cases/{case}/receipt", {"accept": "text/html"})
    assert "收件不等于受理" in page.text
    printed = by("operator").get(f"/cases/{number}/receipt", PDF)
    text = text_of(printed.content)
    for said in (
        "收件凭证",
        number,
        "收件不等于受理",
        "2024年4月26日17:00",
        "受理期限至2024年5月9日",
        "收到的材料",
    ):
        assert said in text
    assert by("clerk").get(f"/cases/{number}/receipt", PDF).content == printed.content
    assert code_of(by("zhuzhou-clerk").get(f"/cases/{case}/receipt", PDF)) == "case.not_found"


def test_the_record_of_service_tells_how_a_letter_was_served(
    by: As, letter: dict[str, Any]
) -> None:
    text = text_of(by("clerk").get(f"/notices/{quote(letter['number'])}/service", PDF).content)
    for said in ("送达回证", letter["number"], "电子送达", "2024年4月26日17:00", "见证人"):
        assert said in text
