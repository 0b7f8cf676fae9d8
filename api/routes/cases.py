"""Reading cases: lists, one case, its state, its timeline, its diagram."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from api.asked import ToRead
from api.described import problems
from api.lists import Cursor, Limit, etag, next_cursor, position_of, unchanged
from api.negotiation import accepted
from api.paths import CaseId
from api.schemas.case import CasePage, CaseState, CaseView, TimelinePage
from api.schemas.diagram import DiagramView
from api.schemas.shape import AskedDay, AskedPlace
from api.showing.cases import case_state, case_view
from api.showing.diagram import BPMN, JSON, SVG, diagram_svg, diagram_view
from api.showing.timeline import Level, timeline_page
from domain.ports import CaseFilter

router = APIRouter(tags=["cases"])
GONE = problems("case.not_found")
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "As read before."}}
IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="ETag of an earlier read.")
]
Word = Annotated[str, Query(max_length=80)]


@router.get("/cases", operation_id="listCases")
def list_cases(  # noqa: PLR0913, PLR0917  – one argument per parameter
    asked: ToRead,
    response: Response,
    status: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006  – never changed
    procedure: Word = "",
    jurisdiction: Annotated[AskedPlace | None, Query(description="And all below it.")] = None,
    organisation: Word = "",
    holder: Word = "",
    due_from: Annotated[AskedDay | None, Query()] = None,
    due_to: Annotated[AskedDay | None, Query()] = None,
    q: Annotated[str, Query(max_length=80, description="Part of number or applicant.")] = "",
    open_only: Annotated[bool, Query(alias="open")] = False,  # noqa: FBT002  – a query parameter
    cursor: Cursor = "",
    limit: Limit = 50,
) -> CasePage:
    """Answer the cases the caller may know of, newest first; by due day where one is asked for."""
    wanted = CaseFilter(
        status=tuple(status),
        procedure=procedure,
        jurisdiction=jurisdiction or "",
        organisation=organisation,
        holder=holder,
        due_from=due_from,
        due_to=due_to,
        text=q,
        open_only=open_only,
    )
    position = position_of(asked, cursor)
    found = asked.found.cases.cases(asked.tenant, asked.viewer, wanted, position, limit)
    items = [case_view(one, asked) for one in found.items]
    return CasePage(items=items, next_cursor=next_cursor(asked, response, found.next_cursor))


@router.get(
    "/cases/{case_id}",
    operation_id="readCase",
    response_model=CaseView,
    responses={**UNCHANGED, **GONE},
)
def read_case(
    asked: ToRead, response: Response, case_id: CaseId, seen: IfNoneMatch = None
) -> Response | CaseView:
    """Answer the case."""
    case = asked.case(case_id)
    if unchanged(seen, case.version):
        return Response(status_code=304, headers=etag(case.version))
    response.headers.update(etag(case.version))
    return case_view(case, asked)


@router.get("/cases/{case_id}/state", operation_id="readState", responses=GONE)
def read_state(asked: ToRead, response: Response, case_id: CaseId) -> CaseState:
    """Answer everything needed to act: wait sentence, dates with clause, acts with why not."""
    case = asked.case(case_id)
    response.headers.update(etag(case.version))
    return case_state(case, asked)


@router.get("/cases/{case_id}/timeline", operation_id="readTimeline", responses=GONE)
def read_timeline(
    asked: ToRead,
    response: Response,
    case_id: CaseId,
    level: Annotated[Level, Query(description="How deep.")] = "story",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> TimelinePage:
    """Answer what happened, in order, at one of three depths."""
    case = asked.case(case_id)
    items, last = timeline_page(case, asked, level, position_of(asked, cursor), limit)
    return TimelinePage(items=items, next_cursor=next_cursor(asked, response, last))


@router.get(
    "/cases/{case_id}/diagram",
    operation_id="readDiagram",
    response_model=DiagramView,
    responses={
        200: {"content": {SVG: {}, BPMN: {}}, "description": "By `Accept`."},
        **problems("case.not_found", "request.not_acceptable"),
    },
)
def read_diagram(
    asked: ToRead,
    case_id: CaseId,
    accept: Annotated[str, Header(description=f"`{JSON}`, `{SVG}` or `{BPMN}`.")] = JSON,
) -> Response | DiagramView:
    """Answer the diagram the case is pinned to: as data, drawn, or as the file itself."""
    case = asked.case(case_id)
    match accepted(accept, (JSON, SVG, BPMN, "application/xml")):
        case "application/json":
            return diagram_view(case, asked)
        case "image/svg+xml":
            return Response(diagram_svg(case, asked), media_type=SVG)
        case _:
            source = asked.found.definitions.source(case.definition)
            headers = {"content-disposition": 'attachment; filename="process.bpmn"'}
            return Response(source, media_type=BPMN, headers=headers)
