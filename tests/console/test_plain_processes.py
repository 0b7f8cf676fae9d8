"""A plain process on the pages: its list and figure, and the form its diagram draws."""

from pathlib import Path

import pytest

from domain.case.actor import Actor
from domain.case.command import Opening
from domain.kernel.json import JsonValue
from domain.ports import BodyDiffers, Receipt
from domain.procedures.process.facts import of
from domain.registers.processes import Deployed
from infra.sandbox_people import SEEDED
from tests.api.test_process_terms import HEAD, TAIL, flow
from tests.console.browsing import Visitor, hidden, words
from tests.console.office import TENANT, Office

LEAVE = Path(__file__).parents[2] / "examples" / "processes" / "leave-request.bpmn"
BILL = LEAVE.with_name("bill-payment.bpmn")
OPERATOR = Actor(role="operator", person="p-admin")


def deployed(office: Office, source: bytes | None = None) -> Deployed:
    """Deploy the leave request."""
    deployments = office.services.deployments
    found = deployments.deploy(TENANT, LEAVE.name, source or LEAVE.read_bytes(), OPERATOR)
    assert isinstance(found, Deployed)
    return found


def started(
    office: Office, source: Path = LEAVE, login: str = "clerk", **variables: JsonValue
) -> str:
    """Start a process; return the number of its case."""
    its = deployed(office, source.read_bytes())
    receipt = Receipt(
        tenant=TENANT, client=login, key="k-1", fingerprint="f", case_id=None,
        name="process.start", payload={"variables": variables}, actor=SEEDED[login],
        channel=f"api:{login}",
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
    assert "● 剩 5天" in listed
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


def billed(office: Office) -> str:
    """Start a bill that waits for its amount, and some day for its payment; return its number."""
    return started(office, BILL)


def test_no_page_shows_a_whole_identity_number_or_tells_the_applicant_of_persons(
    office: Office,
) -> None:
    whole = "43010219900101123X"
    sent: dict[str, JsonValue] = {"id_number": whole, "contact": "13800000000", "days": 2}
    number = started(office, BILL, "operator", **sent)
    clerk, school = Visitor(office, "clerk"), Visitor(office, "operator")
    path = f"/cases/{number}/acts/process.message"
    filled = {"told": "payment received", "data": f'id_number = "{whole}"'}
    shown = {
        "preview": clerk.send(path, **{**hidden(clerk.see(path)), **filled}, step="preview"),
        "case": clerk.see(f"/cases/{number}"),
        "progress": school.see(f"/my/cases/{number}"),
    }
    told = {name: words(page) for name, page in shown.items()}
    assert all("id_number 4301**********123X" in one for one in told.values())
    assert not [name for name, one in told.items() if whole in one]
    assert "contact 13800000000" in told["case"]
    assert "contact" not in told["progress"]
    assert "days 2" in told["progress"]


def test_a_message_is_told_with_the_variables_it_brings(office: Office) -> None:
    number, clerk = billed(office), Visitor(office, "clerk")
    path = f"/cases/{number}/acts/process.message"
    page = clerk.see(path)
    assert 'value="payment received" checked' in page.text  # the only one the diagram knows
    lines = 'paid = １００\nby = 张三\nparts = [60, 40]\nrate = 1.5\nnote = "7"'
    filled = {**hidden(page), "told": "payment received", "data": lines, "ttl": "p3d"}
    preview = clerk.send(path, **filled, step="preview")
    assert "记入案卷：消息已留存：payment received" in words(preview)
    assert "留存至 状态 payment received" in words(preview)
    assert "paid 100 by 张三 parts [60,40] rate 1.5 催缴情况 7" in words(preview)
    back = clerk.send(path, **{**hidden(preview), "step": "edit"})
    assert "parts = [60, 40]" in back.text
    clerk.send(path, **{**hidden(preview), "step": "sign"})
    (kept,) = of(office.case().data).undelivered
    said = {"paid": 100, "by": "张三", "parts": [60, 40], "rate": "1.5", "note": "7"}
    assert dict(kept.data) == said
    shown = words(clerk.see(f"/cases/{number}"))
    assert "留存的消息" in shown
    assert (
        "payment received 2026年9月21日（周一） 09:00 2026年9月24日（周四） 09:00 留存中" in shown
    )
    office.now("2026-09-24T09:00:00+08:00")
    assert "已失效，未送达" in words(clerk.see(f"/cases/{number}"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("paid", "第 2 行请写成“名称 = 值”"),
        ("= 3", "第 2 行请写成“名称 = 值”"),
        ("parts = [60,", "第 2 行的值没有看懂"),
        ("by = 2", "“by”写了两次"),
        ("1st = 2", "须以字母开头"),
    ],
)
def test_a_line_that_is_no_variable_is_a_fault_and_nothing_is_told(
    office: Office, line: str, said: str
) -> None:
    path = f"/cases/{billed(office)}/acts/process.message"
    before, clerk = office.case(), Visitor(office, "clerk")
    refused = clerk.act(path, told="payment received", data=f"by = 1\n{line}")
    assert refused.status_code == 422
    assert said in words(refused)
    assert line in words(refused)
    assert "请选择是哪一个" in words(clerk.act(path, told="guess"))
    assert office.case() == before


def test_what_was_filled_in_stands_beside_the_next_form(office: Office) -> None:
    number, clerk = started(office), Visitor(office, "clerk")
    path = f"/cases/{number}/acts/process.complete"
    filled = {"data-approved": "yes", "data-remark": "可以"}
    preview = clerk.send(path, **hidden(clerk.see(path)), **filled, step="preview")
    assert "任务 审批请假 同意 是 意见 可以" in words(preview)
    clerk.send(path, **{**hidden(preview), "step": "sign"})
    assert "同意 是 意见 可以" in words(clerk.see(path))
    story = words(clerk.see(f"/cases/{number}/timeline"))
    assert "表单已填写：审批请假" in story
    assert "变量已更新" not in story
    work = words(clerk.see(f"/cases/{number}/timeline?depth=work"))
    assert "任务办结：审批请假" in work
    assert "新任务：登记休假" in work


def test_my_work_names_the_task_i_took_on_of_several(office: Office, tmp_path: Path) -> None:
    two = tmp_path / "two.bpmn"
    two.write_text(
        f'{HEAD}<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" name="甲事"/>'
        '<userTask id="b" name="乙事"/><parallelGateway id="j"/><endEvent id="e"/>'
        f"{flow('s>f', 'f>a', 'f>b', 'a>j', 'b>j', 'j>e')}{TAIL}"
    )
    started(office, two)
    clerk, path = Visitor(office, "clerk"), f"/tasks/{office.case().id}.t-2"
    clerk.send(f"{path}/claim", **hidden(clerk.see(path)))
    mine = clerk.see("/tasks?scope=mine")
    assert "乙事 430100" in words(mine)
    assert f'href="{path}"' in mine.text
    assert "甲事 430100" in words(clerk.see("/tasks?scope=free"))


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
