"""流程: the processes people have deployed, with their versions and figures."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.responses import Response

from api.console.openings import startable_processes
from api.console.visit import Trouble, Visit
from api.console.words import whole
from domain.process.model import Definition
from domain.process.picture import NoLayoutError, svg
from domain.registers.processes import Deployed, version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLine:
    """A version of a process."""

    path: str
    name: str
    process: str
    version: int
    current: bool
    file: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessesPage:
    """All versions, newest first; `shown` is the one whose figure is drawn."""

    rows: tuple[ProcessLine, ...]
    shown: ProcessLine | None
    picture: Markup
    start: str = (
        ""  # where a case of it is started; "" for whoever may not, and of an older version
    )


def processes(visit: Visit) -> Response:
    """Show the deployed processes, and the figure of the one that is asked for."""
    if not visit.in_office:
        raise Trouble(404, "page.not_found")
    all_ = visit.services.deployments.all(visit.tenant)
    asked, wanted = visit.query("process"), whole(visit.query("version"))
    found = version_of(all_, asked, wanted) if asked else next(reversed(all_), None)
    if asked and found is None:
        raise Trouble(404, "page.not_found")
    page = ProcessesPage(
        rows=tuple(_line(one, all_) for one in reversed(all_)),
        shown=_line(found, all_) if found else None,
        picture=_picture(visit, visit.services.definitions.pinned(found.definition))
        if found
        else Markup(),
        start=f"/start/process/{found.process}"
        if found in startable_processes(visit.actor, all_)
        else "",
    )
    return visit.render("processes.html", visit.texts.tr("流程"), page)


def _line(one: Deployed, all_: tuple[Deployed, ...]) -> ProcessLine:
    return ProcessLine(
        path=f"/processes?process={one.process}&version={one.version}",
        name=one.name,
        process=one.process,
        version=one.version,
        current=version_of(all_, one.process, None) == one,
        file=one.file,
        at=one.at,
    )


def _picture(visit: Visit, definition: Definition) -> Markup:
    try:
        return Markup(svg(definition))  # noqa: S704  – made by us, escaped
    except NoLayoutError:
        return Markup("<p>{}</p>").format(visit.texts.tr("流程文件没有布局，请看下面的列表。"))
