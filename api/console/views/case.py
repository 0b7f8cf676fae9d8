"""办件详情: a case understood in ten seconds, acted on in thirty."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from markupsafe import Markup
from starlette.responses import Response

from api.console import casefile, pages, plain_case, times
from api.console.forms.naming import of_data
from api.console.stream import newest, whole
from api.console.telling import Telling, named
from api.console.visit import Visit, to
from api.console.words import whole as number
from api.showing.timeline import LEVELS, Level
from domain.case.envelope import Recorded
from domain.case.labels import label
from domain.case.state import Case
from domain.kernel.events import decode
from domain.kernel.times import CST
from domain.procedures.filing.facts import Filing
from domain.procedures.process.facts import ProcessData
from domain.process.marking import Marking
from domain.process.model import Definition, Node
from domain.process.picture import NoLayoutError, svg
from domain.registers.institutions import ScopeItem

LATEST = 5  # events on the first view
PAGE = 100  # events on a page of the timeline
_GATEWAYS: Final = ("exclusive", "parallel", "inclusive", "event_gateway")


def overview(visit: Visit) -> Response:
    """Show whom the case waits for, until when, what happened, and what may be done now."""
    case = visit.case(visit.path("case"))
    if not visit.official:
        return to(f"/my/cases/{case.number}", **dict(visit.request.query_params))
    events = list(whole(visit, case))
    latest = newest(visit, case, case.version + 1)
    page = pages.Overview(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, ""),
        steps=times.steps(visit, case, events),
        clocks=tuple(times.clock(visit, one) for one in times.open_deadlines(case)),
        facts=application(visit, case, events),
        latest=tuple(islice(casefile.story(visit, case, latest, "story"), LATEST)),
        duty=casefile.duty(visit, case),
        acts=casefile.acts(visit, case),
    )
    return visit.render("case_overview.html", _title(case), page)


def timeline(visit: Visit) -> Response:
    """Show the story at one of three depths, page by page from the newest back."""
    case, tr = visit.case(visit.path("case")), visit.texts.tr
    wanted = visit.query("depth", "story")
    depth: Level = next((one for one in LEVELS if one == wanted), "story")
    names = {"story": tr("经过"), "work": tr("含任务与期限"), "technical": tr("全部事件")}
    path = f"{casefile.case_path(visit, case)}/timeline"
    end, before = case.version + 1, _before(visit, case)
    story = casefile.story(visit, case, newest(visit, case, before), depth)
    found = list(islice(story, PAGE + 1))
    shown = tuple(reversed(found[:PAGE]))
    page = pages.Timeline(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, "timeline"),
        items=shown,
        earlier=f"{path}?depth={depth}&before={shown[0].version}" if found[PAGE:] else "",
        latest=f"{path}?depth={depth}" if before < end else "",
        depths=tuple(
            pages.Tab(f"{path}?depth={one}", name, one == depth) for one, name in names.items()
        ),
        technical=depth == "technical",
    )
    return visit.render("case_timeline.html", f"{tr('时间线')} · {_title(case)}", page)


def _before(visit: Visit, case: Case) -> int:
    """Return before which event the page ends; the end of the stream unless it names one of it."""
    asked, end = number(visit.query("before")), case.version + 1
    return asked if asked is not None and 1 < asked < end else end


def deadlines(visit: Visit) -> Response:
    """Show every deadline with each day that counts or does not."""
    case = visit.case(visit.path("case"))
    running = times.open_deadlines(case)
    over = [one for one in case.deadlines if one not in running]
    page = pages.Clocks(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, "deadlines"),
        clocks=tuple(times.clock(visit, one) for one in (*running, *reversed(over))),
        calendar_through=visit.calendar.valid_through,
        calendar_version=visit.calendar.version,
    )
    return visit.render("case_deadlines.html", f"{visit.texts.tr('期限')} · {_title(case)}", page)


def materials(visit: Visit) -> Response:
    """Show what was handed in, with digests, and what is missing."""
    case = visit.case(visit.path("case"))
    page = pages.Materials(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, "materials"),
        materials=casefile.materials(visit, case, list(whole(visit, case))),
        missing=casefile.gaps(visit, case),
    )
    return visit.render("case_materials.html", f"{visit.texts.tr('材料')} · {_title(case)}", page)


def notices(visit: Visit) -> Response:
    """Show the letters and how they reached their addressees."""
    case = visit.case(visit.path("case"))
    page = pages.Papers(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, "notices"),
        notices=casefile.papers(visit, case),
    )
    return visit.render("case_notices.html", f"{visit.texts.tr('文书')} · {_title(case)}", page)


def diagram(visit: Visit) -> Response:
    """Show the diagram with the live position, and the same as a list."""
    case = visit.case(visit.path("case"))
    definition = visit.services.definitions.pinned(case.definition)
    events = list(whole(visit, case))
    marking = Marking.from_json(case.marking) if case.marking else Marking()
    flows = {flow for one in events if one.type == "process.moved" for flow in _taken(one)}
    been = {
        end
        for flow in (one for node in definition.nodes.values() for one in node.outgoing)
        if flow.id in flows
        for end in (flow.source, flow.target)
    }
    page = pages.Diagram(
        head=casefile.head(visit, case),
        tabs=casefile.tabs(visit, case, "diagram"),
        svg=_picture(visit, definition, marking.active, flows | been),
        nodes=_spots(visit, definition, marking, been, case),
        active=tuple(sorted(marking.active)),
        taken=tuple(sorted(flows | been)),
        definition=case.definition,
    )
    return visit.render("case_diagram.html", f"{visit.texts.tr('流程图')} · {_title(case)}", page)


def _picture(
    visit: Visit, definition: Definition, active: frozenset[str], taken: set[str]
) -> Markup:
    """Return the diagram drawn; a deployed file may come without a layout."""
    try:
        return Markup(svg(definition, active, taken))  # noqa: S704  – made by us, escaped
    except NoLayoutError:
        return Markup("<p>{}</p>").format(visit.texts.tr("流程文件没有布局，请看下面的列表。"))


def _taken(one: Recorded) -> Sequence[str]:
    taken = one.data.get("taken", ())
    return [str(flow) for flow in taken] if isinstance(taken, list | tuple) else []


def _spots(
    visit: Visit, definition: Definition, marking: Marking, been: set[str], case: Case
) -> tuple[pages.Spot, ...]:
    """Return the named elements in the order of the diagram, those of a sub-process after it."""
    since = {one.element: one.opened_at for one in case.tasks if one.state == "open"}
    return tuple(
        _spot(visit, node, marking, been, since.get(node.id), inside=deep)
        for node, deep in _in_order(definition)
        if node.name and node.kind not in _GATEWAYS
    )


def _in_order(definition: Definition) -> Iterator[tuple[Node, bool]]:
    def walk(names: Iterable[str], *, inside: bool) -> Iterator[tuple[Node, bool]]:
        for name in names:
            yield definition.nodes[name], inside
            body = definition.bodies.get(name)
            yield from walk(body.nodes if body else (), inside=True)

    for process in definition.processes:
        yield from walk(definition.bodies[process].nodes, inside=False)


def _spot(
    visit: Visit,
    node: Node,
    marking: Marking,
    been: set[str],
    since: datetime | None,
    *,
    inside: bool,
) -> pages.Spot:
    tr = visit.texts.tr
    state: Literal["at-work", "been", "ahead"] = "ahead"
    if node.id in marking.active:
        state = "at-work"
    elif node.id in been:
        state = "been"
    words = {"at-work": tr("现在在这里"), "been": tr("已走过"), "ahead": tr("还没有到")}
    return pages.Spot(
        id=node.id,
        name=node.name.replace("\n", ""),
        state=state,
        words=words[state],
        since=since,
        cites=node.cite,
        inside=inside,
    )


def application(visit: Visit, case: Case, events: Sequence[Recorded]) -> tuple[pages.Detail, ...]:
    """Return what the case is about: what was asked for, and what has come of it."""
    if isinstance(case.data, Filing):
        return named(_filing(visit, case.data))
    if isinstance(case.data, ProcessData):
        return plain_case.facts(visit, case, case.data)
    telling = Telling(visit, of_data(case.procedure, visit.lang), case)
    now = {one.name: one for one in telling.details(case.data)}
    first = next((one for one in events if casefile.is_own(one)), None)
    asked = telling.details(decode(first.type, first.schema, first.data)) if first else ()
    known = [now.pop(one.name, one) for one in asked]
    rows = [one.rows for one in known if one.rows]  # the same rows under two names are told once
    return (*known, *(one for one in now.values() if not one.rows or one.rows not in rows))


def _filing(visit: Visit, filing: Filing) -> pages.Facts:
    tr = visit.texts.tr
    if filing.institution is None:
        return ()
    one = filing.institution
    named = [
        (tr("机构类型"), label("institution", one.type, visit.lang)),
        (tr("地址"), one.address or tr("未填写")),
        (tr("负责人"), one.principal or tr("未填写")),
        (tr("理论机考"), tr("是") if filing.computerised else tr("否")),
        *((tr("申报职业"), _scope_words(visit, item)) for item in filing.scope),
    ]
    if filing.received_at:
        at = visit.words.moment(filing.received_at.astimezone(CST))
        named.append((tr("视为收到申请"), at))
    if filing.institution_code:
        named.append((tr("机构代码"), filing.institution_code))
        named.append((tr("备案回执"), filing.receipt_number))
    return tuple(named)


def _scope_words(visit: Visit, item: ScopeItem) -> str:
    level = label("level", str(item.level), visit.lang)
    parts = (item.occupation_code, item.occupation, item.job, level)
    return " · ".join(part for part in parts if part.strip("-"))


def _title(case: Case) -> str:
    return f"{case.number} {case.applicant.name}"
