"""What is on public notice: read by anybody, objected to by who signs in, with a receipt."""

from infra.fixtures import registers
from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.noticing import put_on_notice
from tests.console.office import TENANT, Office
from tests.console.test_any_case import FILED, LINE, PLAN

NOTICES = "/notices-running"


def test_anybody_reads_what_is_on_notice(office: Office) -> None:
    number = put_on_notice(office)
    stranger = Visitor(office, "")
    assert "长沙甲培训学校" in words(stranger.see(NOTICES))
    said = words(stranger.see(f"{NOTICES}/{number}"))
    assert "车工 数控车工 6-18-01-01" in said
    assert "登录后提出异议" in said
    assert "示例路" not in said  # what is not on the notice


def test_a_filing_that_is_not_on_notice_cannot_be_seen(office: Office) -> None:
    number = apply(office)
    stranger = Visitor(office, "")
    assert "现在没有公示" in words(stranger.see(NOTICES))
    assert stranger.see(f"{NOTICES}/{number}").status_code == 404
    assert stranger.see(f"{NOTICES}/430100-BA-2026-000099").status_code == 404


def test_a_published_plan_is_on_no_notice(office: Office) -> None:
    for entries in registers({"institutions": [FILED]}):
        office.store.register(TENANT, entries)
    school, line = Visitor(office, "operator"), LINE.format(n=1)
    fields = {**hidden(school.see(PLAN)), "year": "2026", "rows-text": line}
    school.send(PLAN, **fields, step="sign")
    number = office.case().number
    Visitor(office, "clerk").act(f"/cases/{number}/acts/plan.approve")
    assert office.case().status == "decided"
    for login in ("", "public"):
        assert Visitor(office, login).see(f"{NOTICES}/{number}").status_code == 404
    assert Visitor(office, "public").send(f"{NOTICES}/{number}", text="x").status_code == 404


def test_an_objection_gets_a_receipt_and_the_center_a_task(office: Office) -> None:
    number = put_on_notice(office)
    citizen = Visitor(office, "public")
    page = citizen.see(f"{NOTICES}/{number}")
    fields = {**hidden(page), "text": "场地与申报不符", "contact": "c-1"}
    receipt = citizen.send(f"{NOTICES}/{number}", **fields)
    assert "异议已收到" in words(receipt)
    assert "场地与申报不符" in words(receipt)
    again = citizen.send(f"{NOTICES}/{number}", **fields)
    assert again.url == receipt.url
    tasks = words(Visitor(office, "reviewer").see("/tasks"))
    assert "处理异议" in tasks
    assert "异议已收到" not in words(Visitor(office, "").see(str(receipt.url)))


def test_an_objection_says_what_it_is_about(office: Office) -> None:
    number = put_on_notice(office)
    citizen = Visitor(office, "public")
    page = citizen.send(
        f"{NOTICES}/{number}", **hidden(citizen.see(f"{NOTICES}/{number}")), text=" "
    )
    assert page.status_code == 422
    assert "请先改正下列内容" in words(page)


def test_who_acts_for_an_office_or_an_institution_objects_not_here(office: Office) -> None:
    number = put_on_notice(office)
    for login in ("operator", "clerk"):
        who = Visitor(office, login)
        assert "提出异议" not in words(who.see(f"{NOTICES}/{number}"))
        assert who.send(f"{NOTICES}/{number}", text="x").status_code == 403


def test_after_the_notice_nobody_objects_and_the_page_is_gone(office: Office) -> None:
    number = put_on_notice(office)
    office.now("2026-10-20T09:00:00+08:00")
    citizen = Visitor(office, "public")
    assert "现在没有公示" in words(citizen.see(NOTICES))
    assert citizen.see(f"{NOTICES}/{number}").status_code == 404
