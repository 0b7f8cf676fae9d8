"""What activities promise: codes only, letters once, and every one that is named is registered."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.exceptions import ApplicationError
from typing_extensions import override

from activities.advance import Advance
from activities.failures import only_codes_leave
from activities.notices import PAGE, Notices, letter_of
from activities.roster import Ports, roster
from domain.case.actor import Actor
from domain.case.command import Opening
from domain.case.envelope import Recorded
from domain.case.evolve import rendering
from domain.case.labels import label
from domain.kernel.errors import LawGapError
from domain.kernel.json import Json
from domain.ports import BodyDiffers, Receipt, World
from domain.procedures.process.facts import CALL
from domain.procedures.table import PROCEDURES
from infra.definitions import load_definitions
from infra.files import FolderFiles
from infra.law_data import load_calendar, load_law_book, load_occupations
from infra.letters.press import LetterPress
from infra.memory_store import MemoryStore
from infra.sandbox_clock import ClockRow
from infra.views.memory import MemoryCases
from infra.webhooks.calling import HttpWeb
from infra.webhooks.endpoints import MemoryEndpoints
from tests.examples.papers import text_of
from tests.press import FONTS, shared_press
from tests.workflows.filing import CLERK, EXAMPLE, FRIDAY, REVIEWER, SCHOOL, SUPPLEMENT
from workflows.procedures import WORKFLOWS

FILING = Opening(procedure="filing", variant="hunan")
PLANTED = "张三-the-person"


class Desk:
    """A store in memory with the activities on it."""

    def __init__(self, folder: Path) -> None:
        self.store = MemoryStore(load_calendar())
        self.store.tables.tenants["t"] = ClockRow(kind="sandbox", frozen_at=FRIDAY)
        self.cases = MemoryCases(self.store)
        self.files = FolderFiles(folder)
        world = World(
            definitions=load_definitions(),
            book=load_law_book(),
            calendar=load_calendar(),
            occupations=load_occupations(),
        )
        press = shared_press(FONTS)
        self.ports = Ports(
            store=self.store,
            cases=self.cases,
            files=self.files,
            world=world,
            press=press,
            endpoints=MemoryEndpoints(),
            web=HttpWeb(),
        )
        self.advance = Advance(self.store, world)
        self.notices = Notices(self.store, self.cases, self.files, press)

    def do(
        self, name: str, actor: Actor, payload: Json, case: str | None = None, key: str = ""
    ) -> str:
        """Receive and decide an act; return the id of its case."""
        receipt = Receipt(
            tenant="t",
            client="test",
            key=key or name,
            fingerprint=key or name,
            case_id=case,
            name=name,
            payload=payload,
            actor=actor,
            channel="api:test",
            opening=None if case else FILING,
        )
        stored = self.store.receive(receipt)
        assert not isinstance(stored, BodyDiffers)
        turn = self.advance.advance(stored.command.case_id, stored.command.id)
        assert turn.outcome == "done", turn.code
        return stored.command.case_id

    def with_a_letter(self) -> str:
        """Open a filing and list what it lacks; return the id of the case."""
        payload = json.loads(EXAMPLE.read_text(encoding="utf-8"))["with"]
        case = self.do("filing.submit", SCHOOL, payload)
        return self.do("filing.request_supplement", CLERK, SUPPLEMENT, case)


class Counting(MemoryCases):
    """Counts the events it was asked for."""

    events = 0

    @override
    def any_timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        found = super().any_timeline(tenant, case_id, after, limit)
        self.events += len(found)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _names(activities: Sequence[object]) -> set[str]:
    return {str(activity._Definition.must_from_callable(one).name) for one in activities}  # type: ignore[arg-type]  # noqa: SLF001  – the SDK has no public way to ask


def test_every_activity_that_a_conductor_or_a_case_names_is_registered(desk: Desk) -> None:
    named = {"case.advance", rendering("n-1").partition(":")[0], CALL}
    assert _names(roster(desk.ports)) == named


def test_every_procedure_has_the_workflow_type_it_names() -> None:
    assert {one.__name__ for one in WORKFLOWS} == {one.workflow for one in PROCEDURES.values()}


def test_a_command_is_decided_once_however_often_it_is_advanced(desk: Desk) -> None:
    case = desk.with_a_letter()
    before = desk.cases.any_timeline("t", case)
    stored = before[-1].meta.command
    assert desk.advance.advance(case, stored) == desk.advance.advance(case, stored)
    assert desk.cases.any_timeline("t", case) == before


def test_a_turn_names_each_letter_that_is_not_yet_rendered(desk: Desk) -> None:
    case = desk.with_a_letter()
    turn = desk.advance.advance(case, None)
    assert [(job.activity, job.key) for job in turn.jobs] == [
        ("notice.render", f"{case}:notice.render:n-1")
    ]
    assert turn.wake_after is None  # the clock stands


def test_a_letter_is_rendered_once_and_reported_by_one_command(desk: Desk) -> None:
    case = desk.with_a_letter()
    key = f"{case}:notice.render:n-1"
    report = desk.notices.render(key)
    assert desk.notices.render(key) == report
    turn = desk.advance.advance(case, report)
    assert (turn.outcome, turn.jobs) == ("done", [])
    found = desk.cases.any_case("t", case)
    assert found is not None
    page = desk.files.get(found.notices[0].digest)
    assert page is not None
    text = page.decode()
    assert "<h1>补正告知书</h1>" in text
    assert "场地证明：缺少消防证明" in text
    assert "请于2024年5月7日（含当日）以前办理" in text
    assert found.notices[0].number in text
    content = desk.files.get(found.notices[0].printed)
    assert content is not None
    printed = text_of(content)
    assert "请于2024年5月7日（含当日）以前办理" in printed
    assert found.notices[0].number in printed
    assert (found.notices[0].pages, found.notices[0].template) == (1, "2")


def test_a_new_layout_never_touches_a_letter_that_was_rendered(desk: Desk) -> None:
    case = desk.with_a_letter()
    key = f"{case}:notice.render:n-1"
    desk.advance.advance(case, desk.notices.render(key))
    before = desk.cases.any_case("t", case)
    press = LetterPress(FONTS, "https://another.example")
    press.template = "99"
    again = Notices(desk.store, desk.cases, desk.files, press)
    desk.advance.advance(case, again.render(key))
    assert desk.cases.any_case("t", case) == before


def test_a_letter_rendered_late_says_what_it_said_then(desk: Desk) -> None:
    case = desk.with_a_letter()
    before = desk.cases.any_case("t", case)
    assert before is not None
    early = letter_of(desk.cases, "t", before, "n-1")
    for n in range(2 * PAGE):  # long enough that the letter's act is not among the last events
        desk.do("case.note", CLERK, {"text": f"备注{n}"}, case, key=f"note-{n}")
    desk.do("case.transfer", REVIEWER, {"jurisdiction": "430200", "reason": "属地"}, case)
    after = desk.cases.any_case("t", case)
    assert after is not None
    assert letter_of(desk.cases, "t", after, "n-1") == early
    assert (early.issuer, after.jurisdiction) == ("长沙市鉴定中心", "430200")


def test_a_letter_reads_its_own_act_however_long_the_case(desk: Desk) -> None:
    case = desk.with_a_letter()
    for n in range(4 * PAGE):
        desk.do("case.note", CLERK, {"text": f"备注{n}"}, case, key=f"note-{n}")
    reader = Counting(desk.store)
    Notices(desk.store, reader, desk.files, shared_press(FONTS)).render(f"{case}:notice.render:n-1")
    assert reader.events <= 2 * PAGE


def test_a_letter_of_a_case_nobody_opened_is_a_defect(desk: Desk) -> None:
    with pytest.raises(ApplicationError) as failure:
        desk.notices.render("01900000-0000-7000-8000-000000000000:notice.render:n-1")
    assert failure.value.type == "defect.unknown_name"
    assert failure.value.non_retryable


def test_every_kind_of_letter_has_a_title() -> None:
    sent = {"supplement", "acceptance", "not_accepted", "declined", "receipt"}
    titles = {kind: label("notice", f"filing.{kind}", "zh") for kind in sent}
    assert all("书" in title or "回执" in title for title in titles.values()), titles


def test_a_defect_leaves_under_its_code_and_is_not_tried_again() -> None:
    with pytest.raises(ApplicationError) as failure, only_codes_leave():
        raise LawGapError(f"no term for {PLANTED}")
    assert (failure.value.type, failure.value.non_retryable) == ("defect.law_gap", True)
    assert PLANTED not in str(failure.value)
    assert failure.value.__cause__ is None


def test_a_fault_leaves_under_the_name_of_its_class_and_may_be_tried_again() -> None:
    with pytest.raises(ApplicationError) as failure, only_codes_leave():
        raise ValueError(f"invalid input: {PLANTED}")
    assert (failure.value.type, failure.value.non_retryable) == ("ValueError", False)
    assert PLANTED not in str(failure.value)
