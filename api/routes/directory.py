"""The public directory and the register of occupations: open to everybody, without a key."""

from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import BaseModel

from api.described import examples, problems
from api.lists import Cursor, Limit
from api.negotiation import accepted
from api.paths import LONGEST_ID
from api.problems import ProblemError
from api.public import CSV, AnyBody, table
from api.schemas.directory import (
    InstitutionPage,
    InstitutionView,
    MeasureView,
    OccupationList,
    OccupationView,
    ScopeView,
)
from api.schemas.shape import AskedPlace
from domain.kernel.times import in_china
from domain.registers.listing import ListedOccupation, Listing, Wish

router = APIRouter(tags=["public"])
JSON: Final = "application/json"
HEAD: Final = (
    "institution_code", "name", "uscc", "type", "address", "jurisdiction", "since",
    "occupation_code", "occupation", "job", "level", "measures",
)  # fmt: skip
_TAGGED: Final[dict[str, Any]] = {"headers": {"ETag": {"schema": {"type": "string"}}}}
CACHED: Final[dict[int | str, dict[str, Any]]] = {
    200: _TAGGED,
    304: {"description": "As the caller has it, by `If-None-Match`."},
}
Seen = Annotated[str | None, Header(alias="if-none-match", description="An `ETag` seen before.")]
Wanted = Annotated[str, Header(alias="accept", include_in_schema=False)]
Format = Annotated[
    Literal["json", "csv"] | None, Query(description="Instead of `Accept`, for links.")
]


@router.get(
    "/public/institutions",
    operation_id="listInstitutions",
    response_model=InstitutionPage,
    responses={
        **CACHED,
        200: {
            **_TAGGED,
            "content": {CSV: {"schema": {"type": "string"}}},
            "description": "By `Accept` or `format`; as CSV one line for each entry of a scope.",
        },
        **problems("command.malformed", "request.not_acceptable"),
    },
)
def list_institutions(  # noqa: PLR0913, PLR0917  – one argument per parameter
    asked: AnyBody,
    q: Annotated[str, Query(max_length=100, description="Part of name or code.")] = "",
    jurisdiction: Annotated[
        AskedPlace | None, Query(description="At or below.", openapi_examples=examples("430100"))
    ] = None,
    occupation_code: Annotated[
        str, Query(max_length=LONGEST_ID, openapi_examples=examples("6-18-01-01"))
    ] = "",
    level: Annotated[int | None, Query(ge=1, le=5)] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
    format: Format = None,  # noqa: A002  – the name of the parameter
    accept: Wanted = JSON,
    seen: Seen = None,  # noqa: ARG001  – read where the answer is made
) -> Response:
    """List the institutions on file, with scope, validity and measures in force. Public."""
    media = {"json": JSON, "csv": CSV}[format] if format else accepted(accept, (JSON, CSV))
    wish = Wish(
        text=q, jurisdiction=jurisdiction or "", occupation_code=occupation_code, level=level
    )
    page = asked.found.directory.listed(asked.tenant, wish, asked.position(cursor), limit)
    following = asked.cursor(page.next)
    headers = {"link": f'<{_next(asked, following)}>; rel="next"'} if following else {}
    if media == CSV:
        named = {"content-disposition": 'attachment; filename="institutions.csv"'}
        rows = (line for one in page.items for line in _lines(one))
        return asked.answer(table(HEAD, rows), f"{CSV}; charset=utf-8", headers | named)
    body = InstitutionPage(
        items=[institution_view(one) for one in page.items], next_cursor=following or None
    )
    return asked.answer(_json(body), JSON, headers)


@router.get(
    "/public/institutions/{code}",
    operation_id="readInstitution",
    response_model=InstitutionView,
    responses={**CACHED, **problems("institution.not_found")},
)
def read_institution(
    asked: AnyBody,
    code: Annotated[str, Path(max_length=LONGEST_ID, openapi_examples=examples("Y000043000007"))],
    seen: Seen = None,  # noqa: ARG001  – read where the answer is made
) -> Response:
    """Tell who has a code, or had it until it was retired. Public."""
    found = asked.found.directory.one(asked.tenant, code)
    if found is None:
        raise ProblemError("institution.not_found")
    return asked.answer(_json(institution_view(found)), JSON, {})


@router.get(
    "/registers/occupations",
    operation_id="listOccupations",
    response_model=OccupationList,
    responses=CACHED,
)
def list_occupations(
    asked: AnyBody,
    category: Annotated[
        str, Query(pattern="^[1-8]?$", description="大类, `1` to `8`.", examples=["6"])
    ] = "",
    seen: Seen = None,  # noqa: ARG001  – read where the answer is made
) -> Response:
    """List the occupations known: category, levels, and the standard or spec they have. Public."""
    shipped = asked.found.world(asked.tenant).occupations
    known = asked.found.directory.occupations(asked.tenant, shipped)
    items = [_occupation(one) for one in known if category in ("", one.occupation.category)]
    return asked.answer(_json(OccupationList(items=items)), JSON, {})


def institution_view(one: Listing) -> InstitutionView:
    """Return what is told of a listing."""
    return InstitutionView(
        institution_code=one.institution_code,
        name=one.name,
        uscc=one.uscc,
        type=one.type,
        address=one.address,
        jurisdiction=one.jurisdiction,
        scope=[
            ScopeView(
                occupation_code=item.occupation_code,
                occupation=item.occupation,
                job=item.job,
                level=item.level,
            )
            for item in one.scope
        ],
        since=one.since.isoformat() if one.since else None,
        removed=one.removed.isoformat() if one.removed else None,
        measures=[
            MeasureView(what=each.what, since=in_china(each.since), cite=each.cite)
            for each in one.measures
        ],
    )


def _occupation(one: ListedOccupation) -> OccupationView:
    its = one.occupation
    return OccupationView(
        code=its.code,
        name=its.name,
        category=its.category,
        levels=list(its.levels),
        standard=its.standard,
        spec=one.spec,
        licence=its.licence,
    )


def _lines(one: Listing) -> list[tuple[object, ...]]:
    its = (one.institution_code, one.name, one.uscc, one.type, one.address, one.jurisdiction)
    since, measures = one.since or "", " ".join(each.what for each in one.measures)
    return [
        (*its, since, item.occupation_code, item.occupation, item.job, item.level, measures)
        for item in one.scope
    ] or [(*its, since, "", "", "", "", measures)]


def _next(asked: AnyBody, cursor: str) -> str:
    kept = [one for one in asked.request.query_params.multi_items() if one[0] != "cursor"]
    return f"{asked.request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


def _json(body: BaseModel) -> bytes:
    return body.model_dump_json().encode()
