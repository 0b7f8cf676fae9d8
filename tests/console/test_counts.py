"""Counts on desk, work list and board are of everything in sight; pages go on to the end."""

import re
from dataclasses import replace
from html import unescape
from uuid import UUID

from httpx2 import Response

from tests.console.browsing import Visitor, apply, words
from tests.console.office import TENANT, Office

MANY = 60  # more than a page, and more than a column shows


def many(office: Office) -> None:
    """Have as many cases alike as `MANY`."""
    apply(office)
    first, tables = office.case(), office.store.tables
    for n in range(1, MANY):
        other = replace(first, id=str(UUID(int=n)), number=f"430100-BA-2026-9{n:05d}")
        tables.cases[other.id] = other
        tables.case_ids[other.id] = TENANT


def link(page: Response, text: str) -> str:
    """Return where the link with that text leads."""
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>([^<]*)</a>', page.text)
    return next(unescape(path) for path, name in found if text in name)


def numbers(page: Response) -> set[str]:
    return set(re.findall(r"430100-BA-2026-\d{6}", page.text))


def test_the_work_list_counts_all_and_goes_on_to_the_last(office: Office) -> None:
    many(office)
    clerk = Visitor(office, "clerk")
    assert f"待办 {MANY}" in words(clerk.see("/"))
    for path in ("/tasks", "/tasks?scope=free", "/tasks?light=green"):
        first = clerk.see(path)
        assert f"全部 {MANY}" in words(first)
        assert f"未分派 {MANY}" in words(first)
        second = clerk.see(link(first, "下一页"))
        assert len(numbers(first)) == 50
        assert len(numbers(first) | numbers(second)) == MANY
        assert "下一页" not in second.text
    assert numbers(clerk.see("/tasks?light=red")) == set()
    assert numbers(clerk.see("/tasks?scope=mine")) == set()


def test_a_column_of_the_board_counts_all_shows_the_first_and_leads_to_the_rest(
    office: Office,
) -> None:
    many(office)
    clerk = Visitor(office, "clerk")
    page = clerk.see("/deadlines?holder=authority")
    assert f"以后 {MANY}" in words(page)
    assert page.text.count("<li class=") == 12
    column = clerk.see(link(page, f"全部 {MANY}"))
    assert column.text.count("<li class=") == 50
    assert "超期" not in words(column)
    rest = clerk.see(link(column, "下一页"))
    assert rest.text.count("<li class=") == 10
    assert link(rest, "全部期限") == "/deadlines?holder=authority"
    assert "无" in words(clerk.see("/deadlines?column=late"))


def test_what_another_holds_is_counted_apart(office: Office) -> None:
    many(office)
    clerk = Visitor(office, "clerk")
    assert "以后" not in words(clerk.see("/deadlines?holder=applicant"))
    assert f"以后 {MANY}" in words(clerk.see("/deadlines?holder=nobody"))


def test_an_office_of_another_city_counts_none(office: Office) -> None:
    many(office)
    stranger = Visitor(office, "zhuzhou-clerk")
    assert "待办 0" in words(stranger.see("/"))
    assert "现在没有在计算的期限" in words(stranger.see("/deadlines"))
    assert numbers(stranger.see("/tasks")) == set()
    province = Visitor(office, "province-reviewer")
    assert f"待办 {MANY}" in words(province.see("/"))
