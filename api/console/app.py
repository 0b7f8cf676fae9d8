"""The console as one ASGI application, mounted at the root of the web process."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from api.console.assets import Assets
from api.console.guard import HEADERS, Guard
from api.console.outages import Outages
from api.console.rendering import Pages
from api.console.session import Sessions, language
from api.console.views import (
    act,
    apply,
    apply_sections,
    batches,
    board,
    case,
    cases,
    clock,
    corrections,
    desk,
    directory,
    files,
    letters,
    live,
    my,
    processes,
    public_notices,
    sign_in,
    start,
    start_process,
    tasks,
    troubles,
    verify,
)
from api.console.views import (
    credits as credits_page,
)
from api.console.visit import Kit, SignInNeeded, Trouble, Visit, to
from api.papers import Papers
from api.services import Services
from domain.ports import Drafts

Reading = Callable[[Visit], Response]
Acting = Callable[[Visit, FormData], Awaitable[Response]]
_FIELDS: Final = 5000  # of one form, more than any page has
_LONGEST: Final = 4 * 1024 * 1024  # bytes of one answer: a list of thousands of rows
_HEADROOM: Final = 65_536  # bytes of a form besides its file
_READING: Final[Mapping[str, Reading]] = {
    "/": desk.workbench,
    "/tasks": tasks.work_list,
    "/tasks/{task}": tasks.one_task,
    "/cases": cases.case_list,
    "/cases/{case}": case.overview,
    "/cases/{case}/timeline": case.timeline,
    "/cases/{case}/diagram": case.diagram,
    "/cases/{case}/diagram.bpmn": files.diagram_source,
    "/cases/{case}/materials": case.materials,
    "/cases/{case}/notices": case.notices,
    "/cases/{case}/deadlines": case.deadlines,
    "/notices/{paper}": letters.page,
    "/my/notices/{paper}": letters.page,
    "/cases/{case}/acts/{name}": act.form_page,
    "/cases/{case}/files/{digest}": files.of_case,
    "/deadlines": board.board,
    "/batches": batches.month,
    "/notices-running": public_notices.running,
    "/notices-running/{case}": public_notices.one,
    "/batches/{day}": batches.day,
    "/apply": apply.guides,
    "/apply/filing": apply.guide,
    "/apply/drafts/{draft}": apply.section_list,
    "/apply/drafts/{draft}/check": apply.check_page,
    "/apply/drafts/{draft}/{section}": apply_sections.section_page,
    "/start": start.choice,
    "/start/process/{process}": start_process.form_page,
    "/start/{procedure}/{variant}": start.form_page,
    "/my": my.home,
    "/my/cases/{case}": my.progress,
    "/my/cases/{case}/receipt": my.receipt,
    "/my/cases/{case}/corrections": corrections.page,
    "/dev/clock": clock.clock_page,
    "/credits": credits_page.page,
    "/processes": processes.processes,
    "/directory": directory.directory,
    "/directory/{code}": directory.institution,
    "/sign-in": sign_in.page,
    "/language/{lang}": sign_in.choose_language,
}
_ACTING: Final[Mapping[str, Acting]] = {
    "/sign-in": sign_in.sign_in,
    "/sign-out": sign_in.sign_out,
    "/tasks/{task}/claim": tasks.claim,
    "/cases/{case}/acts/{name}": act.take,
    "/apply/filing": apply.begin,
    "/apply/drafts/{draft}/check": apply.submit,
    "/apply/drafts/{draft}/drop": apply.drop,
    "/apply/drafts/{draft}/{section}": apply_sections.save,
    "/start/process/{process}": start_process.take,
    "/start/{procedure}/{variant}": start.take,
    "/my/cases/{case}/corrections": corrections.take,
    "/dev/clock": clock.move,
    "/notices-running/{case}": public_notices.object_to,
}


def console(services: Services, drafts: Drafts, papers: Papers) -> Starlette:
    """Return the pages people work with, under every path that nothing else has taken."""
    kit = Kit(
        services=services,
        drafts=drafts,
        sessions=Sessions(
            services.site.secret_key, https=services.site.public_url.startswith("https:")
        ),
        pages=Pages(),
        papers=papers,
    )
    found = Starlette(
        routes=[Mount("/static", Assets()), *_routes(kit)],
        middleware=[
            Middleware(Guard, public_url=services.site.public_url),
            Middleware(Outages, page=_away_page(kit)),
        ],
        exception_handlers={
            SignInNeeded: _lead_to_sign_in,
            Trouble: _trouble_page(kit),
            HTTPException: _trouble_page(kit),
            Exception: _failure_page(kit),
        },
    )
    found.state.faults = ()  # until it is told what an outage looks like
    return found


def _routes(kit: Kit) -> list[BaseRoute]:
    return [
        Route("/live", live.stream(kit)),
        *letters.routes(kit),
        Route("/verify/paper", verify.check(kit), methods=["GET"]),
        *(Route(path, _reads(kit, view), methods=["GET"]) for path, view in _READING.items()),
        *(Route(path, _acts(kit, path, view), methods=["POST"]) for path, view in _ACTING.items()),
    ]


def _reads(kit: Kit, view: Reading) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return view(visit(request, kit))

    return endpoint


def _acts(kit: Kit, path: str, view: Acting) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        here = visit(request, kit)
        _refuse_oversized(request, kit)
        async with request.form(max_fields=_FIELDS, max_part_size=_LONGEST) as form:
            _refuse_unreadable(form)
            try:
                return await view(here, form)
            except SignInNeeded:  # the session ended while the form was filled in
                page = request.url.path
                back = page if path in _READING else page.rpartition("/")[0]
                return to("/sign-in", to=back, unsent="1")

    return endpoint


def _refuse_oversized(request: Request, kit: Kit) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise Trouble(411, "request.length_missing")
    if int(length) > kit.services.site.max_upload + _HEADROOM:
        raise Trouble(413, "request.too_large")


def _refuse_unreadable(form: FormData) -> None:
    """Refuse what no store can keep; no browser sends it unasked."""
    for name, value in form.multi_items():
        text = value if isinstance(value, str) else value.filename or ""
        if "\x00" in name + text:
            raise Trouble(422, "form.unreadable")


def visit(request: Request, kit: Kit) -> Visit:
    """Return the visit a request makes."""
    return Visit(request, kit, kit.sessions.read(request), language(request))


async def _lead_to_sign_in(request: Request, _: Exception) -> Response:
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return to("/sign-in", to=path)


def _away_page(kit: Kit) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return troubles.away(Visit(request, kit, None, language(request)))  # asks no store

    return answer


def _failure_page(kit: Kit) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers when we are wrong; the server logs it after."""

    async def answer(request: Request, _: Exception) -> Response:
        nobody = Visit(request, kit, None, language(request))  # asks no store who it is
        response = troubles.page(nobody, Trouble(500, "page.failed"))
        response.headers.update(HEADERS)
        return response

    return answer


def _trouble_page(kit: Kit) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, fault: Exception) -> Response:
        told: Mapping[str, str] = {}
        if isinstance(fault, HTTPException):
            told = fault.headers or {}  # such as which methods an address takes
            fault = Trouble(fault.status_code, troubles.CODES.get(fault.status_code, "page.wrong"))
        if not isinstance(fault, Trouble):
            raise fault
        response = await run_in_threadpool(troubles.page, visit(request, kit), fault)
        response.headers.update(told)
        return response

    return answer
