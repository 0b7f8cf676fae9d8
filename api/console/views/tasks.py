"""待办 and 任务办理: the work list in the order of the law's dates, and one task."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.casefile import home
from api.console.commands import send, sent_before
from api.console.outcomes import after
from api.console.pages import ListPage, Tab
from api.console.rows import row
from api.console.views import act
from api.console.visit import Trouble, Visit
from domain.case.access import may_know, viewer
from domain.case.actor import Actor, role_matches
from domain.case.state import Case, Task
from domain.case.views import Lights
from domain.ports import Alike, CaseFilter, Page, Viewer

PAGE = 50
_OWN: Mapping[str, Callable[[Actor], CaseFilter]] = {
    "mine": lambda actor: CaseFilter(open_only=True, assignee=actor.person),
    "role": lambda actor: CaseFilter(open_only=True, role=actor.role),
}
LIGHTS = {"prov": "provisional"}  # where the page's name of a light is not the law's


def work_list(visit: Visit) -> Response:
    """Show open tasks, those due first: of a scope and, where asked for, of one light."""
    if not visit.in_office:
        raise Trouble(403, "page.no_right")
    tr, scope, colour = visit.texts.tr, visit.query("scope", "all"), visit.query("light")
    here, cases = viewer(visit.actor), visit.services.cases
    tally = cases.tally(visit.tenant, here)
    own = _OWN.get(scope)
    colour = "" if own else colour  # lights narrow the office's list
    found = _own(visit, here, own(visit.actor)) if own else _page(visit, here, scope, tally)
    more = {"scope": scope, "light": colour, "cursor": found.next_cursor}
    counts = {"all": sum(one.duties for one in tally), "free": sum(one.free for one in tally)}
    named = (
        ("all", tr("全部")), ("role", tr("本角色")), ("mine", tr("我的")), ("free", tr("未分派")),
    )  # fmt: skip
    empty = {"role": tr("没有待本角色办理的任务"), "free": tr("没有未分派的任务")}
    page = ListPage(
        rows=tuple(row(visit, one, task=_task(visit, one, scope)) for one in found.items),
        next=f"/tasks?{urlencode(more)}" if found.next_cursor else "",
        mark=cases.mark(visit.tenant, here),
        empty=empty.get(scope) or tr("现在没有待办"),
        tabs=tuple(
            Tab(f"/tasks?scope={code}", f"{name} {counts.get(code, '')}".strip(), code == scope)
            for code, name in named
        ),
        scope=scope if not colour else "light",
    )
    return visit.render("tasks.html", tr("待办"), page)


def _own(visit: Visit, here: Viewer, wanted: CaseFilter) -> Page:
    return visit.services.cases.work(visit.tenant, here, wanted, visit.query("cursor"), PAGE)


def _page(visit: Visit, here: Viewer, scope: str, tally: Sequence[Alike]) -> Page:
    """Return a page of the authority's tasks whose gravest light is the one asked for."""
    lights = Lights(visit.now, visit.calendar)
    colour = LIGHTS.get(visit.query("light"), visit.query("light"))
    groups = [one for one in tally if not colour or lights.gravest(one) == colour]
    return visit.services.cases.alike(
        visit.tenant,
        here,
        groups,
        "free" if scope == "free" else "duties",
        cursor=visit.query("cursor"),
        limit=PAGE,
    )


def _task(visit: Visit, case: Case, scope: str) -> Task | None:
    """Return the task that put the case on the list."""
    open_ = [one for one in case.tasks if one.state == "open"]
    if scope == "mine":
        return next((one for one in open_ if one.assignee == visit.actor.person), None)
    if scope == "role":
        return next((one for one in open_ if role_matches(one.role, visit.actor.role)), None)
    tasks = (one for one in open_ if one.holder == "authority")
    return next((one for one in tasks if not (scope == "free" and one.assignee)), None)


def one_task(visit: Visit) -> Response:
    """Show a task: the evidence beside the ways to do it."""
    case, task = _find(visit)
    return act.task_page(visit, case, task)


async def claim(visit: Visit, form: FormData) -> Response:
    """Take a task on oneself, if it is still with whom the page showed it, or with nobody."""
    key, name = str(form.get("key", "")), visit.path("task")
    try:
        case, task = await run_in_threadpool(_find, visit)
    except Trouble:
        stored = await run_in_threadpool(sent_before, visit, key, name.rpartition(".")[0])
        if stored is None:
            raise
        return after(home(visit), stored)
    shown = str(form.get("instead_of", ""))
    payload = {"to": visit.actor.person, "task": task.id, "instead_of": shown}
    stored = await send(visit, case, "case.assign", payload, key=key)
    return after(f"/tasks/{name}", stored)


def _find(visit: Visit) -> tuple[Case, Task]:
    name = visit.path("task")
    case = visit.services.cases.find_task(visit.tenant, name, viewer(visit.actor))
    if case is None or not may_know(visit.actor, case):
        raise Trouble(404, "task.not_found")
    task = next((one for one in case.tasks if f"{case.id}.{one.id}" == name), None)
    if task is None:
        raise Trouble(404, "task.not_found")
    return case, task
