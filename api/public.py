"""Public reads: no key is needed, answers may be kept for a while, and each has an `ETag`."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request, Response

from api.auth import key_digest
from api.cursors import Cursors
from api.parameters import check_parameters
from api.problems import ProblemError, fault
from api.rates import count
from api.services import Services, services

MAX_AGE: Final = 300  # seconds an answer may be kept
CSV: Final = "text/csv"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


@dataclass(frozen=True, slots=True)
class Anybody:
    """A request anybody may make, and whose tenant it reads."""

    request: Request
    found: Services
    tenant: str

    def position(self, cursor: str) -> str:
        """Return the position behind a cursor this list gave out.

        Raises:
            ProblemError: `command.malformed`.
        """
        position = self._cursors().unseal(self._purpose(), cursor)
        if position is None:
            raise fault(
                "/query/cursor", "type", "不是此列表给出的游标", "not a cursor of this list"
            )
        return position

    def cursor(self, position: str) -> str:
        """Return the cursor of a position in this list; "" at its end."""
        return self._cursors().seal(self._purpose(), position)

    def answer(self, body: bytes, media: str, headers: Mapping[str, str]) -> Response:
        """Return `body`, or 304 where the caller has it already."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        kept = "private" if "authorization" in self.request.headers else "public"
        told = {
            "etag": tag,
            "cache-control": f"{kept}, max-age={MAX_AGE}",
            "vary": "Accept, Authorization",
            **headers,
        }
        seen = self.request.headers.get("if-none-match", "")
        if tag in {one.strip().removeprefix("W/") for one in seen.split(",")} or seen == "*":
            return Response(status_code=304, headers=told)
        return Response(body, media_type=media, headers=told)

    def _cursors(self) -> Cursors:
        return Cursors(self.found.site.secret_key)

    def _purpose(self) -> str:
        return f"{self.request.url.path}\0{self.tenant}\0public"


def anybody(request: Request, found: Annotated[Services, Depends(services)]) -> Anybody:
    """Return the request, counted against its address; a key, where one is given, must be good.

    Raises:
        ProblemError: `auth.required`, `request.rate_limited`, `command.malformed`.
    """
    count(request, f"address:{request.client.host if request.client else ''}")
    check_parameters(request)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return Anybody(request, found, found.site.public_tenant)
    account = found.people.by_key(key_digest(key)) if scheme.lower() == "bearer" else None
    if account is None:
        raise ProblemError("auth.required")
    return Anybody(request, found, account.tenant)


AnyBody = Annotated[Anybody, Depends(anybody)]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that spreadsheets open as text, Chinese included, and run nothing of."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(str(cell)) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
