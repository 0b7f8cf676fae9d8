"""Plain processes over HTTP: a diagram is deployed, and its cases run without code."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.client import Caller, Said, code_of
from tests.api.conftest import FRIDAY, As
from tests.api.memory import TENANT, House

EXAMPLES = Path(__file__).parents[2] / "examples" / "processes"
LEAVE, ORDER, BILL = "leave-request", "stocked-order", "bill-payment"


def source(name: str) -> str:
    """Return an example file."""
    return (EXAMPLES / f"{name}.bpmn").read_text(encoding="utf-8")


def deploy(caller: Caller, name: str, text: str | None = None) -> dict[str, Any]:
    """Deploy a file and return the answer."""
    body = {"file": f"{name}.bpmn", "source": source(name) if text is None else text}
    answer = caller.post("/processes", body)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def started(caller: Caller, process: str, **payload: Said) -> str:
    """Start a case and return its id."""
    body = {"procedure": "process", "variant": process, "with": payload}
    return str(caller.start(body)["case"])


def tasks(caller: Caller, case: str) -> list[dict[str, Any]]:
    """Return the open tasks of a case."""
    items = caller.get("/tasks").json()["items"]
    return [one for one in items if one["case"] == case]


def done(caller: Caller, case: str, **data: Said) -> None:
    """Do the task of a case that has waited longest."""
    task = tasks(caller, case)[0]
    answer = caller.post(f"/tasks/{task['id']}/commands/complete", {"with": {"data": data}})
    assert answer.status_code == 200, answer.text


def state(caller: Caller, case: str) -> dict[str, Any]:
    """Return a case as it is shown."""
    shown: dict[str, Any] = caller.get(f"/cases/{case}").json()
    return shown


def test_the_same_bytes_are_the_same_version_and_new_ones_the_next(by: As) -> None:
    first = deploy(by("admin"), LEAVE)
    again = deploy(by("admin"), LEAVE)
    changed = deploy(by("admin"), LEAVE, source(LEAVE).replace("P5D", "P6D"))
    assert (first["version"], again["version"], changed["version"]) == (1, 1, 2)
    shown = by("clerk").get("/processes").json()["items"]
    assert [(one["version"], one["current"]) for one in shown] == [(2, True), (1, False)]


def test_an_unsound_diagram_is_refused_with_rule_line_and_element(by: As) -> None:
    deploy(by("admin"), LEAVE)
    unsound = source(ORDER).replace("parallelGateway", "exclusiveGateway", 2)  # the fork alone
    body = {"file": "x.bpmn", "source": unsound}
    answer = by("admin").post("/processes", body)
    assert answer.status_code == 422
    assert code_of(answer) == "process.unsound"
    fault = answer.json()["errors"][0]
    assert fault["rule"] == "sound.deadlock"
    assert "joined" in fault["detail"]
    assert len(by("clerk").get("/processes").json()["items"]) == 1


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('name="approved"', 'name="not a name"', "field.name"),
        ('type="text"', 'type="colour"', "field.type"),
        ("<anjuan:field", '<anjuan:effect name="x"/><anjuan:field', "extension.code"),
        (' isExecutable="true"', "", "deploy.one_process"),
        ("<userTask", "<scriptTask", "file.xml"),
    ],
)
def test_what_cannot_run_is_never_half_loaded(by: As, old: str, new: str, rule: str) -> None:
    body = {"file": "x.bpmn", "source": source(LEAVE).replace(old, new, 1)}
    answer = by("admin").post("/processes", body)
    assert rule in [one["rule"] for one in answer.json()["errors"]]
    assert by("clerk").get("/processes").json()["items"] == []


def test_only_the_operator_may_deploy(by: As) -> None:
    body = {"file": "leave.bpmn", "source": source(LEAVE)}
    for login in ("clerk", "reviewer", "operator"):
        answer = by(login).post("/processes", body)
        assert (answer.status_code, code_of(answer)) == (403, "process.deployer_required")


def test_a_process_of_another_tenant_is_not_there(by: As) -> None:
    deploy(by("admin"), LEAVE)
    other = by("clerk", tenant="elsewhere")
    assert other.get("/processes").json()["items"] == []
    body = {"procedure": "process", "variant": "leave_request", "with": {}}
    assert code_of(other.post("/cases", body)) == "process.unknown"
    assert code_of(other.get("/processes/leave_request")) == "process.unknown"


def test_a_deployed_process_shows_forms_messages_and_its_figure(by: As) -> None:
    deploy(by("admin"), LEAVE)
    deploy(by("admin"), BILL)
    shown = by("clerk").get("/processes/leave_request").json()
    assert [one["name"] for one in shown["tasks"][0]["fields"]] == ["approved", "remark"]
    assert by("clerk").get("/processes/bill_payment").json()["messages"] == ["payment received"]
    figure = by("clerk").get("/processes/bill_payment/diagram")
    assert "<svg" in figure.text
    file = by("clerk").get("/processes/bill_payment/diagram", {"accept": "application/bpmn+xml"})
    assert file.text == source(BILL)


def test_a_case_runs_to_its_end_by_the_forms_of_the_file(by: As) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request", variables={"who": "p-clerk"})
    assert [one["label"] for one in tasks(by("clerk"), case)] == ["审批请假"]
    done(by("clerk"), case, approved=True)
    assert [one["label"] for one in tasks(by("clerk"), case)] == ["登记休假"]
    done(by("clerk"), case, first_day="2024-05-06", days="2.5")
    assert state(by("clerk"), case)["status"] == "closed"


def test_old_cases_stay_on_their_version(by: As) -> None:
    first = deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    second = deploy(by("admin"), LEAVE, source(LEAVE).replace("P5D", "P6D"))
    newer = started(by("clerk"), "leave_request")
    older = started(by("clerk"), "leave_request", version=1)
    pinned = [state(by("clerk"), one)["definition"]["hash"] for one in (case, newer, older)]
    assert pinned == [first["definition"], second["definition"], first["definition"]]


def test_a_form_that_is_filled_in_wrongly_names_each_field(by: As) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    wrong = {"data": {"approved": "yes", "colour": "red"}}
    answer = by("clerk").act(case, "process.complete", wrong)
    assert answer.status_code == 422
    told = answer.json()["detail"]
    assert "/data/approved" in told
    assert "/data/colour" in told


def test_the_fields_of_a_start_event_judge_what_a_case_is_started_with(by: As) -> None:
    field = '<anjuan:field name="day" type="date" required="true"/>'
    form = f"<extensionElements>{field}</extensionElements>"
    head = '<startEvent id="asked" name="提出申请">'
    deploy(by("admin"), LEAVE, source(LEAVE).replace(head, head + form))
    body = {"procedure": "process", "variant": "leave_request", "with": {"variables": {}}}
    answer = by("clerk").post("/cases", body)
    assert answer.status_code == 422
    assert "/variables/day" in answer.json()["detail"]
    case = started(by("clerk"), "leave_request", variables={"day": "2024-05-10"})
    shown = by("clerk").get(f"/cases/{case}/state").json()["process"]
    assert shown["variables"] == {"day": "2024-05-10"}


def test_the_state_shows_identity_numbers_in_part_and_the_applicant_no_persons(by: As) -> None:
    deploy(by("admin"), LEAVE)
    sent = {"id_number": "43010219900101123X", "contact": "13800000000", "days": 2}
    case = started(by("operator"), "leave_request", variables=sent)
    masked = {**sent, "id_number": "4301**********123X"}
    for login, hidden in (("clerk", ()), ("operator", ("contact",))):
        shown = by(login).get(f"/cases/{case}/state").json()["process"]["variables"]
        assert shown == {name: one for name, one in masked.items() if name not in hidden}


def test_a_task_is_done_by_its_own_role_only(by: As) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    answer = by("reviewer").act(case, "process.complete", {"data": {"approved": True}})
    assert code_of(answer) == "case.role_required"
    acts = by("reviewer").get(f"/cases/{case}/state").json()["actions"]
    (told,) = [one for one in acts if one["name"] == "process.complete"]
    assert told["why_not"]["code"] == "case.role_required"
    assert "须由鉴定中心经办办理" in told["why_not"]["detail"]


def test_timers_remind_and_then_pass_the_work_on(by: As, house: House) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    shown = by("clerk").get(f"/cases/{case}/deadlines").json()["items"]
    assert {one["label"] for one in shown} == {"两日提醒", "五日未批"}
    for days in (2, 5):
        house.sandbox.set_clock(TENANT, FRIDAY + timedelta(days=days), frozen=True)
        house.conductor._turn(case, None)  # noqa: SLF001  – as a timer would
    assert [one["label"] for one in tasks(by("reviewer"), case)] == ["上级审批"]
    events = [one.type for one in house.store.tables.stream(TENANT, case)]
    assert events.count("deadline.lapsed") == 2
    assert "process.assigned" in events  # the reminder was noted
    done(by("reviewer"), case, approved=False)
    assert state(by("clerk"), case)["status"] == "closed"


def test_what_is_left_of_a_timer_is_said_by_the_clock_and_no_law_is_named(
    by: As, house: House
) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    house.sandbox.set_clock(TENANT, FRIDAY + timedelta(hours=3), frozen=True)
    shown = by("clerk").get(f"/cases/{case}/state").json()
    said = shown["waiting_for"]["sentence"]
    assert said.endswith("，还有4天21小时"), said  # the reminder after two days is no deadline
    assert shown["if_nothing_happens"]["effective"] == "2024-05-01T17:00:00+08:00"
    assert [one["due"] for one in tasks(by("clerk"), case)] == ["2024-05-01"]
    deploy(by("admin"), BILL)
    bill = started(by("clerk"), "bill_payment")
    said = by("clerk").get(f"/cases/{bill}/state").json()["waiting_for"]["sentence"]
    assert said.endswith("核定金额，未设期限"), said


def test_a_message_finds_its_case_by_the_key(by: As) -> None:
    deploy(by("admin"), BILL)
    first = started(by("clerk"), "bill_payment", key="bill-1")
    second = started(by("clerk"), "bill_payment", key="bill-2")
    for case in (first, second):
        done(by("clerk"), case, amount=100)
    message = {"message": "payment received", "key": "bill-2", "data": {"paid": 40}}
    assert by("clerk").post("/messages", message).status_code == 200
    assert state(by("clerk"), second)["status"] == "accepted"  # 40 are not enough
    rest = message | {"data": {"paid": 100}}
    assert by("clerk").post("/messages", rest).json()["case"] == second
    assert state(by("clerk"), second)["status"] == "closed"
    assert state(by("clerk"), first)["status"] == "accepted"


def test_a_message_nobody_waits_for_is_refused(by: As) -> None:
    deploy(by("admin"), BILL)
    case = started(by("clerk"), "bill_payment", key="bill-1")
    early = {"message": "payment received", "key": "bill-1", "ttl": "PT0S"}
    assert code_of(by("clerk").post("/messages", early)) == "process.nobody_waits"
    unknown = early | {"key": "bill-9"}
    assert code_of(by("clerk").post("/messages", unknown)) == "message.nobody_waits"
    assert state(by("clerk"), case)["status"] == "accepted"


def test_a_message_sent_again_is_answered_alike_also_once_its_case_has_ended(by: As) -> None:
    deploy(by("admin"), BILL)
    case = started(by("clerk"), "bill_payment", key="bill-1")
    done(by("clerk"), case, amount=100)
    message = {"message": "payment received", "key": "bill-1", "data": {"paid": 100}}
    same = {"idempotency-key": "payment-1"}
    first = by("clerk").post("/messages", message, same)
    assert state(by("clerk"), case)["status"] == "closed"
    again = by("clerk").post("/messages", message, same)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    other = by("clerk").post("/messages", message | {"data": {"paid": 1}}, same)
    assert code_of(other) == "idempotency.body_differs"
    elsewhere = by("clerk").post("/messages", message | {"key": "bill-2"}, same)
    assert code_of(elsewhere) == "message.nobody_waits"


def test_the_office_can_cancel_a_process(by: As) -> None:
    deploy(by("admin"), BILL)
    case = started(by("clerk"), "bill_payment", key="bill-1")
    assert by("clerk").act(case, "process.cancel", {"reason": "重复出账"}).status_code == 200
    shown = state(by("clerk"), case)
    assert shown["status"] == "terminated"
    assert tasks(by("clerk"), case) == []


def test_a_colleague_who_was_faster_is_named(by: As) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    done(by("clerk"), case, approved=True)
    late = {"task": "t-1", "data": {"approved": False}}
    assert code_of(by("clerk").act(case, "process.complete", late)) == "task.already_done"


def test_a_term_no_text_gives_here_is_told_and_nothing_begins(by: As) -> None:
    deploy(by("admin"), LEAVE, source(LEAVE).replace("P5D", "law:bank.practical_papers"))
    body = {"procedure": "process", "variant": "leave_request", "with": {}}
    answer = by("clerk").post("/cases", body)
    assert code_of(answer) == "law.no_rule"
    assert by("clerk").get("/tasks").json()["items"] == []
