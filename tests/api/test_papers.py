"""Anybody checks a letter by its number and code; every miss is answered alike."""

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.papers import MOST
from domain.case.paper_code import paper_code
from tests.api.bodies import MISSING
from tests.api.client import code_of
from tests.api.conftest import As
from tests.api.memory import House

PATH = "/api/v1/public/notices/verify"
LETTER = "案卷演示〔2024〕1号"


@pytest.fixture
def letter(by: As, case: str) -> dict[str, Any]:
    """The letter that asks for what is missing, with the code on it."""
    assert by("clerk").act(case, "filing.request_supplement", MISSING).is_success
    (one,) = by("clerk").get(f"/cases/{case}").json()["notices"]
    return {**one, "code": paper_code(case, "n-1", one["number"])}


def test_the_code_stands_on_the_letter_in_groups_of_four(
    by: As, case: str, letter: dict[str, Any]
) -> None:
    page = by("operator").get(f"/notices/{case}.n-1", {"accept": "text/html"})
    assert letter["code"] in page.text
    assert [len(one) for one in letter["code"].split("-")] == [4, 4, 4, 4]


@pytest.mark.parametrize("number", [LETTER, " 案卷演示[2024] 1号 ", "案卷演示（2024）1号"])
def test_number_and_code_answer_what_the_letter_is(
    http: TestClient, letter: dict[str, Any], number: str
) -> None:
    for code in (letter["code"], letter["code"].lower().replace("-", " ")):
        answer = http.post(PATH, json={"number": number, "code": code})
        assert answer.status_code == 200, answer.text
        assert answer.json() == {
            "standing": "issued",
            "void_since": None,
            "number": LETTER,
            "title": "补正告知书",
            "issuer": "长沙市鉴定中心",
            "party": "长沙甲培训学校",
            "date": "2024年4月26日",
            "digest": letter["digest"],
            "printed": letter["printed"],
        }


def test_a_void_letter_is_genuine_and_void_and_the_one_in_its_place_stands(
    http: TestClient, by: As, case: str
) -> None:
    asked = MISSING | {"service": "mail"}
    assert by("clerk").act(case, "filing.request_supplement", asked).is_success
    told = {"notice": "n-1", "reason": "邮寄地址写错"}
    assert by("reviewer").act(case, "notice.void", told).is_success
    standings = {}
    for n in (1, 2):
        number = f"案卷演示〔2024〕{n}号"
        code = paper_code(case, f"n-{n}", number)
        answer = http.post(PATH, json={"number": number, "code": code}).json()
        standings[number] = (answer["standing"], answer["void_since"])
    assert standings == {
        "案卷演示〔2024〕1号": ("void", "2024年4月26日"),
        "案卷演示〔2024〕2号": ("issued", None),
    }
    page = by("operator").get(f"/notices/{case}.n-2", {"accept": "text/html"}).text
    assert "本通知代替案卷演示〔2024〕1号文书" in page
    assert "补正的全部内容一次性告知如下" in page
    old = by("operator").get(f"/notices/{case}.n-1").json()
    assert (old["void_reason"], old["served_at"]) == ("邮寄地址写错", None)
    assert by("operator").get(f"/notices/{case}.n-2").json()["replaces"] == "n-1"
    again = by("reviewer").act(case, "notice.void", told)
    assert (again.status_code, code_of(again)) == (409, "notice.is_void")
    served = by("reviewer").act(case, "notice.void", told | {"notice": "n-2"})
    assert (served.status_code, code_of(served)) == (409, "notice.already_served")


def test_a_receipt_is_checked_by_the_number_of_its_case(
    http: TestClient, by: As, case: str
) -> None:
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    answer = http.post(PATH, json={"number": number, "code": paper_code(case, "receipt", number)})
    assert answer.json()["title"] == "收件凭证"
    assert answer.json()["printed"] is None


def test_every_miss_reads_the_same(http: TestClient, letter: dict[str, Any]) -> None:
    misses = [
        (LETTER, "AAAA-AAAA-AAAA-AAAA"),
        (LETTER, letter["code"][:-1]),
        (LETTER, letter["code"] + "A"),
        (LETTER, "？" + letter["code"]),
        ("案卷演示〔2024〕2号", letter["code"]),
        ("x\u0007y", letter["code"]),
        ("x" * MOST, letter["code"]),
    ]
    told = set()
    for number, code in misses:
        answer = http.post(PATH, json={"number": number, "code": code})
        body = answer.json()
        told.add((answer.status_code, body["code"], body["detail"], body["title"]))
    assert len(told) == 1
    assert code_of(answer) == "notice.no_match"


def test_a_hit_and_every_miss_last_one_beat_or_more(
    house: House, http: TestClient, letter: dict[str, Any]
) -> None:
    pace = house.services.site.lookup_pace
    for number, code in ((LETTER, letter["code"]), (LETTER, "A"), ("", ""), ("x" * MOST, "A")):
        begun = time.monotonic()
        http.get("/verify/paper", params={"number": number or "x", "code": code})
        assert time.monotonic() - begun >= pace


def test_one_source_may_not_try_for_ever(
    house: House, http: TestClient, letter: dict[str, Any]
) -> None:
    body = {"number": LETTER, "code": "AAAA-AAAA-AAAA-AAAA"}
    answers = [http.post(PATH, json=body) for _ in range(house.services.site.lookups)]
    assert {one.status_code for one in answers} == {404}
    right = http.post(PATH, json=body | {"code": letter["code"]})
    assert (right.status_code, code_of(right)) == (429, "request.rate_limited")
    assert int(right.headers["retry-after"]) > 0


def test_the_page_says_the_same_from_the_link_in_the_picture(
    http: TestClient, letter: dict[str, Any]
) -> None:
    empty = http.get("/verify/paper")
    assert empty.status_code == 200
    assert "没有与之相符的文书" not in empty.text
    asked = {"number": LETTER, "code": letter["code"]}
    found = http.get("/verify/paper", params=asked).text
    for said in ("核验相符", LETTER, "长沙市鉴定中心", letter["printed"]):
        assert said in found
    missed = http.get("/verify/paper", params=asked | {"code": "AAAA"}).text
    assert "没有与之相符的文书" in missed
    assert "长沙市鉴定中心" not in missed
