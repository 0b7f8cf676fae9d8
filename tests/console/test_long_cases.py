"""A case with more events than one read brings: the newest first, nothing left out."""

import re

import pytest

from domain.case.labels import label
from domain.case.state import Case
from domain.ports import Receipt, Stored
from infra.sandbox_people import SEEDED
from tests.console.browsing import Visitor, apply, ask_for_premises, words
from tests.console.office import TENANT, Office

MANY = 620  # remarks, each an event of its own


def remarked(office: Office, times: int = MANY) -> Case:
    """Return the case after a clerk left so many remarks."""
    case = office.case()
    for number in range(times):
        receipt = Receipt(
            tenant=TENANT, client="clerk", key=f"remark-{number}", fingerprint="f",
            case_id=case.id, name="case.note", payload={"text": f"备注{number:04d}"},
            actor=SEEDED["clerk"], channel="console",
        )  # fmt: skip
        stored = office.store.receive(receipt)
        assert isinstance(stored, Stored)
        office.conductor.look(case.id, stored.command.id)
    return office.case()


@pytest.fixture
def number(office: Office) -> str:
    """The number of a case of many events, the last of them a letter."""
    number = apply(office)
    remarked(office)
    ask_for_premises(office, number)
    return number


def test_the_first_view_shows_the_newest(office: Office, number: str) -> None:
    said = words(Visitor(office, "clerk").see(f"/cases/{number}"))
    assert "一次性告知补正：缺 1 项材料" in said
    assert f"备注{MANY - 1:04d}" in said
    assert "备注0000" not in said


def test_the_timeline_goes_back_page_by_page_to_the_first_event(
    office: Office, number: str
) -> None:
    clerk, path, seen = Visitor(office, "clerk"), f"/cases/{number}/timeline", list[str]()
    for _ in range(MANY):
        page = clerk.see(path)
        seen = [*re.findall(r"备注\d{4}", words(page)), *seen]
        earlier = re.search(r'href="([^"]+)" rel="prev"', page.text)
        if earlier is None:
            break
        path = earlier[1].replace("&amp;", "&")
    assert seen == [f"备注{n:04d}" for n in range(MANY)]
    assert label("event", "case.opened", "zh") in words(page)
    assert 'rel="last"' in page.text


@pytest.mark.parametrize("before", ["x", "-1", "0", "999999999999", "٣"])
def test_an_odd_place_in_the_timeline_is_its_end(office: Office, before: str) -> None:
    number = apply(office)
    page = Visitor(office, "clerk").see(f"/cases/{number}/timeline?before={before}")
    assert page.status_code == 200


def test_the_diagram_and_the_materials_know_every_event(office: Office, number: str) -> None:
    clerk = Visitor(office, "clerk")
    school = Visitor(office, "operator")
    assert "申请表" in words(clerk.see(f"/cases/{number}/materials"))
    diagram = words(clerk.see(f"/cases/{number}/diagram"))
    assert "已走过" in diagram
    progress = words(school.see(f"/my/cases/{number}"))
    assert "一次性告知补正：缺 1 项材料" in progress
    assert "备注" not in progress
