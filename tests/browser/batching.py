"""A year of an institution by hand: plan, question bank, batch at a site of two centers, change."""

from collections.abc import Callable

from domain.case.actor import Actor
from domain.kernel.json import Json
from infra.sandbox_people import SEEDED
from tests.browser.forms import Value, act, open_case
from tests.browser.watching import Watched

Visit = Callable[[str], Watched]
Pass = Callable[[str], None]  # puts the law clock to an instant
SCHOOL = SEEDED["operator"]
FILED: Json = {
    "name": SCHOOL.name,
    "uscc": SCHOOL.organisation,
    "type": "school",
    "address": "湖南省长沙市示例路1号",
    "jurisdiction": SCHOOL.jurisdiction,
    "institution_code": "S000043000001",
    "scope": [
        {"occupation_code": "6-18-01-01", "occupation": "车工", "job": "数控车工", "level": 4}
    ],
    "staff": ["p-staff-1", "p-staff-2", "p-supervisor-1"],
}
REPORTED = "2026-09-21T09:00:00+08:00"
EXAM = "2026-10-17"
CANDIDATES = [f"p-candidate-{n}" for n in range(1, 31)]
PLAN_ROW = "6-18-01-01,车工,数控车工,四级（中级工）,在籍学生,2026-09,2026-10,长沙,1,理论；实操,50,"
BANK: dict[str, Value] = {
    "occupation_code": "6-18-01-01",
    "level": "4",
    "theory_items": "620",
    "practical_papers": "6",
    "repetition_percent": "18",
    "expert_review": True,
    "experts": "p-e1\np-e2\np-e3",
    "reviewed_on": "2026-09-01",
}
REPORT: dict[str, Value] = {
    "occupation_code": "6-18-01-01",
    "occupation": "车工",
    "job": "数控车工",
    "level": "4",
    "mode": "exam",
    "subjects": ["theory", "practice"],
    "fee": "50",
    "candidates": "\n".join(CANDIDATES),
    "site-name": "株洲实训基地",
    "site-address": "株洲市示例路2号",
    "site-jurisdiction": "430200",
    "exam_plan": "理论机考，实操分两场",
    "exam_staff": "p-staff-1\np-staff-2",
    "assessors": "p-assessor-1\np-assessor-2\np-assessor-3",
    "group_leader": "p-assessor-1",
    "internal_supervisor": "p-supervisor-1",
}
SITE: dict[str, Value] = {
    "site-name": "株洲实训基地",
    "site-address": "株洲市示例路2号",
    "site-jurisdiction": "430200",
    "reason": "本校设备检修",
}
FILM: dict[str, Value] = {
    "digest-digest-1": f"sha256:{'3' * 64}",
    "height": "1080",
    "covers": ["theory", "practice"],
}
SCORES: dict[str, Value] = {
    "rows-text": "p-candidate-1,理论,82\np-candidate-1,实操,75\np-candidate-2,理论,58",
    "first_entry_by": "p-entry-1",
    "second_entry_by": "p-entry-2",
}


def exam_people() -> dict[str, Actor]:
    """Return those who run the exam for the school."""
    place = {"organisation": SCHOOL.organisation, "jurisdiction": SCHOOL.jurisdiction}
    return {
        "head": Actor(person="p-head", role="exam.head", name=SCHOOL.name, **place),
        "staff": Actor(person="p-staff-1", role="exam.staff", name=SCHOOL.name, **place),
    }


def plan(visit: Visit) -> str:
    """Plan the year, which the center approves."""
    school, clerk = visit("operator"), visit("clerk")
    school.go("/start")
    school.look("what-can-be-started")
    fields = {"year": "2026", "rows-text": PLAN_ROW}
    number = open_case(school, "/start/annual_plan/hunan", fields, look="plan")
    act(clerk, number, "plan.approve", look="plan-approval")
    return number


def report(visit: Visit) -> str:
    """Report the question bank and, from the calendar, a batch; return its number."""
    school = visit("operator")
    open_case(school, "/start/question_bank/hunan", BANK)
    school.go("/batches?month=2026-10")
    school.look("calendar-before")
    school.page.locator(f'a[href="/batches/{EXAM}"]').click()
    school.says("最迟")
    school.look("day")
    school.follow("申报这一天的批次")
    assert school.page.input_value("#starts_on") == EXAM
    path = school.page.url.removeprefix(school.url)
    return open_case(school, path, REPORT, look="batch")


def permitted(visit: Visit, number: str) -> None:
    """Ask for a site in another city; both centers permit it, then the plan is approved."""
    permit = {"external_supervisor": "p-external-1"}
    act(visit("operator"), number, "batch.request_external_site", SITE, look="site")
    clerk = visit("clerk")
    act(clerk, number, "batch.permit_site", permit)
    neighbour = visit("zhuzhou-clerk")
    neighbour.go(f"/cases/{number}")
    neighbour.look("case-at-the-other-center")
    act(neighbour, number, "batch.permit_site", permit)
    act(clerk, number, "batch.approve", look="batch-approval")


def run(visit: Visit, pass_to: Pass, number: str) -> None:
    """Check candidates, hold the exam, upload the film, enter scores, report results."""
    school, head = visit("operator"), visit("head")
    for who in CANDIDATES[:2]:
        act(school, number, "batch.check_candidate", {"candidate": who, "eligible": True})
    pass_to(f"{EXAM}T17:00:00+08:00")
    act(head, number, "batch.finish", {"on": EXAM})
    act(school, number, "batch.upload_video", FILM)
    act(school, number, "batch.enter_scores", SCORES, look="scores")
    act(school, number, "batch.report_results")
    act(visit("reviewer"), number, "batch.approve_results", look="results-approval")
    school.go(f"/my/cases/{number}")
    school.look("batch-over")


def change(visit: Visit) -> str:
    """Ask for one more level; the center accepts and makes the change."""
    fields = {
        "kind": "increment",
        "scope-text": "6-18-01-01,车工,数控车工,三级（高级工）",
    }
    number = open_case(visit("operator"), "/start/filing_change/hunan", fields, look="change")
    act(visit("clerk"), number, "change.accept")
    act(visit("reviewer"), number, "change.approve", look="change-approval")
    return number
