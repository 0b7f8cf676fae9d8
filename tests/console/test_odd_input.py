"""What no page asks for: numbers beyond all measure, and texts longer than a form shows."""

import pytest

from domain.case.state import Case
from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.office import Office
from tests.console.test_plain_processes import deployed, with_days

HUGE = "9" * 5000  # digits: more than a number is read from
LARGE = "9" * 30  # more than a database takes
DAYS = {"working_days": LARGE}
LIST = {"missing": ["premises"], "reason-premises": "缺少平面图", **DAYS}
MORE = {"deadline": "filing.acceptance", "reason": "台风", "cite": "x", "amount": LARGE}


@pytest.mark.parametrize("number", [HUGE, LARGE, "٣", "-1"])
def test_a_number_out_of_reach_in_an_address_breaks_no_page(office: Office, number: str) -> None:
    case, clerk = apply(office), Visitor(office, "clerk")
    deployed(office)
    assert clerk.see(f"/processes?process=leave_request&version={number}").status_code == 200
    assert clerk.see(f"/dev/clock?moved={case}:{number}").status_code == 200
    assert clerk.see(f"/cases/{case}/timeline?before={number}").status_code == 200
    assert clerk.send("/dev/clock", move="days", days=number).status_code == 422


def test_the_sandbox_clock_stops_before_days_can_no_longer_be_counted(office: Office) -> None:
    clerk = Visitor(office, "clerk")
    refused = clerk.send("/dev/clock", move="to", at="9999-12-31T23:59")
    assert refused.status_code == 422
    assert "时钟最晚到" in words(refused)
    assert clerk.see("/deadlines").status_code == 200


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("filing.publish_notice", DAYS),
        ("filing.request_supplement", LIST),
        ("deadline.extend", MORE),
        ("deadline.extend", MORE | {"amount": "999999999"}),
    ],
)
def test_a_number_out_of_reach_in_a_form_is_a_fault_of_its_field(
    office: Office, act: str, fields: dict[str, str | list[str]]
) -> None:
    path, clerk = f"/cases/{apply(office)}/acts/{act}", Visitor(office, "clerk")
    before = office.case()
    assert clerk.act(path, **fields).status_code == 422
    assert office.case() == before


@pytest.mark.parametrize("typed", ["--5", "5-", "1e5", "³", HUGE])
def test_what_is_no_whole_number_is_a_fault_of_its_field(office: Office, typed: str) -> None:
    deployed(office, with_days())
    clerk, path = Visitor(office, "clerk"), "/start/process/leave_request"
    kept = {**hidden(clerk.see(path)), "data-days": typed, "step": "preview"}
    assert "须为整数" in words(clerk.send(path, **kept))
    assert clerk.send(path, **{**kept, "data-days": "３", "version": HUGE}).status_code == 200


def test_a_long_text_is_kept_whole_or_refused_but_never_cut(office: Office) -> None:
    path, clerk = f"/cases/{apply(office)}/acts/case.note", Visitor(office, "clerk")
    long = "长" * 9_000
    clerk.act(path, text=long)
    assert _noted(office, office.case()) == [long]
    refused = clerk.act(path, text="长" * 10_001)
    assert refused.status_code == 422
    assert "最多 10000 字" in words(refused)
    assert _noted(office, office.case()) == [long]


def _noted(office: Office, case: Case) -> list[object]:
    events = office.store.tables.stream("demo", case.id)
    return [one.data["text"] for one in events if one.type == "case.noted"]
