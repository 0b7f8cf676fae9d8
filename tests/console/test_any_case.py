"""A case of any procedure on the pages: opened from its form, told in words, row by row."""

import re

from domain.kernel.json import Json
from infra.fixtures import registers
from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.office import TENANT, Office
from tests.console.reading import asked

PLAN = "/start/annual_plan/hunan"
BATCH = "/start/batch/hunan"
BANK = "/start/question_bank/hunan"
FILED: Json = {
    "name": "长沙甲培训学校",
    "uscc": "524300007QN1NLFJTT",
    "type": "school",
    "jurisdiction": "430100",
    "institution_code": "S000043000001",
    "scope": [
        {"occupation_code": "6-18-01-01", "occupation": "车工", "job": "数控车工", "level": 4}
    ],
}
LINE = "6-18-01-01,车工,数控车工,四级（中级工）,第{n}班,2026-09,2026-11,长沙,1,理论；实操,50,"
BANK_REPORT = {
    "occupation_code": "6-18-01-01",
    "level": "4",
    "theory_items": "5000",
    "practical_papers": "60",
    "repetition_percent": "5",
    "expert_review": "yes",
    "experts": "p-e1\np-e2\np-e3",
    "reviewed_on": "2026-09-01",
}
BATCH_REPORT = {
    "occupation_code": "6-18-01-01",
    "occupation": "车工",
    "job": "数控车工",
    "level": "4",
    "mode": "exam",
    "subjects": "theory",
    "candidates": "\n".join(f"c-{n}" for n in range(1, 121)),
    "starts_on": "2026-11-20",
    "exam_staff": "p-a\np-b",
    "assessors": "p-c\np-d\np-e",
    "group_leader": "p-c",
    "internal_supervisor": "p-b",
}


def _school(office: Office) -> Visitor:
    for entries in registers({"institutions": [FILED]}):
        office.store.register(TENANT, entries)
    return Visitor(office, "operator")


def _signed(who: Visitor, path: str, fields: dict[str, str]) -> str:
    """Fill in a form, look at what would happen, sign; return the case number."""
    key = hidden(who.see(path))["key"]
    preview = who.send(path, **{**fields, "key": key, "step": "preview"})
    assert preview.status_code == 200, words(preview)
    return who.send(path, **hidden(preview), step="sign").url.path.split("/")[3]


def _plan(who: Visitor, rows: int) -> str:
    text = "\n".join(LINE.format(n=n) for n in range(1, rows + 1))
    return _signed(who, PLAN, {"year": "2026", "rows-text": text})


def test_a_plan_is_told_in_words_to_both_sides(office: Office) -> None:
    school = _school(office)
    number = _plan(school, 2)
    for page in (
        school.see(f"/my/cases/{number}"),
        Visitor(office, "clerk").see(f"/cases/{number}"),
    ):
        said = words(page)
        assert "计划年度 2026" in said
        assert "数控车工 四级（中级工） 第1班" in said
        assert "理论、实操" in said
        assert "PlanRow" not in page.text


def test_more_than_fifty_rows_come_in_pages(office: Office) -> None:
    number = _plan(_school(office), 60)
    clerk = Visitor(office, "clerk")
    first = clerk.see(f"/cases/{number}")
    assert "共 60 行" in words(first)
    assert "第50班" in words(first)
    assert "第51班" not in words(first)
    (after,) = re.findall(r'href="([^"]+page-rows=2[^"]*)"', first.text)
    second = words(clerk.see(after))
    assert "第 51 至 60 行" in second
    assert "第60班" in second


def test_the_ways_to_do_a_task_lead_to_forms_made_from_their_payload(office: Office) -> None:
    number = _plan(_school(office), 2)
    clerk = Visitor(office, "clerk")
    case = office.case()
    task = clerk.see(f"/tasks/{case.id}.{case.tasks[0].id}")
    for name in case.tasks[0].commands:
        assert f"?do={name}" in task.text
    path = f"/cases/{number}/acts/plan.return"
    fields = {**hidden(clerk.see(path)), "reasons": "第 2 行地点不明"}
    preview = clerk.send(path, **fields, step="preview")
    assert "第 2 行地点不明" in words(preview)
    clerk.send(path, **hidden(preview), step="sign")
    assert office.case().status == "correction_required"


def test_an_adjustment_begins_with_the_rows_there_are(office: Office) -> None:
    school = _school(office)
    number = _plan(school, 2)
    page = school.see(f"/cases/{number}/acts/plan.adjust")
    assert 'name="rows-1-audience" type="text" value="第2班"' in page.text


def test_a_fault_only_the_decision_finds_stands_at_its_field(office: Office) -> None:
    school = _school(office)
    page = school.send(PLAN, **{"year": "2027", "rows-text": LINE.format(n=1)})
    assert page.status_code == 422
    assert "rows-0-evaluation_period" in asked(page).faults
    assert "第 1 行：“认定时间（年月）”" in words(page)


def test_the_last_day_to_report_a_batch_is_shown_before_it_is_signed(office: Office) -> None:
    school = _school(office)
    number = _plan(school, 1)
    reviewer = Visitor(office, "reviewer")
    path = f"/cases/{number}/acts/plan.approve"
    reviewer.act(path)
    _signed(school, BANK, BANK_REPORT)
    key = hidden(school.see(BATCH))["key"]
    preview = school.send(BATCH, **BATCH_REPORT, key=key, step="preview")
    assert "最迟报备日（当日 24:00 止） 2026年11月11日（周三）" in words(preview)
    assert "共 120 行" in words(preview)
    batch = school.send(BATCH, **hidden(preview), step="sign").url.path.split("/")[3]
    said = words(Visitor(office, "clerk").see(f"/cases/{batch}?page-candidates=3"))
    assert "c-120" in said
    assert "c-100、" not in said


def test_service_by_mail_is_recorded_with_its_time(office: Office) -> None:
    number = apply(office)
    clerk = Visitor(office, "clerk")
    clerk.act(
        f"/cases/{number}/acts/filing.request_supplement",
        missing=["premises"], working_days="5", service="mail", **{"reason-premises": "缺少平面图"},
    )  # fmt: skip
    office.now("2026-09-23T10:00:00+08:00")
    path = f"/cases/{number}/acts/notice.serve"
    page = clerk.see(path)
    assert 'type="datetime-local" value="2026-09-23T10:00"' in page.text
    assert "补正告知书" in words(page)
    fields = {**hidden(page), "notice": "n-1", "method": "mail", "at": "2026-09-22T16:30"}
    preview = clerk.send(path, **fields, step="preview")
    assert "邮寄送达" in words(preview)
    clerk.send(path, **hidden(preview), step="sign")
    served = office.case().notices[0].served_at
    assert served is not None
    assert served.isoformat() == "2026-09-22T08:30:00+00:00"
