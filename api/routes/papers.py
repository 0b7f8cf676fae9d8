"""What anybody may ask without a key: whether a paper is what it says."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.described import BODY, json_body, problems
from api.edge import body_of
from api.papers import Papers, TooManyLookupsError
from api.problems import ProblemError
from api.schemas.paper import PaperQuery, PaperView

router = APIRouter(tags=["public"])
BODIES = (PaperQuery,)
EXAMPLE = {"number": "案卷演示〔2026〕17号", "code": "BVA3-DYAB-3RJS-QZ5G"}


@router.post(
    "/public/notices/verify",
    operation_id="verifyNotice",
    openapi_extra=json_body("PaperQuery", EXAMPLE),
    responses=problems(*BODY, "notice.no_match", "request.rate_limited"),
)
async def verify_notice(
    request: Request, asked: Annotated[PaperQuery, Depends(body_of(PaperQuery))]
) -> PaperView:
    """Answer whether a paper with this number and code was issued. Public.

    Every miss is answered alike and takes as long: a code cannot be guessed part by part.
    """
    papers: Papers = request.app.state.papers
    source = request.client.host if request.client else ""
    try:
        found = await papers.check(source, asked.number, asked.code)
    except TooManyLookupsError as many:
        headers = {"retry-after": str(many.seconds)}
        raise ProblemError("request.rate_limited", headers=headers) from None
    if found is None:
        raise ProblemError("notice.no_match")
    return PaperView(
        standing="void" if found.void else "issued",
        void_since=found.void or None,
        number=found.number,
        title=found.title,
        issuer=found.issuer,
        party=found.party,
        date=found.day,
        digest=found.digest or None,
        printed=found.printed or None,
    )
