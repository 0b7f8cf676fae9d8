"""文书与送达: a letter as it was sent, where it lies, and how it reached its addressee."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.console import casefile, pages
from api.console.session import language
from api.console.views.files import attachment
from api.console.visit import Kit, Trouble, Visit
from api.papers import receipt_of
from api.printing import pdf_of
from domain.case.labels import label
from domain.case.letter import record_of_service
from domain.case.sheet import Sheet
from domain.case.state import Attempt, Case, Notice

PDF: Final = "application/pdf"
_SERVICE: Final = ("notice.serve", "notice.attempt", "notice.void")
_INSIDE: Final = (("<h1>", "<h2>"), ("</h1>", "</h2>"), ("<main", "<div"), ("</main>", "</div>"),
                  ("<footer", "<div"), ("</footer>", "</div>"))  # fmt: skip
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A service that failed."""

    method: str
    at: datetime
    reason: str
    proof: pages.Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another letter of the same act."""

    number: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """A letter with its files and its service."""

    head: pages.Head
    back: str
    title: str
    number: str
    issued: datetime
    text: Markup  # the sheet as it was sent; empty until it is rendered
    template: str
    page_count: int  # of the PDF
    digest: str
    printed: str
    html: str  # where the files are fetched; "" while there is none
    pdf: str
    record: str
    served: datetime | None
    method: str
    proof: str
    proof_file: pages.Proof | None
    attempts: tuple[Failed, ...]
    voided: datetime | None
    void_reason: str
    replaced_by: Beside | None
    replaces: Beside | None
    acts: tuple[pages.Act, ...]


def page(visit: Visit) -> Response:
    """Show a letter, `<case number>.<its id>`, to its office or to its party."""
    case, notice = _found(visit)
    title = label("notice", notice.kind, visit.lang)
    here = paper_path(visit, case, notice.id)
    kept = visit.services.files.get(notice.digest) if notice.digest else None
    content = LetterPage(
        head=casefile.head(visit, case),
        back=casefile.case_path(visit, case) + ("/notices" if visit.official else ""),
        title=title,
        number=notice.number,
        issued=notice.issued_at,
        text=_inside(kept),
        template=notice.template,
        page_count=notice.pages,
        digest=notice.digest,
        printed=notice.printed,
        html=f"/cases/{case.number}/files/{notice.digest}" if notice.digest else "",
        pdf=f"{here}/pdf" if notice.digest else "",
        record=f"{here}/service",
        served=notice.served_at,
        method=label("method", notice.method, visit.lang) if notice.method else "",
        proof=notice.proof,
        proof_file=casefile.proof(visit, case, notice.proof_digest),
        attempts=tuple(_failed(visit, case, one) for one in notice.attempts),
        voided=notice.voided_at,
        void_reason=notice.void_reason,
        replaced_by=_beside(visit, case, lambda one: one.replaces == notice.id),
        replaces=_beside(visit, case, lambda one: one.id == notice.replaces),
        acts=_acts(visit, case, notice),
    )
    return visit.render("letter.html", f"{title} {notice.number}", content)


def routes(kit: Kit) -> tuple[Route, ...]:
    """Return where letters, records of service and receipts are fetched as PDF."""
    return (
        *(Route(f"{at}/notices/{{paper}}/pdf", _pdf(kit)) for at in ("", "/my")),
        *(Route(f"{at}/notices/{{paper}}/service", _record(kit)) for at in ("", "/my")),
        *(Route(f"{at}/cases/{{case}}/receipt.pdf", _receipt(kit)) for at in ("", "/my")),
    )


def paper_path(visit: Visit, case: Case, notice: str) -> str:
    """Return where this visitor looks at a letter of the case."""
    return f"{'' if visit.official else '/my'}/notices/{case.number}.{notice}"


def _found(visit: Visit) -> tuple[Case, Notice]:
    of, _, which = visit.path("paper").rpartition(".")
    case = visit.case(of)
    notice = next((one for one in case.notices if one.id == which), None)
    if notice is None:
        raise Trouble(404, "file.not_found")
    return case, notice


def _failed(visit: Visit, case: Case, one: Attempt) -> Failed:
    return Failed(
        method=label("method", one.method, visit.lang),
        at=one.at,
        reason=one.reason,
        proof=casefile.proof(visit, case, one.proof_digest),
    )


def _beside(visit: Visit, case: Case, is_it: Callable[[Notice], bool]) -> Beside | None:
    found = next((one for one in case.notices if is_it(one)), None)
    return Beside(number=found.number, path=paper_path(visit, case, found.id)) if found else None


def _inside(kept: bytes | None) -> Markup:
    """Return what stands on a kept sheet, with headings and landmarks that fit inside a page."""
    body = (kept or b"").decode().partition("<body>")[2].partition("</body>")[0]
    for old, new in _INSIDE:
        body = body.replace(old, new)
    return Markup(body)  # noqa: S704  – escaped where it was made, kept by its digest since


def _acts(visit: Visit, case: Case, notice: Notice) -> tuple[pages.Act, ...]:
    if not (notice.unserved and visit.official):
        return ()
    return tuple(one for one in casefile.acts(visit, case) if one.name in _SERVICE)


def _visit(request: Request, kit: Kit) -> Visit:
    return Visit(request, kit, kit.sessions.read(request), language(request))


def _pdf(kit: Kit) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        visit = _visit(request, kit)
        case, notice = await run_in_threadpool(_found, visit)
        content = await pdf_of(kit.services, visit.tenant, case, notice)
        if content is None:
            raise Trouble(404, "file.not_found")
        return attachment(content, f"{notice.number}.pdf", PDF)

    return endpoint


def _record(kit: Kit) -> Endpoint:
    def made(visit: Visit) -> Response:
        return _printed(visit, record_of_service(*_found(visit)))

    return _in_thread(kit, made)


def _receipt(kit: Kit) -> Endpoint:
    def made(visit: Visit) -> Response:
        case = visit.case(visit.path("case"))
        return _printed(visit, receipt_of(kit.services, visit.tenant, case))

    return _in_thread(kit, made)


def _in_thread(kit: Kit, made: Callable[[Visit], Response]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(made, _visit(request, kit))

    return endpoint


def _printed(visit: Visit, sheet: Sheet) -> Response:
    """Answer a sheet that is made when asked for; without a font as HTML."""
    press, title = visit.services.press, f"{sheet.title} {sheet.number}"
    made = press.print(sheet)
    if made is None:
        return attachment(press.page(sheet), f"{title}.html")
    return attachment(made.content, f"{title}.pdf", PDF)
