"""An institution's year in a browser: plan, bank, batch, change; calendar, letters, directory."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.fixtures import registers
from tests.browser import batching
from tests.browser.conftest import House, NewVisitor, served
from tests.browser.watching import Watched
from tests.console.noticing import put_on_notice
from tests.console.office import TENANT, open_office
from tests.examples.papers import picture_of


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    """An office where a school is on file, with those who run its exams."""
    office = open_office(tmp_path, others=batching.exam_people())
    for entries in registers({"institutions": [batching.FILED]}):
        office.store.register(TENANT, entries)
    with served(office.app) as url:
        yield House(office, url)


def visiting(house: House, visitor: NewVisitor, **how: int | bool) -> Callable[[str], Watched]:
    """Return what gives the window of a login, one for each."""
    windows: dict[str, Watched] = {}

    def visit(login: str) -> Watched:
        if login not in windows:
            windows[login] = visitor(house.url, **how).sign_in(login)
        return windows[login]

    return visit


def test_a_school_plans_examines_in_another_city_and_changes_its_filing(
    school: House, visitor: NewVisitor
) -> None:
    visit = visiting(school, visitor)
    batching.plan(visit)
    number = batching.report(visit)
    batching.permitted(visit, number)
    batching.run(visit, school.office.now, number)
    case = school.office.services.cases.any_case(TENANT, number)
    assert case is not None
    assert case.status == "closed"
    _calendars(visit)
    _letter(visit, number)
    batching.change(visit)
    _directory(school, visitor)


def test_a_batch_is_reported_and_permitted_on_a_phone_without_scripts(
    school: House, visitor: NewVisitor
) -> None:
    visit = visiting(school, visitor, width=390, scripts=False)
    batching.plan(visit)
    number = batching.report(visit)
    batching.permitted(visit, number)
    visit("operator").go("/batches?month=2026-10")
    visit("operator").says("1 批")
    visit("operator").look("calendar")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_anybody_reads_a_public_notice_and_objects_to_it(
    house: House, visitor: NewVisitor, *, scripts: bool
) -> None:
    number = put_on_notice(house.office)
    citizen = visitor(house.url, width=390, scripts=scripts)
    citizen.go("/notices-running")
    citizen.look("notices")
    citizen.follow(batching.SCHOOL.name)
    citizen.look("notice")
    citizen.follow("登录后提出异议")
    citizen.page.click('button[value="public"]')
    citizen.page.fill("#text", "场地与申报不符")
    citizen.look("objection")
    citizen.press("提出异议")
    citizen.says("异议已收到")
    citizen.says(number)
    citizen.look("receipt")


def test_pages_of_batches_fit_a_phone_and_can_be_read_by_all(
    school: House, visitor: NewVisitor
) -> None:
    fast = visiting(school, visitor, axe=False)
    batching.plan(fast)
    number = batching.report(fast)
    visit = visiting(school, visitor, width=390)
    for login, paths in {
        "operator": ("/batches", f"/batches/{batching.EXAM}", "/start/batch/hunan", "/start"),
        "clerk": ("/batches?month=2026-10", f"/cases/{number}", "/", "/notices-running"),
        "public": ("/", "/directory", "/directory/S000043000001"),
    }.items():
        who = visit(login)
        for path in paths:
            who.go(path)
            who.look(f"{login}-{path.strip('/').replace('/', '-').partition('?')[0] or 'home'}")


def _calendars(visit: Callable[[str], Watched]) -> None:
    for login in ("operator", "clerk"):
        who = visit(login)
        who.go("/batches?month=2026-10")
        who.page.get_by_role("link", name="车工 四级").first.wait_for()
        assert who.page.locator("table.month td.rest").count() > 10  # the holiday and weekends
        who.look("calendar")
        who.page.get_by_role("link", name="下月").click()
        who.says("本月没有批次")


def _letter(visit: Callable[[str], Watched], number: str) -> None:
    """Open the letters of a case, one of them, and its PDF; keep a picture of its first page."""
    clerk = visit("clerk")
    clerk.go(f"/cases/{number}/notices")
    clerk.look("letters")
    clerk.page.locator("table th a").first.click()
    clerk.look("letter")
    path = clerk.page.get_by_role("link", name="下载 PDF").get_attribute("href")
    answer = clerk.page.request.get(f"{clerk.url}{path}")
    assert answer.headers["content-type"] == "application/pdf"
    (clerk.folder / "letter-as-pdf.png").write_bytes(picture_of(answer.body()))


def _directory(school: House, visitor: NewVisitor) -> None:
    """Anybody finds the school, with what it may evaluate now."""
    anybody = visitor(school.url)
    anybody.go("/directory?q=长沙")
    anybody.look("directory")
    anybody.follow(batching.SCHOOL.name)
    anybody.says("三级（高级工）")
    anybody.look("institution")
