"""待办 and 任务办理: the work list in the order of the law's dates, and one task."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.commands import send
from api.console.outcomes import after
from api.console.pages import ListPage, Row, Tab
from api.console.rows import mark, our_task, row
from api.console.views import act
from api.console.visit import Trouble, Visit
from domain.case.access import may_know, viewer
from domain.case.state import Case, Task
from domain.ports import CaseFilter

PAGE = 50


def work_list(visit: Visit) -> Response:
    """Show open tasks, those due first."""
    if not visit.official:
        raise Trouble(403, "page.no_right")
    tr = visit.texts.tr
    scope = visit.query("scope", "all")
    wanted = CaseFilter(
        open_only=True,
        unassigned=scope == "free",
        assignee=visit.actor.person if scope == "mine" else "",
    )
    found = visit.services.cases.work(
        visit.tenant, viewer(visit.actor), wanted, visit.query("cursor"), PAGE
    )
    pairs = [(case, task) for case in found.items if (task := our_task(case))]
    rows = tuple(row(visit, case, task=task) for case, task in pairs)
    colour = visit.query("light")
    named = (("all", tr("全部")), ("mine", tr("我的")), ("free", tr("未分派")))
    page = ListPage(
        rows=tuple(one for one in rows if not colour or _lit(one, colour)),
        next=f"/tasks?scope={scope}&cursor={found.next_cursor}" if found.next_cursor else "",
        mark=mark(found.items),
        empty=tr("没有未分派的任务") if scope == "free" else tr("现在没有待办"),
        tabs=tuple(Tab(f"/tasks?scope={code}", name, code == scope) for code, name in named),
        scope=scope if not colour else "light",
    )
    return visit.render("tasks.html", tr("待办"), page)


def _lit(one: Row, colour: str) -> bool:
    return one.light is not None and one.light.colour == colour


def one_task(visit: Visit) -> Response:
    """Show a task: the evidence beside the ways to do it."""
    case, task = _find(visit)
    return act.task_page(visit, case, task)


async def claim(visit: Visit, form: FormData) -> Response:
    """Take a task on oneself: the same as an assignment to oneself."""
    case, task = await run_in_threadpool(_find, visit)
    payload = {"to": visit.actor.person}
    stored = await send(visit, case, "case.assign", payload, key=str(form.get("key", "")))
    return after(f"/tasks/{case.id}.{task.id}", stored)


def _find(visit: Visit) -> tuple[Case, Task]:
    name = visit.path("task")
    case = visit.services.cases.find_task(visit.tenant, name)
    if case is None or not may_know(visit.actor, case):
        raise Trouble(404, "task.not_found")
    task = next((one for one in case.tasks if f"{case.id}.{one.id}" == name), None)
    if task is None:
        raise Trouble(404, "task.not_found")
    return case, task
