"""A draft is what the page showed: nothing is overwritten, signed or sent that nobody saw."""

import pytest

from domain.case.decision import Outcome
from tests.console.browsing import (
    INSTITUTION,
    PDF,
    Visitor,
    apply,
    ask_for_premises,
    fill_in,
    hidden,
    words,
)
from tests.console.office import Office

CHANGED = "这份草稿在您打开之后改过"
ELSEWHERE = INSTITUTION | {"address": "湖南省长沙市另一路9号"}


def signed(office: Office) -> str:
    """Return the path of a draft that only has to be submitted."""
    draft = fill_in(Visitor(office, "operator"))
    Visitor(office, "principal").fill(f"{draft}/commitment", sign="1", go="next")
    return draft


def test_who_saves_a_section_that_changed_meanwhile_sees_it_and_overwrites_nothing(
    office: Office,
) -> None:
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(first)
    path = f"{draft}/institution"
    shown = hidden(second.see(path))
    first.fill(path, **ELSEWHERE)
    page = second.send(path, **{**shown, **INSTITUTION, "name": "长沙甲培训中心"})
    assert page.status_code == 409
    assert CHANGED in words(page)
    assert "p-operator" in words(page)
    assert "湖南省长沙市另一路9号" in words(page)
    assert "长沙甲培训中心" in page.text  # as typed, in the form
    assert "另一路9号" in first.see(path).text
    again = second.send(path, **{**hidden(page), **INSTITUTION, "name": "长沙甲培训中心"})
    assert again.status_code == 200
    assert "长沙甲培训中心" in first.see(path).text


def test_sections_are_filled_in_side_by_side(office: Office) -> None:
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(first)
    shown = hidden(second.see(f"{draft}/institution"))
    first.upload(
        f"{draft}/materials", {"file-premises": PDF}, **hidden(first.see(f"{draft}/materials"))
    )
    assert second.send(f"{draft}/institution", **{**shown, **ELSEWHERE}).status_code == 200


@pytest.mark.parametrize("seen", [None, "", "x", "a.b.c.d"])
def test_a_form_that_names_nothing_it_showed_is_not_taken(office: Office, seen: str | None) -> None:
    school = Visitor(office, "operator")
    draft = fill_in(school)
    fields = ELSEWHERE | ({} if seen is None else {"seen": seen})
    assert school.send(f"{draft}/institution", **fields).status_code == 409
    assert "另一路9号" not in school.see(f"{draft}/institution").text


def test_the_commitment_signs_what_the_page_showed(office: Office) -> None:
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(school)
    shown = hidden(principal.see(f"{draft}/commitment"))
    school.fill(f"{draft}/institution", **ELSEWHERE)
    page = principal.send(f"{draft}/commitment", **shown, sign="1", go="next")
    assert page.status_code == 409
    assert CHANGED in words(page)
    assert "另一路9号" in words(page)
    assert "负责人还没有签署承诺" in words(school.see(f"{draft}/check"))
    principal.send(f"{draft}/commitment", **hidden(page), sign="1", go="next")
    assert "负责人还没有签署承诺" not in words(school.see(f"{draft}/check"))


def test_what_is_submitted_is_what_the_check_page_showed(office: Office) -> None:
    draft = signed(office)
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    shown = hidden(principal.see(f"{draft}/check"))
    school.fill(f"{draft}/institution", **ELSEWHERE)
    principal.fill(f"{draft}/commitment", sign="1", go="next")
    page = principal.send(f"{draft}/check", **shown)
    assert page.status_code == 409
    assert CHANGED in words(page)
    assert not office.store.tables.cases
    done = principal.send(f"{draft}/check", **hidden(page))
    assert done.url.path == f"/my/cases/{office.case().number}/receipt"


def test_while_nobody_decides_the_draft_waits_and_then_becomes_the_case(office: Office) -> None:
    draft = signed(office)
    office.conductor.away = True
    principal = Visitor(office, "principal")
    form = hidden(principal.see(f"{draft}/check"))
    page = principal.send(f"{draft}/check", **form)
    assert page.url.path == draft
    assert "已提交，等待登记" in words(page)
    assert "已提交，等待登记" in words(principal.see("/my"))
    for path in (f"{draft}/institution", f"{draft}/check"):
        assert principal.see(path).status_code == 409
    assert principal.send(f"{draft}/drop").status_code == 409
    assert principal.send(f"{draft}/check", **form).url.path == draft
    (act,) = office.store.tables.inbox.values()
    office.conductor.away = False
    office.conductor.look(act.stored.command.case_id)
    assert principal.see(draft).status_code == 404
    assert "继续填写" not in words(principal.see("/my"))
    again = principal.send(f"{draft}/check", **form)
    assert again.url.path == f"/my/cases/{office.case().number}/receipt"


def test_a_refused_submission_keeps_the_draft_and_says_why(office: Office) -> None:
    draft = fill_in(Visitor(office, "operator"))
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    school.fill(f"{draft}/institution", **(INSTITUTION | {"jurisdiction": "110000"}))
    principal.fill(f"{draft}/commitment", sign="1", go="next")
    office.conductor.away = True
    page = principal.fill(f"{draft}/check")
    assert "已提交，等待登记" in words(page)
    (act,) = office.store.tables.inbox.values()
    office.conductor.away = False
    office.conductor.look(act.stored.command.case_id)
    outcome = act.stored.outcome
    assert isinstance(outcome, Outcome)
    assert outcome.kind == "refused"
    check = principal.see(f"{draft}/check")
    assert outcome.zh in words(check)
    school.fill(f"{draft}/institution", **INSTITUTION)
    principal.fill(f"{draft}/commitment", sign="1", go="next")
    done = principal.fill(f"{draft}/check")
    assert done.url.path == f"/my/cases/{office.case().number}/receipt"


def test_files_for_a_supplement_wait_until_it_is_decided(office: Office) -> None:
    number = apply(office)
    ask_for_premises(office, number)
    school, path = Visitor(office, "operator"), f"/my/cases/{number}/corrections"
    form = hidden(school.see(path))
    office.conductor.away = True
    school.upload(path, {"file-premises": PDF}, **form, step="send")
    assert "已提交，等待登记" in words(school.see(path))
    assert "已登记" in words(school.upload(path, {"file-premises": PDF}, **form, step="send"))
    office.conductor.away = False
    office.conductor.look(office.case().id)
    assert office.case().status == "received"
    assert "现在没有要补正的内容" in words(school.see(path))
    again = school.upload(path, {"file-premises": PDF}, **form, step="send")
    assert "已办：提交补正材料" in words(again)


def test_a_supplement_sends_what_the_page_showed(office: Office) -> None:
    number = apply(office)
    ask_for_premises(office, number)
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    path = f"/my/cases/{number}/corrections"
    shown = hidden(second.see(path))
    other = ("平面图二.pdf", PDF[1] + b"two %%EOF", PDF[2])
    first.upload(path, {"file-premises": other}, **hidden(first.see(path)), step="save")
    page = second.upload(path, {"file-premises": PDF}, **shown, step="send")
    assert page.status_code == 409
    assert "平面图二.pdf" in words(page)
    assert office.case().status == "correction_required"
    second.send(path, **hidden(page), step="send")
    assert office.case().status == "received"
