"""A plain process on the pages: its list and figure, and the form its diagram draws."""

from pathlib import Path

from domain.case.actor import Actor
from domain.case.command import Opening
from domain.ports import BodyDiffers, Receipt
from domain.procedures.process.facts import of
from domain.registers.processes import Deployed
from infra.sandbox_people import SEEDED
from tests.console.browsing import Visitor, hidden, words
from tests.console.office import TENANT, Office

LEAVE = Path(__file__).parents[2] / "examples" / "processes" / "leave-request.bpmn"
OPERATOR = Actor(role="operator", person="p-admin")


def deployed(office: Office, source: bytes | None = None) -> Deployed:
    """Deploy the leave request."""
    deployments = office.services.deployments
    found = deployments.deploy(TENANT, LEAVE.name, source or LEAVE.read_bytes(), OPERATOR)
    assert isinstance(found, Deployed)
    return found


def started(office: Office) -> str:
    """Start a leave request; return the number of its case."""
    its = deployed(office)
    receipt = Receipt(
        tenant=TENANT, client="clerk", key="k-1", fingerprint="f", case_id=None,
        name="process.start", payload={}, actor=SEEDED["clerk"], channel="api:clerk",
        opening=Opening(procedure="process", variant=its.process, definition=its.definition),
    )  # fmt: skip
    stored = office.store.receive(receipt)
    assert not isinstance(stored, BodyDiffers)
    office.conductor._advance.advance(stored.command.case_id, None)  # noqa: SLF001  – decided at once
    return office.store.tables.cases[stored.command.case_id].number


def test_the_page_lists_versions_and_draws_the_figure(office: Office) -> None:
    clerk = Visitor(office, "clerk")
    assert "还没有部署流程" in words(clerk.see("/processes"))
    deployed(office)
    deployed(office, LEAVE.read_bytes().replace(b"P5D", b"P6D"))
    page = clerk.see("/processes?process=leave_request&version=1")
    assert "请假审批" in words(page)
    assert "<svg" in page.text
    assert "/start/process/" not in page.text  # nobody starts an old version
    assert "/start/process/leave_request" in clerk.see("/processes?process=leave_request").text
    assert "v1" in words(page)


def test_a_task_is_done_by_the_form_of_the_file(office: Office) -> None:
    number = started(office)
    clerk = Visitor(office, "clerk")
    path = f"/cases/{number}/acts/process.complete"
    page = clerk.see(path)
    assert 'name="data-approved"' in page.text
    empty = clerk.send(path, **{**hidden(page), "step": "preview"})
    assert "请填写同意" in words(empty)
    filled = {"data-approved": "yes", "data-remark": "可以", "step": "preview"}
    preview = clerk.send(path, **hidden(page), **filled)
    assert preview.status_code == 200
    clerk.send(path, **{**hidden(preview), "step": "sign"})
    case = next(one for one in office.store.tables.cases.values() if one.number == number)
    assert [one.form for one in case.tasks if one.state == "open"] == ["登记休假"]


def test_a_timer_of_the_diagram_tells_what_is_left_by_the_clock(office: Office) -> None:
    number = started(office)
    clerk = Visitor(office, "clerk")
    shown = words(clerk.see(f"/cases/{number}"))
    assert "审批请假，截至2026年9月26日（周六）09:00，还有5天" in shown
    assert "还有 2天" in shown.partition("两日提醒")[2]
    listed = words(clerk.see("/cases"))
    assert "2026年9月26日（周六）" in listed
    assert "2026年9月23日" not in listed  # the reminder is no deadline
    assert "个工作日" not in shown
    assert "法规未定期限" not in shown
    clerk.see("/language/en")
    assert "2 days left" in words(clerk.see(f"/cases/{number}/deadlines"))


def test_a_timer_that_is_over_tells_its_end_by_the_clock(office: Office) -> None:
    number = started(office)
    office.now("2026-09-26T09:00:00+08:00")
    shown = words(Visitor(office, "clerk").see(f"/cases/{number}/deadlines"))
    assert "截至 2026年9月26日（周六）09:00" in shown
    assert "24:00" not in shown


def test_a_case_is_headed_by_its_process_and_no_code_of_an_office(office: Office) -> None:
    page = words(Visitor(office, "clerk").see(f"/cases/{started(office)}"))
    assert "请假审批" in page
    assert "leave_request" not in page
    assert "统一社会信用代码" not in page


def test_the_public_sees_no_processes_and_no_work_list(office: Office) -> None:
    deployed(office)
    public = Visitor(office, "public")
    assert public.see("/processes").status_code == 404
    assert public.see("/tasks").status_code == 403


def with_days() -> bytes:
    """Return the leave request with a form at its start that asks for days."""
    drawn = (
        b'<startEvent id="asked" name="\xe6\x8f\x90\xe5\x87\xba\xe7\x94\xb3\xe8\xaf\xb7">'
        b'<extensionElements><anjuan:field name="days" type="integer" label="Days"'
        b' required="true"/></extensionElements>'
    )
    plain = LEAVE.read_bytes()
    begin = plain.index(b'<startEvent id="asked"')
    return plain[:begin] + drawn + plain[plain.index(b">", begin) + 1 :]


def test_a_process_is_started_by_the_form_of_its_start_event(office: Office) -> None:
    deployed(office, with_days())
    clerk = Visitor(office, "clerk")
    assert "/start/process/leave_request" in clerk.see("/start").text
    path = "/start/process/leave_request"
    page = clerk.see(path)
    assert "请填写Days" in words(clerk.send(path, **{**hidden(page), "step": "preview"}))
    filled = {"data-days": "3", "correlation": "leave-1", "step": "preview"}
    preview = clerk.send(path, **hidden(page), **filled)
    assert "启动“请假审批”" in words(preview)
    assert "“两日提醒”开始计算，截至 2026年9月23日（周三）09:00" in words(preview)
    clerk.send(path, **{**hidden(preview), "step": "sign"})
    (case,) = office.store.tables.cases.values()
    data = of(case.data)
    assert (dict(data.variables), data.key) == ({"days": 3}, "leave-1")


def test_who_may_start_nothing_is_offered_no_process(office: Office) -> None:
    deployed(office)
    assert "/start/process" not in Visitor(office, "admin").see("/start").text
    assert Visitor(office, "clerk").see("/start/process/nothing").status_code == 404
