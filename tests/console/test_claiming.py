"""Taking a task on, handing a case on: told once, told again, and to nobody who may not know."""

import pytest

from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.office import Office

MOVED = {"jurisdiction": "430200", "reason": "登记地在株洲"}


def test_who_comes_second_is_told_which_colleague_was_first_and_when(office: Office) -> None:
    apply(office)
    path = f"/tasks/{office.case().id}.t-1"
    first, second = Visitor(office, "clerk"), Visitor(office, "reviewer")
    shown = hidden(second.see(path))
    first.send(f"{path}/claim", **hidden(first.see(path)))
    said = words(second.send(f"{path}/claim", **shown))
    assert "没有办成：分派" in said
    assert "该任务已由 p-clerk 于 2026-09-21 09:00 认领" in said
    assert office.case().tasks[0].assignee == "p-clerk"


def test_a_task_that_is_seen_with_a_colleague_may_be_taken_over(office: Office) -> None:
    apply(office)
    path = f"/tasks/{office.case().id}.t-1"
    for login in ("clerk", "reviewer"):
        visitor = Visitor(office, login)
        said = words(visitor.send(f"{path}/claim", **hidden(visitor.see(path))))
        assert "已办：分派" in said
        assert "这项任务由您办理" in said
    assert office.case().tasks[0].assignee == "p-reviewer"


def test_a_claim_sent_twice_tells_its_outcome_twice(office: Office) -> None:
    apply(office)
    path = f"/tasks/{office.case().id}.t-1"
    clerk, reviewer = Visitor(office, "clerk"), Visitor(office, "reviewer")
    form = hidden(clerk.see(path))
    clerk.send(f"{path}/claim", **form)
    reviewer.send(f"{path}/claim", **hidden(reviewer.see(path)))
    assert "已办：分派" in words(clerk.send(f"{path}/claim", **form))
    assert office.case().tasks[0].assignee == "p-reviewer"


def test_the_queue_of_a_role_holds_the_tasks_of_that_role(office: Office) -> None:
    number = apply(office)
    clerk, reviewer = Visitor(office, "clerk"), Visitor(office, "reviewer")
    for visitor in (clerk, reviewer):
        assert number in words(visitor.see("/tasks?scope=role"))
    clerk.act(f"/cases/{number}/acts/filing.accept")
    assert number in words(clerk.see("/tasks"))
    assert "没有待本角色办理的任务" in words(clerk.see("/tasks?scope=role"))
    assert number in words(reviewer.see("/tasks?scope=role"))
    path = f"/tasks/{office.case().id}.t-2"
    assert "由我办理" in words(reviewer.see(path))
    assert "由我办理" not in words(clerk.see(path))


@pytest.mark.parametrize("times", [1, 2])
def test_after_a_transfer_one_is_led_to_a_page_one_may_see(office: Office, times: int) -> None:
    number = apply(office)
    reviewer, path = Visitor(office, "reviewer"), f"/cases/{number}/acts/case.transfer"
    form = {**hidden(reviewer.see(path)), **MOVED, "step": "sign"}
    pages = [reviewer.send(path, **form) for _ in range(times)]
    for page in pages:
        assert page.status_code == 200, page.text
        assert page.url.path == "/"
        assert "已办：移送" in words(page)
    assert reviewer.see(f"/cases/{number}").status_code == 404
    assert office.case().jurisdiction == "430200"


def test_a_new_form_for_a_case_that_went_away_finds_nothing(office: Office) -> None:
    number = apply(office)
    reviewer, path = Visitor(office, "reviewer"), f"/cases/{number}/acts/case.transfer"
    form = {**hidden(reviewer.see(path)), **MOVED, "step": "sign"}
    reviewer.send(path, **form)
    for key in ("another", ""):
        assert reviewer.send(path, **{**form, "key": key}).status_code == 404
    other = Visitor(office, "reviewer-2")
    assert other.send(path, **form).status_code == 404


def test_a_claim_sent_again_after_a_transfer_tells_its_outcome(office: Office) -> None:
    number = apply(office)
    path = f"/tasks/{office.case().id}.t-1"
    clerk, reviewer = Visitor(office, "clerk"), Visitor(office, "reviewer")
    form = hidden(clerk.see(path))
    clerk.send(f"{path}/claim", **form)
    reviewer.act(f"/cases/{number}/acts/case.transfer", **MOVED)
    page = clerk.send(f"{path}/claim", **form)
    assert page.url.path == "/"
    assert "已办：分派" in words(page)
