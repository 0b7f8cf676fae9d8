"""Letters: what was issued and served, and the page itself."""

import base64
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Response

from api.asked import Asked, ToRead
from api.described import examples, problems
from api.negotiation import accepted
from api.paths import CASE, LONGEST_ID
from api.problems import ProblemError, fault
from api.schemas.notice import NoticeView
from api.showing.cases import notice_view
from domain.case.state import Case, Notice

router = APIRouter(tags=["cases"])
JSON: Final = "application/json"
HTML: Final = "text/html"
# A letter is opened as a page of nobody: no script, no form, no frame, no origin.
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@router.get(
    "/notices/{number}",
    operation_id="readNotice",
    response_model=NoticeView,
    responses={
        200: {"content": {HTML: {"schema": {"type": "string"}}}, "description": "By `Accept`."},
        **problems("notice.not_found", "file.not_found", "request.not_acceptable"),
    },
)
def read_notice(
    asked: ToRead,
    number: Annotated[
        str,
        Path(
            max_length=LONGEST_ID,
            description="`<case>.<letter's id>`; or the letter's number (文号), with `case`.",
            openapi_examples=examples(f"{CASE}.n-1"),
        ),
    ],
    case: Annotated[
        str,
        Query(
            max_length=LONGEST_ID,
            description="Id or number of the case: letters are numbered by each office anew.",
        ),
    ] = "",
    accept: Annotated[str, Header(description=f"`{JSON}` or `{HTML}`.")] = JSON,
) -> Response | NoticeView:
    """Answer a letter: what it is, when it was served, and as HTML the page as it was sent."""
    found, notice = _letter(asked, number, case)
    if accepted(accept, (JSON, HTML)) == HTML:
        return _page(asked, notice)
    return notice_view(notice, found, asked.language)


def _letter(asked: Asked, number: str, named: str) -> tuple[Case, Notice]:
    """Return the letter and its case.

    Raises:
        ProblemError: `notice.not_found`, also where the caller may not know of the case.
    """
    of, _, which = (named, "", number) if named else number.rpartition(".")
    if not of:
        zh, en = "文号各机关自编，请一并给出案件", "offices count alike: name the case as well"
        raise fault("/query/case", "field", zh, en)
    case = asked.found.visible_case(asked.tenant, asked.actor, of)
    letters = case.notices if case is not None else ()
    notice = next((one for one in letters if which in (one.id, one.number)), None)
    if case is None or notice is None:
        raise ProblemError("notice.not_found")
    return case, notice


def _page(asked: Asked, notice: Notice) -> Response:
    """Return the very bytes that were sent, to be kept and not to be run."""
    content = asked.found.files.get(notice.digest) if notice.digest else None
    if content is None:
        raise ProblemError("file.not_found")
    sha256 = base64.b64encode(bytes.fromhex(notice.digest.removeprefix("sha256:"))).decode()
    name = quote(f"{notice.number}.html", safe="")
    headers = {
        "content-digest": f"sha-256=:{sha256}:",
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "content-security-policy": f"{POLICY}; sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=HTML, headers=headers)
