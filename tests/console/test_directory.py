"""The public directory: pages that need no sign-in."""

import pytest

from domain.registers import blocks
from domain.registers.blocks import Block
from domain.registers.codes import Retired, retired
from domain.registers.institutions import Institution, InstitutionRegistered, ScopeItem
from infra.event_store.registers import RegisterEntries
from tests.console.browsing import Visitor, words
from tests.console.office import MONDAY, TENANT, Office

CODE = "Y000043000001"


@pytest.fixture
def listed(office: Office) -> Office:
    """The office with two institutions on file, one of which may not evaluate now."""
    entries = [
        InstitutionRegistered(
            institution=Institution(
                name=name, uscc=f"u-{n}", type="school", address="路1号", principal="p-secret"
            ),
            jurisdiction=place,
            scope=(ScopeItem(occupation_code="6-18-01-01", occupation="车工", level=n + 2),),
            institution_code=f"Y00004300000{n}",
        )
        for n, name, place in ((1, "长沙甲校", "430100"), (2, "株洲乙校", "430200"))
    ]
    office.store.register(TENANT, RegisterEntries(name="institutions", events=entries))
    claim = blocks.claim(
        "u-2", Block(what="video", since=MONDAY, cite="HN-2022-1 四(十七)", case="secret-case")
    )
    office.store.tables.claims[TENANT, claim.kind, claim.key, claim.holder] = (claim, 1)
    return office


def test_anybody_sees_who_is_filed_for_what_and_what_stands_against_whom(listed: Office) -> None:
    page = Visitor(listed).see("/directory")
    said = words(page)
    assert page.status_code == 200
    assert "长沙甲校" in said
    assert "车工 6-18-01-01 三级（高级工）" in said
    assert "监控视频未上传" in said
    assert "p-secret" not in page.text
    assert "secret-case" not in page.text


def test_filters_narrow_the_list_and_a_wrong_place_is_told(listed: Office) -> None:
    anybody = Visitor(listed)
    for query, found in (
        ("q=乙", ["株洲乙校"]),
        ("jurisdiction=430100", ["长沙甲校"]),
        ("level=4", ["株洲乙校"]),
        ("occupation_code=6-20-01-01", []),
    ):
        said = words(anybody.see(f"/directory?{query}"))
        names = [name for name in ("长沙甲校", "株洲乙校") if name in said]
        assert names == found, query
    assert "没有符合条件的机构" in words(anybody.see("/directory?q=丙"))
    assert "六位行政区划代码" in words(anybody.see("/directory?jurisdiction=43"))


def test_one_institution_has_a_page_of_its_own(listed: Office) -> None:
    anybody = Visitor(listed)
    said = words(anybody.see(f"/directory/{CODE}"))
    assert CODE in said
    assert "长沙市" in said
    assert "2026年9月21日" in said
    assert "依据 HN-2022-1 四(十七)" in words(anybody.see("/directory/Y000043000002"))
    assert anybody.see("/directory/Y000043000099").status_code == 404


def test_a_retired_code_says_so(listed: Office) -> None:
    gone = retired("Y000043000007", Retired(uscc="u-7", since=MONDAY.date(), reason="exit"))
    listed.store.tables.claims[TENANT, gone.kind, gone.key, gone.holder] = (gone, 1)
    assert "不再赋予其他机构" in words(Visitor(listed).see("/directory/Y000043000007"))


def test_the_same_list_is_offered_as_csv_and_in_english(listed: Office) -> None:
    anybody = Visitor(listed)
    page = anybody.see("/directory?q=乙")
    assert (
        'href="/api/v1/public/institutions?q=%E4%B9%99&amp;format=csv&amp;limit=200"' in page.text
    )
    anybody.see("/language/en?to=/directory")
    assert "Directory of institutions" in words(anybody.see("/directory"))
