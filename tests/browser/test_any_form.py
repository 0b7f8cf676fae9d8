"""Forms made from payloads in a real browser: every opening, rows and lists without scripts."""

import pytest

from api.console.openings import startable
from infra.fixtures import registers
from infra.sandbox_people import SEEDED
from tests.browser.conftest import House, NewVisitor
from tests.console.office import TENANT
from tests.console.test_any_case import FILED, LINE

PATHS = sorted({one.path for one in startable(SEEDED["operator"]) if one.path.startswith("/start")})


@pytest.mark.parametrize("width", [390, 1280])
def test_every_opening_form_can_be_read_and_says_what_is_missing(
    house: House, visitor: NewVisitor, width: int
) -> None:
    school = visitor(house.url, width=width).sign_in("operator")
    school.go("/start")
    school.look("start")
    for path in PATHS:
        name = path.replace("/", "-").replace("?do=", "-")
        school.go(path)
        school.look(f"form{name}")
        school.page.get_by_role("button", name="下一步").last.click()
        school.says("请先改正下列内容")
        school.look(f"faults{name}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_plan_is_pasted_mended_and_signed(
    house: House, visitor: NewVisitor, *, scripts: bool
) -> None:
    for entries in registers({"institutions": [FILED]}):
        house.office.store.register(TENANT, entries)
    school = visitor(house.url, scripts=scripts).sign_in("operator")
    page = school.page
    school.go("/start/annual_plan/hunan")
    page.fill("#year", "2026")
    page.locator("#rows summary").click()
    page.fill("#rows-text", "\n".join(LINE.format(n=n) for n in (1, 2)))
    school.press("读入这些行")
    page.fill("#rows-1-evaluation_period", "十一月")
    page.keyboard.press("Enter")
    school.says("第 2 行：")
    school.look("fault-in-a-row")
    page.fill("#rows-1-evaluation_period", "2026-12")
    page.get_by_role("button", name="下一步").last.click()
    school.says("您填写的内容")
    school.look("preview")
    school.press("返回修改")
    assert page.input_value("#rows-1-evaluation_period") == "2026-12"
    page.get_by_role("button", name="下一步").last.click()
    school.press("确认并报送年度计划")
    school.says("收件不等于受理")
    clerk = visitor(house.url, scripts=scripts).sign_in("clerk")
    clerk.go("/")
    clerk.page.locator(".duties a.title").first.click()
    clerk.says("第2班")
    clerk.look("task")
