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
from domain.kernel.times import in_china

router = APIRouter(tags=["files"])
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
}
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {
                "schema": {"type": "string", "format": "binary"},
                "examples": {"text": {"value": "备案申请表"}},
            }
        },
    }
}


@router.post(
    "/uploads",
    operation_id="uploadFile",
    status_code=201,
    openapi_extra=_BYTES,
    responses=problems("request.too_large", "file.digest_differs"),
)
async def upload(
    request: Request,
    asked: ToAct,
    digest: Annotated[
        str,
        Header(
            alias="Content-Digest",
            description="`sha-256=:<base64>:` of the bytes (RFC 9530).",
            openapi_examples={
                "example": {"value": "sha-256=:OUTYZYzBCy494Ou29WymPIQtKAv7yl9jGJquXsAB7Us=:"}
            },
        ),
    ],
) -> Upload:
    """Keep a file; answer its digest and when it was received."""
    wanted = _digest(digest)
    content = await limited(request, asked.found.site.max_upload)
    if hashlib.sha256(content).digest() != wanted:
        raise ProblemError("file.digest_differs")
    kept = await run_in_threadpool(asked.found.files.put, content)
    received = await run_in_threadpool(lambda: asked.now)
    return Upload(
        digest=kept, size=len(content), media_type=_type(content), received_at=in_china(received)
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


def _type(content: bytes) -> str:
    """Return the media type the bytes themselves show; names and headers are not believed."""
    found = (media for magic, media in _MAGIC.items() if content.startswith(magic))
    return next(found, "application/octet-stream")
