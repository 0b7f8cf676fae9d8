"""Which timer of a plain process is the deadline of a task: the one that ends it, on any border."""

from tests.api.client import Caller
from tests.api.conftest import As
from tests.api.test_processes import deploy, started

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test">'
    '<message id="m" name="货物到达"/><process id="p" name="并行" isExecutable="true">'
)
TAIL = "</process></definitions>"
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def flow(*ways: str) -> str:
    """Return sequence flows, each written `from>to`."""
    pairs = (one.split(">") for one in ways)
    return "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs
    )


def timer(guarded: str, name: str, span: str, *, to: str = "", interrupts: bool = True) -> str:
    """Return a timer on the border of an activity, with a way on or an end behind it."""
    behind = to or f"{name}_end"
    end = "" if to else f'<endEvent id="{behind}"/>'
    return (
        f'<boundaryEvent id="{name}" name="{name}" attachedToRef="{guarded}"'
        f' cancelActivity="{str(interrupts).lower()}">{TIMER.format(span)}</boundaryEvent>'
        f"{end}{flow(f'{name}>{behind}')}"
    )


def dues(caller: Caller) -> dict[str, str | None]:
    """Return until when each open task is to be done."""
    return {one["label"]: one["due"] for one in caller.get("/tasks").json()["items"]}


def test_each_of_two_tasks_has_the_timer_of_its_own_border(by: As) -> None:
    text = (
        f'{HEAD}<startEvent id="s"/><parallelGateway id="f"/>'
        '<userTask id="a" name="甲"/><userTask id="b" name="乙"/><userTask id="c" name="丙"/>'
        '<exclusiveGateway id="x"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flow("s>f", "f>a", "f>b", "f>c", "a>x", "x>j", "b>j", "c>j", "j>e")
        + timer("a", "a_late", "P9D", to="x")
        + timer("a", "a_reminder", "P1D", interrupts=False)
        + timer("b", "b_reminder", "P2D", interrupts=False)
        + TAIL
    )
    deploy(by("admin"), "p", text)
    case = started(by("clerk"), "p")
    assert dues(by("clerk")) == {"甲": "2024-05-05", "乙": None, "丙": None}
    said = by("clerk").get(f"/cases/{case}/state").json()["waiting_for"]
    assert said["until"] == "2024-05-05"


def test_a_timer_around_the_task_ends_it_too_and_one_beside_it_does_not(by: As) -> None:
    inside = (
        '<subProcess id="sub" name="内"><startEvent id="si"/><userTask id="t" name="丁"/>'
        f'<endEvent id="ei"/>{flow("si>t", "t>ei")}'
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">'
        f'{TIMER.format("P1D")}</startEvent><endEvent id="he"/>{flow("hs>he")}</subProcess>'
        "</subProcess>"
    )
    text = (
        f'{HEAD}<startEvent id="s"/>{inside}<endEvent id="e"/>{flow("s>sub", "sub>e")}'
        f"{timer('sub', 'late', 'P5D')}{TAIL}"
    )
    deploy(by("admin"), "p", text)
    started(by("clerk"), "p")
    assert dues(by("clerk")) == {"丁": "2024-05-01"}


def otherwise(caller: Caller, case: str) -> tuple[str, str] | None:
    """Return when something comes by itself, and what."""
    told = caller.get(f"/cases/{case}/state").json()["if_nothing_happens"]
    return told and (told["effective"], told["sentence"])


def test_a_timer_beside_the_task_is_what_comes_by_itself(by: As) -> None:
    catch = f'<intermediateCatchEvent id="c" name="三日">{TIMER.format("P3D")}'
    text = (
        f'{HEAD}<startEvent id="s"/><parallelGateway id="f"/><userTask id="a" name="甲"/>'
        f'{catch}</intermediateCatchEvent><userTask id="b" name="乙"/><parallelGateway id="j"/>'
        f'<endEvent id="e"/>{flow("s>f", "f>a", "f>c", "c>b", "a>j", "b>j", "j>e")}{TAIL}'
    )
    deploy(by("admin"), "p", text)
    case = started(by("clerk"), "p")
    assert otherwise(by("clerk"), case) == (
        "2024-04-29T17:00:00+08:00", "期满后，流程从“三日”继续",
    )  # fmt: skip
    waits = by("clerk").get(f"/cases/{case}/state").json()["waiting_for"]["sentence"]
    assert waits.endswith("甲，未设期限")


def test_a_timer_that_ends_nothing_comes_by_itself_where_it_opens_work(by: As) -> None:
    text = (
        f'{HEAD}<startEvent id="s"/><userTask id="a" name="甲"/><endEvent id="e"/>'
        '<userTask id="b" name="乙"/><endEvent id="eb"/>'
        + flow("s>a", "a>e", "b>eb")
        + timer("a", "reminder", "P1D", interrupts=False)
        + timer("a", "more", "P2D", to="b", interrupts=False)
        + TAIL
    )
    deploy(by("admin"), "p", text)
    case = started(by("clerk"), "p")
    assert otherwise(by("clerk"), case) == (
        "2024-04-28T17:00:00+08:00", "期满后，流程从“more”继续",
    )  # fmt: skip


def test_a_reminder_alone_brings_nothing_by_itself(by: As) -> None:
    text = (
        f'{HEAD}<startEvent id="s"/><userTask id="a" name="甲"/><endEvent id="e"/>'
        + flow("s>a", "a>e")
        + timer("a", "reminder", "P1D", interrupts=False)
        + TAIL
    )
    deploy(by("admin"), "p", text)
    assert otherwise(by("clerk"), started(by("clerk"), "p")) is None


def test_a_case_that_waits_for_a_message_names_it(by: As) -> None:
    catch = '<messageEventDefinition messageRef="m"/>'
    text = (
        f'{HEAD}<startEvent id="s"/><intermediateCatchEvent id="c">{catch}</intermediateCatchEvent>'
        f'<endEvent id="e"/>{flow("s>c", "c>e")}{TAIL}'
    )
    deploy(by("admin"), "p", text)
    opened = by("clerk").start({"procedure": "process", "variant": "p", "with": {}})
    assert opened["next"]["sentence"] == "等待消息“货物到达”"
