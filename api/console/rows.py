"""Rows of cases, as every list shows them."""

from collections.abc import Iterable
from datetime import date

from api.console.casefile import case_path, duty_path, ended_sentence, matter, my_task, place_name
from api.console.pages import Row
from api.console.times import open_deadlines, overdue_service, worst_light
from api.console.visit import Visit
from domain.case import views
from domain.case.labels import label
from domain.case.state import Case, Task
from domain.kernel.times import day_told
from domain.procedures.table import procedure as of_procedure


def row(visit: Visit, case: Case, *, task: Task | None = None) -> Row:
    """Return a case as a row; with `task`, the row leads to the task."""
    waits = views.wait(case, visit.world, visit.now)
    mine = my_task(visit, case)
    return Row(
        path=f"/tasks/{case.id}.{task.id}" if task else case_path(visit, case),
        number=case.number,
        applicant=case.applicant.name,
        matter=matter(visit, case),
        place=place_name(case.jurisdiction),
        status=case.status,
        task=label("task", task.form, visit.lang) if task else "",
        wait=waits.sentence(visit.lang) if waits else ended_sentence(visit, case),
        holder=_holder(visit, case, waits),
        due=_due(case, waits),
        light=worst_light(visit, case),
        assignee=task.assignee if task else "",
        unserved=overdue_service(visit, case) if visit.official else "",
        act=label("task", mine.form, visit.lang) if mine else "",
        act_path=duty_path(case, mine) if mine else "",
    )


def _due(case: Case, waits: views.WaitView | None) -> date | None:
    """Return the day a list shows: until when, or since when a case is over.

    Timers of a plain process are deadlines only where something waited for ends with them.
    """
    if case.ended:
        return day_told(case.ended_at) if case.ended_at else None
    if of_procedure(case.procedure).plain is not None:
        return waits.until if waits else None
    return next((one.due for one in open_deadlines(case) if one.due), None)


def _holder(visit: Visit, case: Case, waits: views.WaitView | None) -> str:
    if case.ended:
        return "–"
    if waits is None:
        outside = of_procedure(case.procedure).plain is not None
        return visit.texts.tr("外部") if outside else visit.texts.tr("系统")
    return waits.organisation or label("role", waits.role, visit.lang)


def our_task(case: Case) -> Task | None:
    """Return the first open task of the authority."""
    return next(
        (one for one in case.tasks if one.state == "open" and one.holder == "authority"), None
    )


def rows(visit: Visit, cases: Iterable[Case]) -> tuple[Row, ...]:
    """Return cases as rows."""
    return tuple(row(visit, one) for one in cases)


def mark(cases: Iterable[Case]) -> str:
    """Return what changes when one of the cases does."""
    return str(sum(one.version for one in cases))
