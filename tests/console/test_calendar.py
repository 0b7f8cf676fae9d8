"""The calendar of batches: what is held when, and until when one may report."""

import re

import pytest

from infra.fixtures import registers
from tests.console.browsing import Visitor, hidden, words
from tests.console.office import TENANT, Office
from tests.console.test_any_case import BANK, BANK_REPORT, BATCH, BATCH_REPORT, FILED, PLAN

LINE = "6-18-01-01,车工,数控车工,四级（中级工）,在籍学生,2026-09,2026-10,长沙,1,理论；实操,50,"


@pytest.fixture
def school(office: Office) -> Visitor:
    """A school on file, with its plan and its question bank."""
    for entries in registers({"institutions": [FILED]}):
        office.store.register(TENANT, entries)
    who = Visitor(office, "operator")
    plan = _open(who, PLAN, {"year": "2026", "rows-text": LINE})
    Visitor(office, "clerk").act(f"/cases/{plan}/acts/plan.approve")
    _open(who, BANK, BANK_REPORT)
    return who


def _open(who: Visitor, path: str, fields: dict[str, str]) -> str:
    preview = who.send(path, **{**fields, **hidden(who.see(path)), "step": "preview"})
    return who.send(path, **hidden(preview), step="sign").url.path.split("/")[3]


def _batch(school: Visitor, first: str, last: str = "") -> str:
    return _open(school, BATCH, {**BATCH_REPORT, "starts_on": first, "ends_on": last})


def _cell(page: str, day: str) -> str:
    """Return the cell of a day: its classes and what it holds."""
    cells: list[str] = re.findall(r"<td.*?</td>", page, re.DOTALL)
    return next(one for one in cells if f"/batches/{day}" in one)


def test_days_are_shaded_by_the_last_moment_to_report(school: Visitor) -> None:
    page = school.see("/batches?month=2026-09").text
    assert "已过报送期" in _cell(page, "2026-09-30")
    assert 'class="past' in _cell(page, "2026-09-20")
    assert "today" in _cell(page, "2026-09-21")
    october = school.see("/batches?month=2026-10").text
    assert "可报" in _cell(october, "2026-10-10")
    # 9 and 8 October, 30, 29, 28, 24 and 23 September: between them two holidays
    said = words(school.see("/batches/2026-10-10"))
    assert "最迟2026年9月23日（周三） 24:00 报送，还有 2 个工作日。" in said


def test_a_day_changes_its_shade_with_the_second_after_its_last_moment(
    office: Office, school: Visitor
) -> None:
    office.now("2026-10-12T23:59:59+08:00")
    assert "就是今天" in words(school.see("/batches/2026-10-21"))
    office.now("2026-10-13T00:00:00+08:00")
    said = words(school.see("/batches/2026-10-21"))
    assert "已经过了；没有正当理由不予通过" in said
    assert "HN-2022-1 二(三)" in said


def test_holidays_and_worked_weekends_are_marked(school: Visitor) -> None:
    page = school.see("/batches?month=2026-10").text
    assert "国庆节放假" in _cell(page, "2026-10-01")
    assert "调休上班" in _cell(page, "2026-10-10")
    assert "mark-of-day" not in _cell(page, "2026-10-12")


def test_a_batch_stands_on_each_of_its_days_for_both_sides(office: Office, school: Visitor) -> None:
    number = _batch(school, "2026-10-17", "2026-10-18")
    for who in (school, Visitor(office, "clerk"), Visitor(office, "province-reviewer")):
        page = who.see("/batches?month=2026-10")
        assert number in words(page)
        for day in ("2026-10-17", "2026-10-18"):
            assert "1 批" in _cell(page.text, day)
        assert number in words(who.see("/batches/2026-10-18"))
        assert "当天没有批次" in words(who.see("/batches/2026-10-19"))
    assert "本月没有批次" in words(Visitor(office, "zhuzhou-clerk").see("/batches?month=2026-10"))


def test_a_batch_that_waits_for_permits_stands_on_every_list(
    office: Office, school: Visitor
) -> None:
    site = {"site-address": "株洲市示例路2号", "site-jurisdiction": "430200"}
    number = _open(school, BATCH, {**BATCH_REPORT, **site, "starts_on": "2026-10-17"})
    act = f"/cases/{number}/acts/batch.request_external_site"
    school.act(act, **site, reason="本校设备检修")
    for login in ("clerk", "zhuzhou-clerk"):
        who = Visitor(office, login)
        for path in ("/", "/tasks", "/cases", "/batches?month=2026-10"):
            assert number in words(who.see(path))


def test_a_report_begins_with_the_day_chosen(school: Visitor) -> None:
    page = school.see("/batches/2026-10-17").text
    (path,) = re.findall(r'href="(/start/batch[^"]+)"', page)
    assert re.search(r'name="starts_on"[^>]*value="2026-10-17"', school.see(path).text)
    for other in ("2026-99-99", '"><script>'):
        form = school.see(f"/start/batch/hunan?starts_on={other}")
        assert re.search(r'name="starts_on"[^>]*value=""', form.text)


def test_months_go_on_to_both_sides_and_end_somewhere(school: Visitor) -> None:
    page = school.see("/batches?month=2026-12").text
    assert "month=2026-11" in page
    assert "month=2027-01" in page
    assert "month=2100-01" not in school.see("/batches?month=2099-12").text
    for odd in ("nonsense", "2026-13", "1999-12", "9999-12"):
        assert "2026年9月" in words(school.see(f"/batches?month={odd}"))
    assert school.see("/batches/2026-02-30").status_code == 404


def test_who_sees_no_cases_sees_no_calendar(office: Office) -> None:
    assert Visitor(office, "public").see("/batches").status_code == 403
