"""What a letter must tell even where no last day is known yet."""

import json
from pathlib import Path

from tests.workflows.filing import CLERK, EXAMPLE, SCHOOL, SUPPLEMENT
from tests.workflows.test_activities import Desk


def test_a_list_sent_by_mail_says_how_long_the_window_is(tmp_path: Path) -> None:
    """Its last day follows from the day of service, which nobody knows when it is written."""
    desk = Desk(tmp_path)
    opening = json.loads(EXAMPLE.read_text(encoding="utf-8"))["with"]
    asked = {**SUPPLEMENT, "working_days": 6, "service": "mail"}
    case = desk.do("filing.submit", SCHOOL, opening)
    desk.do("filing.request_supplement", CLERK, asked, case)
    (job,) = desk.advance.advance(case, None).jobs
    report = desk.notices.render(job.key)
    desk.advance.advance(case, report)
    page = desk.files.get(desk.store.tables.cases[case].notices[-1].digest)
    assert page is not None
    assert "补正期限为6个工作日，自本通知送达的次日起计算。" in page.decode()
    assert "请于" not in page.decode()
