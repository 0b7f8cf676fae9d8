"""What readers get: state, timeline, deadlines, diagram, lists, feed, law, files."""

import base64
import hashlib

import pytest

from api.examples import PAYLOADS
from domain.procedures.table import PROCEDURES
from tests.api.bodies import MISSING, SUPPLEMENT
from tests.api.client import BASE, Said, code_of
from tests.api.conftest import As
from tests.api.memory import House


@pytest.fixture
def asked(by: As, case: str) -> str:
    """The case, once the center has listed what is missing."""
    assert by("clerk").act(case, "filing.request_supplement", MISSING).status_code == 200
    return case


def test_the_state_says_whom_it_waits_for_until_when_and_what_otherwise(by: As, asked: str) -> None:
    answer = by("operator").get(f"/cases/{asked}/state")
    state = answer.json()
    assert state["waiting_for"] == {
        "role": "institution.operator",
        "organisation": "长沙甲培训学校",
        "task": "filing.supplement",
        "until": "2024-05-13",
        "cite": "HN-2022-1 一(二)",
        "local_practice": False,
        "working_days_left": 10,
        "sentence": "等待长沙甲培训学校补正材料，截至2024年5月13日（周一），还有10个工作日",
    }
    assert state["if_nothing_happens"] == {
        "event": "filing.deemed_abandoned",
        "effective": "2024-05-14T00:00:00+08:00",
        "sentence": "逾期未补正的，视为放弃申请",
        "cite": "HN-2022-1 一(二)",
        "local_practice": False,
    }
    assert state["status"] == {
        "code": "correction_required",
        "label": "待补正",
        "turn": "applicant",
    }
    assert answer.headers["etag"] == f'"{state["version"]}"'
    english = by("operator").get(f"/cases/{asked}/state", {"accept-language": "en"}).json()
    assert english["waiting_for"]["sentence"].startswith("Waiting for 长沙甲培训学校")


def test_every_act_is_allowed_or_says_why_not(by: As, asked: str) -> None:
    acts = {
        one["name"]: one for one in by("operator").get(f"/cases/{asked}/state").json()["actions"]
    }
    assert acts["filing.supplement"]["allowed"]
    assert acts["filing.supplement"]["if_match"] == "any"
    assert acts["filing.accept"]["why_not"]["code"] == "case.role_required"
    assert acts["filing.accept"]["if_match"] == "exact"
    schema = by("operator").get(acts["filing.supplement"]["schema"].removeprefix(BASE)).json()
    assert schema["required"] == ["materials"]
    assert schema["properties"]["materials"]["minItems"] == 1
    assert schema["additionalProperties"] is False


def test_the_state_is_never_answered_as_unchanged_but_the_case_is(by: As, case: str) -> None:
    tag = by("clerk").get(f"/cases/{case}").headers["etag"]
    again = by("clerk").get(f"/cases/{case}", {"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert by("clerk").get(f"/cases/{case}/state", {"if-none-match": tag}).status_code == 200


def test_the_timeline_tells_the_story_the_work_and_the_machinery(by: As, asked: str) -> None:
    path = f"/cases/{asked}/timeline"
    levels = {
        level: [one["type"] for one in by("clerk").get(path, level=level).json()["items"]]
        for level in ("story", "work", "technical")
    }
    assert levels["story"] == ["case.opened", "filing.submitted", "filing.supplement_requested"]
    assert "deadline.opened" in levels["work"]
    assert "process.moved" not in levels["work"]
    assert "process.moved" in levels["technical"]
    item = by("clerk").get(path).json()["items"][-1]
    assert item["title"] == "一次性告知补正：缺 1 项材料"
    assert item["notice"]
    assert [(one["key"], one["change"]) for one in item["clocks"]] == [
        ("filing.acceptance", "met"),
        ("filing.supplement", "opened"),
    ]
    assert item["by"] == {
        "person": "p-clerk",
        "role": "center.clerk",
        "organisation": "长沙市鉴定中心",
    }
    assert by("operator").get(path).json()["items"][-1]["by"]["person"] == "*"
    assert item["data"] is None


@pytest.mark.parametrize("level", ["story", "technical"])
def test_an_item_of_the_timeline_is_the_same_on_a_page_of_any_size(
    by: As, asked: str, level: str
) -> None:
    path, clerk = f"/cases/{asked}/timeline", by("clerk")
    whole = clerk.get(path, level=level).json()["items"]
    found, cursor = [], ""
    while cursor is not None:
        page = clerk.get(path, level=level, limit=1, cursor=cursor).json()
        found += page["items"]
        cursor = page["next_cursor"]
    assert found == whole


def test_pages_follow_one_another_without_gap_or_repeat(by: As, asked: str) -> None:
    path = f"/cases/{asked}/timeline"
    query: dict[str, Said] = {"level": "technical"}
    whole = [one["version"] for one in by("clerk").get(path, **query, limit=200).json()["items"]]
    seen, cursor = [], ""
    while True:
        answer = by("clerk").get(path, **query, limit=3, cursor=cursor)
        seen += [one["version"] for one in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            break
        assert f"cursor={cursor}" in answer.headers["link"]
        assert answer.headers["link"].endswith('rel="next"')
    assert seen == whole == list(range(1, len(whole) + 1))


@pytest.mark.parametrize("cursor", ["x", "MTIz", "%00", "A" * 300])
def test_a_cursor_nobody_gave_out_is_malformed(by: As, case: str, cursor: str) -> None:
    for path in ("/cases", "/tasks", "/deadlines", "/events", f"/cases/{case}/timeline"):
        assert code_of(by("clerk").get(path, cursor=cursor)) == "command.malformed"


def test_a_deadline_shows_each_day_counted_or_skipped(by: As, case: str) -> None:
    found = by("operator").get(f"/cases/{case}/deadlines").json()["items"]
    assert [(one["key"], one["due"], one["state"]) for one in found] == [
        ("filing.acceptance", "2024-05-09", "open")
    ]
    ledger = {one["day"]: one for one in found[0]["ledger"]}
    assert ledger["2024-04-28"]["counts"]  # a Sunday that is worked
    assert not ledger["2024-05-01"]["counts"]
    assert [one["n"] for one in ledger.values() if one["counts"]] == list(range(1, 8))
    one = by("operator").get(f"/deadlines/{found[0]['id']}").json()
    assert one["ledger"] == found[0]["ledger"]
    assert one["term"] == {
        "amount": 7,
        "unit": "working_day",
        "anchor": "receipt",
        "cite": "HN-2022-1 一(二)",
    }
    assert one["consequence"] == "filing.deemed_accepted"


def test_the_board_shows_what_is_due_in_a_span(by: As, case: str) -> None:
    def keys(**query: Said) -> list[str]:
        return [one["key"] for one in by("clerk").get("/deadlines", **query).json()["items"]]

    assert keys() == ["filing.acceptance"]
    assert keys(**{"from": "2024-05-09", "to": "2024-05-09"}) == ["filing.acceptance"]
    assert keys(**{"from": "2024-05-10"}) == []
    assert keys(holder="applicant") == []
    assert keys(light="green") == ["filing.acceptance"]
    assert keys(light="red") == []
    assert case


def test_lists_hold_what_the_filter_says(by: As, case: str) -> None:
    def ids(**query: Said) -> list[str]:
        return [one["id"] for one in by("clerk").get("/cases", **query).json()["items"]]

    assert ids() == [case]
    assert ids(status=["accepted", "received"], procedure="filing", q="长沙甲") == [case]
    assert ids(status="accepted") == ids(q="乙") == ids(jurisdiction="430200") == []
    assert ids(jurisdiction="430000", due_from="2024-05-09", due_to="2024-05-09") == [case]
    assert code_of(by("clerk").get("/cases", jurisdiction="43")) == "command.malformed"
    for odd in ("5 May", "2024-W19-4", "20240509"):
        assert code_of(by("clerk").get("/cases", due_from=odd)) == "command.malformed"
    assert code_of(by("clerk").get("/cases", guess="1")) == "command.malformed"


def test_the_diagram_comes_as_data_as_picture_and_as_file(by: As, asked: str) -> None:
    path = f"/cases/{asked}/diagram"
    data = by("operator").get(path).json()
    waiting = [one["id"] for one in data["elements"] if one["state"] == "waiting"]
    assert waiting
    assert any(one["cite"] for one in data["elements"])
    picture = by("operator").get(path, {"accept": "image/svg+xml"})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "active" in picture.text
    file = by("operator").get(path, {"accept": "application/bpmn+xml"})
    assert hashlib.sha256(file.content).hexdigest() == data["definition"]["hash"][len("sha256:") :]
    assert "attachment" in file.headers["content-disposition"]
    odd = by("operator").get(path, {"accept": "image/gif"})
    assert (odd.status_code, code_of(odd)) == (406, "request.not_acceptable")


def test_the_feed_goes_on_where_it_was_left(by: As, asked: str) -> None:
    first = by("clerk").get("/events", limit=2).json()
    assert [one["type"] for one in first["items"]] == ["case.opened", "filing.submitted"]
    second = by("clerk").get("/events", cursor=first["next_cursor"], limit=200).json()
    assert second["items"][0]["version"] == 3
    by("operator").act(asked, "filing.supplement", SUPPLEMENT, version="*")
    query: dict[str, Said] = {"cursor": second["next_cursor"], "types": "filing.supplemented"}
    third = by("clerk").get("/events", **query).json()
    assert [one["type"] for one in third["items"]] == ["filing.supplemented"]
    assert by("zhuzhou-clerk").get("/events").json()["items"] == []


def test_the_law_answers_with_its_clause_and_ledger(by: As) -> None:
    term = by("clerk").get("/law/terms/filing.acceptance", jurisdiction="430100").json()
    assert (term["amount"], term["unit"], term["cite"]) == (7, "working_day", "HN-2022-1 一(二)")
    query: dict[str, Said] = {"key": "filing.acceptance", "jurisdiction": "430100"}
    start, naive = {"from": "2024-04-26T17:00:00+08:00"}, {"from": "2024-04-26T17:00:00"}
    counted = by("clerk").get("/law/deadline", **query | start)
    assert counted.json()["due"] == "2024-05-09"
    lead = by("clerk").get(
        "/law/lead", key="batch.lead", jurisdiction="430100", before="2024-05-20"
    )
    assert lead.json()["last_day"] == "2024-05-10"
    year = by("clerk").get("/law/calendar/2024").json()
    assert year["status"] == "official"
    before = by("clerk").get("/law/terms/filing.acceptance", jurisdiction="430100", on="1999-01-01")
    assert (before.status_code, code_of(before)) == (422, "law.no_rule")
    odd = by("clerk").get("/law/deadline", **query | naive)
    assert odd.json()["errors"][0]["code"] == "date"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/law/terms/filing.acceptance", {}),
        ("/law/deadline", {"key": "filing.acceptance", "from": "2024-04-26T17:00:00+08:00"}),
        ("/law/lead", {"key": "batch.lead", "before": "2024-05-20"}),
    ],
)
def test_no_law_is_answered_for_a_place_that_is_not_there(
    by: As, path: str, query: dict[str, Said]
) -> None:
    answer = by("clerk").get(path, jurisdiction="999999", **query)
    assert (answer.status_code, code_of(answer)) == (422, "command.malformed")
    assert answer.json()["errors"][0]["pointer"] == "/query/jurisdiction"
    assert by("clerk").get(path, jurisdiction="430121", **query).status_code == 200


def test_a_file_is_kept_under_the_digest_of_its_bytes(by: As) -> None:
    content = b"%PDF-1.7 ... %%EOF"
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    headers = {"content-digest": f"sha-256=:{digest}:", "content-type": "application/pdf"}
    kept = by("operator").send("/uploads", content, headers)
    assert kept.status_code == 201
    assert kept.json() == {
        "digest": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "size": len(content),
        "media_type": "application/pdf",
        "received_at": "2024-04-26T17:00:00+08:00",
    }
    broken = by("operator").send("/uploads", content + b"!", headers)
    assert (broken.status_code, code_of(broken)) == (422, "file.digest_differs")
    unnamed = by("operator").send("/uploads", content)
    assert code_of(unnamed) == "command.malformed"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"MZ an executable", "file.wrong_kind"),
        (b"PK\x03\x04 some.txt PK\x05\x06", "file.wrong_kind"),
        (b"%PDF-1.7 cut short", "file.incomplete"),
        (b"\x89PNG\r\n\x1a\n cut short", "file.incomplete"),
        (b"\xff\xd8\xff cut short", "file.incomplete"),
        (b"PK\x03\x04 word/docu", "file.incomplete"),
    ],
)
def test_a_file_of_another_kind_or_cut_short_is_not_kept(by: As, content: bytes, code: str) -> None:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    headers = {"content-digest": f"sha-256=:{digest}:"}
    refused = by("operator").send("/uploads", content, headers)
    assert (refused.status_code, code_of(refused)) == (422, code)


def test_time_passes_through_every_day_on_which_the_law_acts(by: As, case: str) -> None:
    moved = by("clerk").post("/sandbox/clock", {"advance_working_days": 8}).json()
    assert moved["settled"]
    deemed = [one for one in moved["happened"] if one["type"] == "filing.deemed_accepted"]
    assert [(one["case"], one["effective"], one["actor"]) for one in deemed] == [
        (case, "2024-05-10T00:00:00+08:00", "law")
    ]
    assert moved["clock"]["now"] == "2024-05-10T17:00:00+08:00"
    back = by("clerk").post("/sandbox/clock", {"advance_to": "2024-05-09T00:00:00+08:00"})
    assert (back.status_code, code_of(back)) == (409, "clock.moves_back")
    for_ever = by("clerk").post("/sandbox/clock", {"advance_to": "9999-12-31T00:00:00+08:00"})
    assert (for_ever.status_code, code_of(for_ever)) == (422, "command.malformed")
    two = {"freeze": True, "advance_working_days": 1}
    assert code_of(by("clerk").post("/sandbox/clock", two)) == "command.malformed"
    assert by("clerk").post("/sandbox/clock", {"freeze": False}).json()["clock"]["frozen"] is False


def test_a_sandbox_tenant_has_its_own_clock_actors_and_registers(by: As) -> None:
    wish = {
        "at": "2030-01-01T09:00:00+08:00",
        "actors": {"me": {"role": "center.clerk", "person": "p-me", "jurisdiction": "430100"}},
        "fixtures": {"occupations": [{"code": "9-99-99-99", "name": "试验员"}]},
    }
    made = by("clerk").post("/sandbox/tenants", wish)
    assert made.status_code == 201, made.text
    assert made.json()["clock"]["now"] == "2030-01-01T09:00:00+08:00"
    assert list(made.json()["keys"]) == ["me"]
    oddities: tuple[Said, ...] = (
        {"fixtures": {"guesses": []}}, {"at": "9999-12-31T00:00:00+08:00"},
    )  # fmt: skip
    for odd in oddities:
        refused = by("clerk").post("/sandbox/tenants", odd)
        assert (refused.status_code, code_of(refused)) == (422, "command.malformed")


def test_procedures_name_their_commands_and_schemas(by: As) -> None:
    found = by("operator").get("/procedures").json()["items"]
    shipped = [name for name, its in PROCEDURES.items() if its.variants]
    assert [one["procedure"] for one in found] == sorted(shipped)
    for one in found:
        its = PROCEDURES[one["procedure"]]
        assert [shown["variant"] for shown in one["variants"]] == list(its.variants)
        told = {shown["name"] for shown in one["commands"]}
        assert told > {own.name for own in its.commands if own.roles != ("system",)}
        for command in one["commands"]:
            schema = by("operator").get(command["schema"].removeprefix(BASE))
            assert schema.json()["examples"] == [PAYLOADS[command["name"]]]
    assert code_of(by("operator").get("/procedures/guess")) == "procedure.unknown"


def test_what_the_health_pages_say(by: As, house: House) -> None:
    http = by("clerk").http
    assert http.get("/livez").json() == {"status": "ok"}
    ready = http.get("/readyz")
    assert (ready.status_code, ready.json()["warnings"]) == (200, ["Temporal is away"])
    house.health.told = ("the database is away",)
    assert http.get("/readyz").status_code == 503


def test_meta_says_as_whom_one_is_seen(by: As) -> None:
    meta = by("province-reviewer").get("/meta").json()
    assert (meta["role"], meta["jurisdiction"], meta["tenant"]) == (
        "center.reviewer",
        "430000",
        "demo",
    )
