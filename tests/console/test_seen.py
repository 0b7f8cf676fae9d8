"""What the office keeps to itself is on no page of the applicant's."""

import re

from tests.console.browsing import Visitor, apply, ask_for_premises, hidden, words
from tests.console.office import Office

NOTE = "planted-remark"
PLANTED = (NOTE, "p-clerk", "p-reviewer")
VIEWS = ("", "/timeline", "/diagram", "/materials", "/notices", "/deadlines")


def _worked_on(office: Office) -> str:
    """Return the number of a case that a clerk claimed, remarked on, handed on and acted in."""
    number = apply(office)
    clerk, case = Visitor(office, "clerk"), office.case()
    clerk.send(f"/tasks/{case.id}.t-1/claim", **hidden(clerk.see(f"/tasks/{case.id}.t-1")))
    clerk.act(f"/cases/{number}/acts/case.note", text=NOTE)
    ask_for_premises(office, number)
    return number


def test_no_page_of_the_applicant_names_the_office_people_or_shows_their_notes(
    office: Office,
) -> None:
    number = _worked_on(office)
    case = office.case()
    paths = [
        "/my",
        f"/my/cases/{number}",
        f"/my/cases/{number}/receipt",
        f"/my/cases/{number}/corrections",
        *(f"/cases/{number}{one}" for one in VIEWS),
        *(f"/cases/{number}/timeline?depth={one}" for one in ("story", "work", "technical")),
        f"/cases/{number}/acts/case.withdraw",
        *(f"/tasks/{case.id}.{one.id}" for one in case.tasks),
    ]
    for login in ("operator", "principal"):
        visitor = Visitor(office, login)
        for path in paths:
            page = visitor.see(path)
            assert page.status_code == 200, path
            found = [one for one in PLANTED if re.search(rf"{one}(?![\w-])", page.text)]
            assert not found, (path, found)


def test_the_office_sees_who_did_a_task(office: Office) -> None:
    _worked_on(office)
    done = f"/tasks/{office.case().id}.t-1"
    assert "由 p-clerk 于" in words(Visitor(office, "reviewer").see(done))
    assert "这项任务已经办结" in words(Visitor(office, "operator").see(done))
