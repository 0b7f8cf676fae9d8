"""Single pages in a browser: live news, the diagram, English, the clock, the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, NewVisitor
from tests.console.browsing import apply, ask_for_premises

OFFICIAL = [
    "/", "/tasks", "/cases", "/deadlines", "/batches", "/batches/2026-10-10", "/notices-running",
    "/directory", "/dev/clock", "/credits", "/nothing",
]  # fmt: skip
TABS = ["", "/timeline?depth=technical", "/diagram", "/materials", "/notices", "/deadlines"]


def test_what_is_done_in_one_tab_appears_in_the_other_and_moves_no_focus(
    house: House, visitor: NewVisitor
) -> None:
    number = apply(house.office)
    clerk = visitor(house.url).sign_in("clerk")
    clerk.go(f"/cases/{number}")
    clerk.page.wait_for_load_state("load")
    link = clerk.page.get_by_role("link", name="材料", exact=True)
    link.focus()
    ask_for_premises(house.office, number)
    expect(clerk.page.locator("#wait")).to_contain_text("补正材料", timeout=2_000)
    expect(link).to_be_focused()
    expect(clerk.page.locator("#said")).to_have_text("页面已更新")


def test_a_form_keeps_its_input_and_says_that_the_case_moved(
    house: House, visitor: NewVisitor
) -> None:
    number = apply(house.office)
    reviewer = visitor(house.url).sign_in("reviewer")
    reviewer.go(f"/cases/{number}/acts/filing.refuse_acceptance")
    reviewer.page.fill("#reasons", "场地不足")
    ask_for_premises(house.office, number)
    expect(reviewer.page.locator("#news")).to_be_visible()
    expect(reviewer.page.locator("#reasons")).to_have_value("场地不足")


def test_the_diagram_marks_the_live_position_with_names_as_text(
    house: House, visitor: NewVisitor
) -> None:
    number = apply(house.office)
    clerk = visitor(house.url).sign_in("clerk")
    clerk.go(f"/cases/{number}/diagram")
    expect(clerk.page.locator("#viewer .at-work > rect")).to_have_count(1)
    expect(clerk.page.locator("#drawing")).to_be_hidden()
    expect(clerk.page.locator("#viewer foreignObject")).to_have_count(0)
    assert clerk.page.locator("#viewer text").count() > 20
    clerk.look("diagram")


@pytest.mark.parametrize("width", [768, 390])
def test_every_page_in_english_fits_and_can_be_read_by_all(
    house: House, visitor: NewVisitor, width: int
) -> None:
    number = apply(house.office)
    ask_for_premises(house.office, number)
    clerk = visitor(house.url, width=width).sign_in("clerk")
    clerk.go("/language/en?to=/")
    for path in [*OFFICIAL, *(f"/cases/{number}{tab}" for tab in TABS)]:
        clerk.go(path)
        expect(clerk.page.locator("html")).to_have_attribute("lang", "en")
        clerk.look(path.strip("/").replace("/", "-").partition("?")[0] or "desk")


def test_the_pages_of_an_institution_in_english(house: House, visitor: NewVisitor) -> None:
    number = apply(house.office)
    ask_for_premises(house.office, number)
    school = visitor(house.url, width=360).sign_in("operator")
    school.go("/language/en?to=/my")
    for path in ("/my", "/apply/filing", f"/my/cases/{number}", f"/my/cases/{number}/corrections"):
        school.go(path)
        school.look(path.strip("/").replace("/", "-"))


def test_the_clock_goes_to_the_deadline_and_the_board_follows(
    house: House, visitor: NewVisitor
) -> None:
    apply(house.office)
    clerk = visitor(house.url).sign_in("clerk")
    clerk.go("/dev/clock")
    clerk.press("走到下一个期限")
    clerk.says("时钟已拨到")
    clerk.look("clock")
    clerk.go("/deadlines")
    clerk.says("现在没有在计算的期限")


def test_the_arrow_keys_walk_along_the_tabs(house: House, visitor: NewVisitor) -> None:
    number = apply(house.office)
    clerk = visitor(house.url).sign_in("clerk")
    clerk.go(f"/cases/{number}")
    clerk.page.get_by_role("link", name="概览", exact=True).focus()
    clerk.page.keyboard.press("ArrowRight")
    expect(clerk.page.get_by_role("link", name="时间线", exact=True)).to_be_focused()


def test_an_ordinary_page_is_light(house: House, visitor: NewVisitor) -> None:
    apply(house.office)
    clerk = visitor(house.url).sign_in("clerk")
    sizes: list[int] = []
    clerk.page.on("response", lambda one: sizes.append(len(one.body()) if one.ok else 0))
    clerk.go("/tasks")
    assert sum(sizes) < 150_000
