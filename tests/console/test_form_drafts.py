"""What is typed into any form waits as a draft until it is an act: found again, never unseen."""

import pytest

from domain.kernel.json import Json
from infra.fixtures import registers
from tests.console.browsing import PDF, Visitor, apply, hidden, words
from tests.console.office import TENANT, Office

BANK = "/start/question_bank/hunan"
FILED = "/start/filing/hunan"
SCHOOL = "524300007QN1NLFJTT"
TYPED = {"occupation_code": "6-18-01-01", "theory_items": "6000"}
WHOLE = TYPED | {
    "level": "4", "practical_papers": "60", "repetition_percent": "5", "expert_review": "yes",
    "experts": "p-e1\np-e2\np-e3", "reviewed_on": "2026-09-01",
}  # fmt: skip
SAVED = "草稿由 p-operator 于"
WHY = {"reasons": "场地不足", "legal_basis": "HN-2022-1 一(一)"}


@pytest.fixture(autouse=True)
def _on_file(office: Office) -> None:
    school: Json = {
        "name": "长沙甲培训学校", "uscc": SCHOOL, "type": "school", "jurisdiction": "430100",
        "institution_code": "S000043000001",
        "scope": [{"occupation_code": "6-18-01-01", "occupation": "车工", "job": "", "level": 4}],
    }  # fmt: skip
    for entries in registers({"institutions": [school]}):
        office.store.register(TENANT, entries)


def save(who: Visitor, path: str, **fields: str) -> str:
    """Keep a form as a draft; return what the page then says."""
    page = who.send(path, **{**hidden(who.see(path)), **fields, "step": "save"})
    assert page.is_success, words(page)
    return page.text


def test_a_form_kept_on_request_is_filled_in_again_for_who_acts_for_the_institution(
    office: Office,
) -> None:
    operator = Visitor(office, "operator")
    assert 'value="6000"' in save(operator, BANK, **TYPED)
    for login in ("operator", "principal"):
        page = Visitor(office, login).see(BANK)
        assert SAVED in words(page)
        assert 'value="6000"' in page.text
        assert f'href="{BANK}"' in Visitor(office, login).see("/my").text
    assert SAVED not in words(Visitor(office, "zhuzhou-operator").see(BANK))


def test_a_draft_is_not_judged_and_can_be_discarded(office: Office) -> None:
    operator = Visitor(office, "operator")
    save(operator, BANK, theory_items="many")
    page = operator.send(BANK, **hidden(operator.see(BANK)), step="drop")
    assert SAVED not in words(page)
    assert "many" not in page.text
    assert BANK not in operator.see("/my").text


def test_what_could_not_be_sent_is_kept_and_what_was_sent_is_not(office: Office) -> None:
    operator = Visitor(office, "operator")
    page = operator.send(BANK, **hidden(operator.see(BANK)), **TYPED, step="preview")
    assert page.status_code == 422
    assert SAVED in words(page)
    again = operator.see(BANK)
    assert 'value="6000"' in again.text
    shown = operator.send(BANK, **hidden(again), **WHOLE, step="preview")
    assert shown.is_success
    assert operator.send(BANK, **hidden(shown), step="sign").is_success
    assert len(office.store.tables.cases) == 1
    assert SAVED not in words(operator.see(BANK))
    assert not office.drafts.all(TENANT, f"forms:{SCHOOL}")


def test_nobody_overwrites_a_draft_they_have_not_seen(office: Office) -> None:
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    shown = hidden(second.see(BANK))
    save(first, BANK, **TYPED)
    mine = TYPED | {"theory_items": "900"}
    page = second.send(BANK, **shown, **mine, step="save")
    assert page.status_code == 409
    assert "p-operator" in words(page)
    assert 'value="900"' in page.text
    assert 'value="6000"' in first.see(BANK).text
    assert second.send(BANK, **hidden(page), **mine, step="save").is_success
    assert 'value="900"' in first.see(BANK).text


def test_a_fault_does_not_overwrite_a_draft_nobody_saw_either(office: Office) -> None:
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    shown = hidden(second.see(BANK))
    save(first, BANK, **TYPED)
    page = second.send(BANK, **shown, theory_items="900", step="preview")
    assert page.status_code == 422
    assert 'value="6000"' in first.see(BANK).text


def test_what_is_signed_is_what_was_shown_and_a_newer_draft_stays(office: Office) -> None:
    first, second = Visitor(office, "operator"), Visitor(office, "principal")
    shown = first.send(BANK, **hidden(first.see(BANK)), **WHOLE, step="preview")
    save(second, BANK, **(WHOLE | {"theory_items": "900"}))
    assert first.send(BANK, **hidden(shown), step="sign").is_success
    (opening,) = office.store.tables.inbox.values()
    assert opening.stored.command.payload["theory_items"] == 6000
    assert 'value="900"' in second.see(BANK).text


def test_while_nobody_decides_the_form_waits_aside_and_comes_back_if_refused(
    office: Office,
) -> None:
    operator, poor = Visitor(office, "operator"), WHOLE | {"repetition_percent": "90"}
    for typed, comes_back in ((WHOLE, False), (poor, True)):
        fields = {**hidden(operator.see(BANK)), **typed}
        office.conductor.away = True
        operator.send(BANK, **fields, step="sign")
        assert SAVED not in words(operator.see(BANK))
        office.conductor.away = False
        *_, act = office.store.tables.inbox.values()
        office.conductor.look(act.stored.command.case_id)
        assert act.stored.outcome is not None
        assert (act.stored.outcome.kind == "refused") is comes_back
        assert (SAVED in words(operator.see(BANK))) is comes_back


def test_files_and_lists_are_kept_too_even_one_that_cannot_be_read(office: Office) -> None:
    operator = Visitor(office, "operator")
    fields = {**hidden(operator.see(FILED)), "step": "save"}
    fields |= {"materials-count": "1", "materials-0-code": "rules"}
    fields |= {"scope-text": '6-18-01-01,车工,"数控车工,4'}
    page = operator.upload(FILED, {"materials-0-digest-file": PDF}, **fields)
    assert page.status_code == 422
    again = operator.see(FILED)
    assert PDF[0] in again.text
    assert "&#34;数控车工,4" in again.text


def test_an_official_keeps_drafts_of_acts_for_nobody_else(office: Office) -> None:
    number = apply(office)
    path = f"/cases/{number}/acts/filing.refuse_acceptance"
    clerk, other = Visitor(office, "clerk"), Visitor(office, "reviewer")
    assert "场地不足" in save(clerk, path, reasons="场地不足")
    assert f'href="{path}"' in clerk.see("/").text
    assert "场地不足" not in other.see(path).text
    assert path not in other.see("/").text
    shown = clerk.send(path, **hidden(clerk.see(path)), **WHY, step="preview")
    assert clerk.send(path, **hidden(shown), step="sign").is_success
    assert office.case().status == "refused"
    assert path not in clerk.see("/").text


def test_an_act_overtaken_by_others_keeps_what_was_typed(office: Office) -> None:
    number = apply(office)
    path = f"/cases/{number}/acts/filing.refuse_acceptance"
    clerk = Visitor(office, "clerk")
    shown = clerk.send(path, **hidden(clerk.see(path)), **WHY, step="preview")
    other = Visitor(office, "reviewer")
    assert other.act(f"/cases/{number}/acts/filing.accept").is_success
    assert clerk.send(path, **hidden(shown), step="sign").status_code in (409, 412)
    assert "场地不足" in clerk.see(path).text
