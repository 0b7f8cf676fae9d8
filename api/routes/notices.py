"""Letters: what was issued and served, and the page itself."""

import base64
import hashlib
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from api.asked import Asked, ToRead
from api.described import examples, problems
from api.negotiation import accepted
from api.papers import receipt_of
from api.paths import CASE, LONGEST_ID, CaseId
from api.printing import pdf_of
from api.problems import ProblemError
from api.schemas.notice import NoticeView
from api.showing.cases import notice_view
from domain.case.letter import record_of_service
from domain.case.sheet import Sheet
from domain.case.state import Case, Notice
from domain.kernel.file_kinds import kind_of

router = APIRouter(tags=["cases"])
JSON: Final = "application/json"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
BINARY: Final = "application/octet-stream"
SUFFIX: Final = {HTML: "html", PDF: "pdf"}
# A letter is opened as a page of nobody: no script, no form, no frame, no origin.
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


FILES: Final[dict[str, Any]] = {
    HTML: {"schema": {"type": "string"}},
    PDF: {"schema": {"type": "string", "format": "binary"}},
}
Number = Annotated[
    str,
    Path(
        max_length=LONGEST_ID,
        description="The letter's number (文号), or `<case>.<letter's id>`.",
        openapi_examples=examples(f"{CASE}.n-1", "案卷演示〔2026〕17号"),
    ),
]
Digest = Annotated[
    str,
    Path(
        max_length=LONGEST_ID,
        description="`sha256:<64 hex>`, as the letter names it.",
        openapi_examples=examples(f"sha256:{'0' * 64}"),
    ),
]
AsFile = Annotated[str, Header(alias="accept", description=f"`{HTML}` or `{PDF}`.")]


@router.get(
    "/notices/{number}",
    operation_id="readNotice",
    response_model=NoticeView,
    responses={
        200: {
            "content": FILES,
            "description": "By `Accept`.",
        },
        **problems("notice.not_found", "file.not_found", "request.not_acceptable"),
    },
)
async def read_notice(
    asked: ToRead,
    number: Number,
    case: Annotated[
        str,
        Query(
            max_length=LONGEST_ID,
            description="Id or number of the case, where only a letter of this one is meant.",
        ),
    ] = "",
    accept: Annotated[str, Header(description=f"`{JSON}`, `{HTML}` or `{PDF}`.")] = JSON,
) -> Response | NoticeView:
    """Answer a letter: what it is, how it was served, and as HTML or PDF the very bytes kept."""
    found, notice = await run_in_threadpool(_letter, asked, number, case)
    wanted = accepted(accept, (JSON, HTML, PDF))
    if wanted == JSON:
        return notice_view(notice, found, asked.language)
    if wanted == PDF:
        return _file(await pdf_of(asked.found, asked.tenant, found, notice), notice.number, PDF)
    kept = await run_in_threadpool(asked.found.files.get, notice.digest)
    return _file(kept, notice.number, HTML)


@router.get(
    "/notices/{number}/service",
    operation_id="readServiceRecord",
    response_class=Response,
    responses={
        200: {"content": FILES, "description": "By `Accept`."},
        **problems("notice.not_found", "file.not_found", "request.not_acceptable"),
    },
)
def read_service_record(asked: ToRead, number: Number, accept: AsFile = HTML) -> Response:
    """Answer the record of service (送达回证) of a letter, as things stand: room for signatures."""
    case, notice = _letter(asked, number, "")
    return _made(asked, record_of_service(case, notice), accept)


@router.get(
    "/notices/{number}/proofs/{digest}",
    operation_id="readServiceProof",
    response_class=Response,
    responses={
        200: {"content": {BINARY: {"schema": {"type": "string", "format": "binary"}}}},
        **problems("notice.not_found", "file.not_found"),
    },
)
def read_service_proof(asked: ToRead, number: Number, digest: Digest) -> Response:
    """Answer the file that proves a service of a letter, or a failed one (送达凭证)."""
    _, notice = _letter(asked, number, "")
    kept = asked.found.files.get(digest) if digest in notice.proofs else None
    return _file(kept, notice.number, BINARY)


@router.get(
    "/cases/{case_id}/receipt",
    operation_id="readReceipt",
    response_class=Response,
    responses={
        200: {"content": FILES, "description": "By `Accept`."},
        **problems("case.not_found", "file.not_found", "request.not_acceptable"),
    },
)
def read_receipt(asked: ToRead, case_id: CaseId, accept: AsFile = HTML) -> Response:
    """Answer the receipt (收件凭证) of a case, made from the events that opened it."""
    case = asked.case(case_id)
    return _made(asked, receipt_of(asked.found, asked.tenant, case), accept)


def _made(asked: Asked, sheet: Sheet, accept: str) -> Response:
    press, wanted = asked.found.press, accepted(accept, (HTML, PDF))
    if wanted == HTML:
        return _file(press.page(sheet), sheet.title + sheet.number, HTML)
    made = press.print(sheet)
    return _file(made.content if made else None, sheet.title + sheet.number, PDF)


def _letter(asked: Asked, number: str, named: str) -> tuple[Case, Notice]:
    """Return the letter and its case.

    Raises:
        ProblemError: `notice.not_found`, also where the caller may not know of the case.
    """
    of, _, which = (named, "", number) if named else number.rpartition(".")
    for case_id in (of,) if of else _cases_of(asked, number):
        case = asked.found.visible_case(asked.tenant, asked.actor, case_id)
        letters = case.notices if case is not None else ()
        notice = next((one for one in letters if which in (one.id, one.number)), None)
        if case is not None and notice is not None:
            return case, notice
    raise ProblemError("notice.not_found")


def _cases_of(asked: Asked, number: str) -> tuple[str, ...]:
    """Return the cases of the caller's tenant that have a letter of this number."""
    papers = asked.found.cases.papers(number)
    return tuple(case for tenant, case in papers if tenant == asked.tenant)


def _file(content: bytes | None, title: str, kind: str) -> Response:
    """Return the very bytes that were kept, to be saved and not to be run."""
    if content is None:
        raise ProblemError("file.not_found")
    known = kind_of(content)
    suffix = SUFFIX.get(kind) or (known.endings[0] if known else "bin")
    sha256 = base64.b64encode(hashlib.sha256(content).digest()).decode()
    name = quote(f"{title}.{suffix}", safe="")
    headers = {
        "content-digest": f"sha-256=:{sha256}:",
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "content-security-policy": f"{POLICY}; sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)
