"""Time on the pages: lights, the board, the ledger, the sandbox clock."""

from tests.console.browsing import Visitor, apply, words
from tests.console.office import Office


def test_each_day_that_counts_or_does_not_is_named(office: Office) -> None:
    number = apply(office)
    page = words(Visitor(office, "clerk").see(f"/cases/{number}/deadlines"))
    assert "2026年9月25日（周五） – 中秋节放假" in page
    assert "2026年10月8日（周四） 7 工作日" in page


def test_the_card_moves_along_the_board_with_the_clock(office: Office) -> None:
    apply(office)
    clerk = Visitor(office, "clerk")
    assert "以后 1" in words(clerk.see("/deadlines"))
    office.now("2026-09-30T12:00:00+08:00")
    assert "3 个工作日内 1" in words(clerk.see("/deadlines"))
    office.now("2026-10-08T23:59:59+08:00")
    assert "今日 1" in words(clerk.see("/deadlines"))
    office.now("2026-10-09T00:00:00+08:00")
    assert "现在没有在计算的期限" in words(clerk.see("/deadlines"))


def test_counts_on_the_desk_equal_the_lists(office: Office) -> None:
    apply(office)
    office.now("2026-09-30T12:00:00+08:00")
    clerk = Visitor(office, "clerk")
    desk = words(clerk.see("/"))
    assert "待办 1" in desk
    assert "临期 1" in desk
    assert "受理审查" in words(clerk.see("/tasks?light=amber"))
    assert "受理审查" not in words(clerk.see("/tasks?light=red"))


def test_the_clock_goes_to_the_next_deadline_and_tells_what_the_law_did(office: Office) -> None:
    apply(office)
    page = words(Visitor(office, "clerk").send("/dev/clock", move="next"))
    assert "2026年10月8日（周四） 24:00" in page
    assert "视为受理" in page
    assert office.case().status == "accepted"


def test_the_clock_goes_working_days_on_over_a_holiday(office: Office) -> None:
    page = words(Visitor(office, "clerk").send("/dev/clock", move="days", days="４"))
    assert "2026年9月28日（周一） 09:00" in page


def test_the_clock_never_goes_back(office: Office) -> None:
    page = Visitor(office, "clerk").send("/dev/clock", move="to", at="2020-01-01T00:00")
    assert page.status_code == 422
    assert "时钟不能倒退" in words(page)


def test_the_list_finds_by_number_name_status_and_day(office: Office) -> None:
    number = apply(office)
    clerk = Visitor(office, "clerk")
    for query in (number, "甲培训"):
        assert number in words(clerk.see(f"/cases?q={query}"))
    assert number in words(clerk.see("/cases?status=received&from=2026-10-01&to=2026-10-31"))
    assert "没有符合条件的办件" in words(clerk.see("/cases?status=closed"))
    assert "日期没有看懂" in words(clerk.see("/cases?from=10月"))


def test_the_diagram_is_drawn_and_told_as_a_list(office: Office) -> None:
    number = apply(office)
    page = Visitor(office, "clerk").see(f"/cases/{number}/diagram")
    assert "<svg" in page.text
    assert 'aria-current="step"' in page.text
    assert "受理审查 现在在这里" in words(page)
