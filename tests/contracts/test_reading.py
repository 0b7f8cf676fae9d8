"""Lists: who sees which case, what narrows them, and pages that neither skip nor repeat."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case.decision import Decision
from domain.case.envelope import Fact
from domain.case.events import CaseAssigned, CaseOpened, NoticeIssued
from domain.ports import CaseFilter, Page, Viewer
from tests.contracts.stories import (
    CLERK,
    DUE,
    MORNING,
    SCHOOL,
    House,
    done,
    judged,
    open_one,
    receipt,
    received,
)

EVERYWHERE = Viewer(jurisdiction="000000")
ALL = CaseFilter()


def open_in(house: House, number: str, jurisdiction: str, organisation: str = "") -> str:
    """Open a case of a jurisdiction and applicant; a minute after the one before."""
    act = received(house, receipt(number)).command
    with house.store.open_case(act.case_id) as session:
        decision = judged(None, act, session.now, number=number)
        opened = decision.facts[0].event
        assert isinstance(opened, CaseOpened)
        applicant = opened.applicant
        if organisation:
            applicant = replace(applicant, organisation=organisation, name=f"机构{organisation}")
        other = replace(opened, jurisdiction=jurisdiction, applicant=applicant)
        facts = (replace(decision.facts[0], event=other), *decision.facts[1:])
        session.record(act, replace(decision, facts=facts))
    house.set_clock("t-a", house.cases.now("t-a") + timedelta(minutes=1))
    return act.case_id


@pytest.fixture(scope="module")
def three(shared_house: House) -> dict[str, str]:
    """Cases of the city, of one of its districts, and of another city, in this order."""
    house = shared_house
    places = {"city": "430100", "district": "430103", "elsewhere": "430200"}
    return {
        name: open_in(house, f"{code}-BA-2024-00000{n}", code, organisation=name)
        for n, (name, code) in enumerate(places.items(), 1)
    }


def names(page: Page, three: dict[str, str]) -> list[str]:
    """Which of the three a page holds."""
    known = {case_id: name for name, case_id in three.items()}
    return [known[one.id] for one in page.items]


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (EVERYWHERE, ["elsewhere", "district", "city"]),
        (Viewer(jurisdiction="430000"), ["elsewhere", "district", "city"]),
        (Viewer(jurisdiction="430100"), ["district", "city"]),
        (Viewer(jurisdiction="430103"), ["district"]),
        (Viewer(organisation="city"), ["city"]),
        (Viewer(jurisdiction="430200", organisation="city"), ["elsewhere", "city"]),
        (Viewer(), []),
    ],
)
def test_a_viewer_sees_the_own_place_and_below_or_the_own_organisation(
    shared_house: House, three: dict[str, str], viewer: Viewer, seen: list[str]
) -> None:
    cases = shared_house.cases
    assert names(cases.cases("t-a", viewer, ALL), three) == seen
    assert set(names(cases.work("t-a", viewer, ALL), three)) == set(seen)
    assert cases.cases("t-b", viewer, ALL).items == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CaseFilter(procedure="filing"), ["elsewhere", "district", "city"]),
        (CaseFilter(procedure="sanction"), []),
        (CaseFilter(status=("draft",)), ["elsewhere", "district", "city"]),
        (CaseFilter(status=("closed", "refused")), []),
        (CaseFilter(jurisdiction="430100"), ["district", "city"]),
        (CaseFilter(organisation="district"), ["district"]),
        (CaseFilter(text="BA-2024-000003"), ["elsewhere"]),
        (CaseFilter(text="机构dis"), ["district"]),
        (CaseFilter(text="%"), []),
        (CaseFilter(open_only=True), ["elsewhere", "district", "city"]),
        (CaseFilter(unassigned=True), ["elsewhere", "district", "city"]),
        (CaseFilter(assignee="p-clerk"), []),
        (CaseFilter(holder="authority"), ["elsewhere", "district", "city"]),
        (CaseFilter(holder="applicant"), []),
        (CaseFilter(due_from=DUE, due_to=DUE), ["city", "district", "elsewhere"]),
        (CaseFilter(due_to=DUE - timedelta(days=1)), []),
        (CaseFilter(due_from=DUE + timedelta(days=1)), []),
    ],
)
def test_a_filter_narrows_to_what_it_says(
    shared_house: House, three: dict[str, str], wanted: CaseFilter, found: list[str]
) -> None:
    page = shared_house.cases.cases("t-a", EVERYWHERE, wanted)
    order = sorted if wanted.due_from or wanted.due_to else list
    assert order(names(page, three)) == order(found)


def test_an_assigned_task_is_found_by_its_assignee(house: House) -> None:
    case_id, other = open_one(house, "k-1"), open_one(house, "k-2")
    act = received(house, receipt("k-3", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        given = Fact(
            event=CaseAssigned(to="p-clerk", tasks=("t-1",)), actor=CLERK, effective_at=MORNING
        )
        decision = Decision(facts=(given,), outcome=done(session.case, given), stream=case_id)
        session.record(act, decision)
    mine = house.cases.work("t-a", EVERYWHERE, CaseFilter(assignee="p-clerk"))
    free = house.cases.work("t-a", EVERYWHERE, CaseFilter(unassigned=True))
    assert [[one.id for one in page.items] for page in (mine, free)] == [[case_id], [other]]


@pytest.mark.parametrize("wanted", [ALL, CaseFilter(due_from=DUE)])
@pytest.mark.parametrize("kind", ["cases", "work"])
def test_pages_follow_each_other_without_gap_or_repeat(
    house: House, kind: str, wanted: CaseFilter
) -> None:
    opened = {open_one(house, f"k-{n}") for n in range(7)}  # all at one instant, due on one day
    read: Callable[..., Page] = getattr(house.cases, kind)
    found, cursor, pages = list[str](), "", 0
    while cursor or not pages:
        page = read("t-a", EVERYWHERE, wanted, cursor, 3)
        found += [one.id for one in page.items]
        cursor, pages = page.next_cursor, pages + 1
    assert pages == 3
    assert len(found) == len(set(found)) == 7
    assert set(found) == opened


def test_a_case_is_found_by_id_and_by_number_in_its_tenant_only(
    shared_house: House, three: dict[str, str]
) -> None:
    house = shared_house
    by_id = house.cases.any_case("t-a", three["city"])
    for near in (EVERYWHERE, Viewer(jurisdiction="430100"), Viewer(organisation="city")):
        assert house.cases.case("t-a", three["city"], near) == by_id
    for foreign in (Viewer(), Viewer(jurisdiction="430200"), Viewer(organisation="elsewhere")):
        assert house.cases.case("t-a", three["city"], foreign) is None
    assert by_id is not None
    assert house.cases.any_case("t-a", by_id.number) == by_id
    assert house.cases.any_case("t-b", three["city"]) is None
    assert house.cases.any_case("t-b", by_id.number) is None
    for nothing in ("", "x", "'; DROP TABLE cases; --", "01977777-0000-7000-8000-000000000000"):
        assert house.cases.any_case("t-a", nothing) is None


def test_a_paper_leads_to_its_case_from_its_number_alone(house: House) -> None:
    number, letter = "430100-BA-2024-000001", "案卷演示〔2024〕1号"
    one = open_in(house, number, "430100")
    act = received(house, receipt("letter", case_id=one, opening=None)).command
    with house.store.open_case(one) as session:
        sent = NoticeIssued(notice="n-1", kind="filing.acceptance", number=letter)
        fact = Fact(event=sent, actor=CLERK, effective_at=session.now)
        session.record(act, Decision(facts=(fact,), outcome=done(session.case, fact), stream=one))
    assert house.cases.papers(letter) == (("t-a", one),)
    assert house.cases.papers(number) == (("t-a", one),)
    for unknown in ("案卷演示〔2024〕2号", "", "x" * 300, "430100"):
        assert house.cases.papers(unknown) == ()


def test_a_task_is_found_by_its_public_id(house: House) -> None:
    case_id = open_one(house)
    found = house.cases.find_task("t-a", f"{case_id}.t-1", EVERYWHERE)
    assert found is not None
    assert found.id == case_id
    for nothing in (f"{case_id}.t-9", f"{case_id}", "x.t-1", "", "t-1"):
        assert house.cases.find_task("t-a", nothing, EVERYWHERE) is None
    assert house.cases.find_task("t-b", f"{case_id}.t-1", EVERYWHERE) is None


def test_the_timeline_goes_on_after_a_version_and_stops_at_a_limit(house: House) -> None:
    case_id = open_one(house)
    assert [one.version for one in house.cases.any_timeline("t-a", case_id, after=1, limit=1)] == [
        2
    ]
    assert house.cases.any_timeline("t-b", case_id) == []
    middle = house.cases.any_timeline("t-a", case_id, after=1)[0]
    whole = house.cases.any_timeline("t-a", case_id)[1]
    assert middle == whole  # also when the append's first event is not read
    assert middle.meta.actor == SCHOOL
