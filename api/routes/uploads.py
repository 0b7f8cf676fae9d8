"""Files by digest: what is handed in is the digest, so the bytes come first."""

import base64
import binascii
import hashlib
import re
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool

from api.asked import ToAct
from api.described import problems
from api.edge import limited
from api.problems import ProblemError, fault
from api.schemas.upload import Upload
from domain.kernel.file_kinds import flaw_of, kind_of
from domain.kernel.times import in_china

router = APIRouter(tags=["files"])
FLAWS = ("file.empty", "file.wrong_kind", "file.incomplete")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_EXAMPLE = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_EXAMPLE_DIGEST = base64.b64encode(hashlib.sha256(_EXAMPLE.encode()).digest()).decode()
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {
                "schema": {"type": "string", "format": "binary"},
                "examples": {"pdf": {"value": _EXAMPLE}},
            }
        },
    }
}


@router.post(
    "/uploads",
    operation_id="uploadFile",
    status_code=201,
    openapi_extra=_BYTES,
    responses=problems(
        "request.too_large",
        "file.digest_differs",
        "file.empty",
        "file.wrong_kind",
        "file.incomplete",
    ),
)
async def upload(
    request: Request,
    asked: ToAct,
    digest: Annotated[
        str,
        Header(
            alias="Content-Digest",
            description="`sha-256=:<base64>:` of the bytes (RFC 9530).",
            openapi_examples={"example": {"value": f"sha-256=:{_EXAMPLE_DIGEST}:"}},
        ),
    ],
) -> Upload:
    """Keep a file – PDF, PNG, JPG, OFD, DOCX or XLSX – and answer its digest and receipt."""
    wanted = _digest(digest)
    content = await limited(request, asked.found.site.max_upload)
    if hashlib.sha256(content).digest() != wanted:
        raise ProblemError("file.digest_differs")
    kind, flaw = kind_of(content), flaw_of(content)
    if kind is None or flaw is not None:
        raise ProblemError(f"file.{flaw}")
    kept = await run_in_threadpool(asked.found.files.put, content)
    received = await run_in_threadpool(lambda: asked.now)
    return Upload(
        digest=kept, size=len(content), media_type=kind.media_type, received_at=in_china(received)
    )


def _digest(header: str) -> bytes:
    found = _DIGEST.fullmatch(header.strip())
    try:
        return base64.b64decode(found[1], validate=True) if found else _wrong_digest()
    except binascii.Error:
        return _wrong_digest()


def _wrong_digest() -> bytes:
    raise fault(
        "/headers/content-digest", "type", "须为 sha-256=:Base64:", "write sha-256=:<base64>:"
    )
