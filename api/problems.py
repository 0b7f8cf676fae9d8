"""Every code as an HTTP answer: `application/problem+json` (RFC 9457), the only shape of errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from api.language import spoken
from api.problem_texts import KINDS
from api.strict_json import pointer_of
from domain.kernel.errors import Language
from domain.kernel.faults import Fault, FaultCode

MEDIA_TYPE = "application/problem+json"
RETRY_SOON = "5"  # seconds
audit = structlog.get_logger("anjuan.audit")
_SAFE = ("GET", "HEAD", "OPTIONS")
_RECORDED = ("idempotency.body_differs",)  # the store itself has noted it
_OURS = 500  # from this status on it is not the attempt that was wrong
_SAID = {  # in Chinese, by how pydantic's kind of fault begins
    "missing": "缺少此项",
    "extra_forbidden": "没有此项",
    "string_too_long": "文本过长",
    "string_too_short": "文本过短",
    "string": "须为文本",
    "int_": "须为整数",
    "bool_": "须为 true 或 false",
    "list_": "须为列表",
    "dict_": "须为对象",
    "model_": "须为对象",
    "place_form": "管辖为六位代码",
    "literal_error": "不在可选值之内",
    "greater_than": "数值过小",
    "less_than": "数值过大",
    "too_long": "项数过多",
    "too_short": "项数过少",
    "date": "日期写作 2026-09-28，时刻另带时区",
    "timezone": "日期写作 2026-09-28，时刻另带时区",
}
_BY_STATUS = {404: "request.not_found", 405: "request.method"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One entry of `errors`: where, which code, what, and the clause or rule behind it."""

    pointer: str
    code: str
    detail: tuple[str, str]  # Chinese, English
    rule: str = ""


@dataclass(slots=True)
class ProblemError(Exception):
    """Ends a request with the problem of `code`; without texts the catalogue's remedy is told."""

    code: str
    zh: str = ""
    en: str = ""
    errors: Sequence[Trouble] = ()
    more: Mapping[str, object] = field(default_factory=dict)  # further members of the answer
    headers: Mapping[str, str] = field(default_factory=dict)


def malformed(faults: Sequence[Fault]) -> ProblemError:
    """Return the problem that lists every fault of a request."""
    errors = [Trouble(one.pointer, one.code, (one.zh, one.en)) for one in faults]
    return ProblemError("command.malformed", errors=errors)


def fault(pointer: str, code: FaultCode, zh: str, en: str) -> ProblemError:
    """Return the problem with this one fault."""
    return malformed((Fault(pointer, code, zh, en),))


def problem_json(problem: ProblemError, request: Request) -> dict[str, Any]:
    """Return the body of the problem in the request's language."""
    language = spoken(request)
    kind = KINDS[problem.code]
    detail = (problem.zh, problem.en)[language == "en"] or kind.remedy(language)
    body: dict[str, Any] = {
        "type": f"{_base(request)}/problems/{problem.code}",
        "title": kind.title(language),
        "status": kind.status,
        "detail": detail,
        "instance": request.url.path,
        "code": problem.code,
        "request_id": getattr(request.state, "request_id", ""),
        "errors": [_entry(one, language) for one in problem.errors],
    }
    return body | dict(problem.more)


def answer_problem(problem: ProblemError, request: Request) -> Response:
    """Return the answer to a request that ended with `problem`."""
    headers = {"cache-control": "no-store", **problem.headers}
    if problem.code == "auth.required":
        headers["www-authenticate"] = 'Bearer realm="anjuan"'
    if problem.code == "service.unavailable":
        headers.setdefault("retry-after", RETRY_SOON)
    status = KINDS[problem.code].status
    body = problem_json(problem, request)
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Have `app` answer whatever ends a request badly as a problem."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_parameters)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_defect)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101  – registered for this class
    told = {"method": request.method, "route": getattr(request.scope.get("route"), "path", "")}
    tenant = getattr(request.state, "tenant", "")
    status = KINDS[error.code].status
    audit.info("refused", code=error.code, status=status, tenant=tenant, **told)
    answer = answer_problem(error, request)
    if request.method not in _SAFE and error.code not in _RECORDED and status < _OURS:
        answer.background = BackgroundTask(  # in a thread, once the answer is out
            request.app.state.services.audit.write,
            error.code,
            tenant=tenant,
            client=getattr(request.state, "client", ""),
            request_id=getattr(request.state, "request_id", ""),
            **told,
        )
    return answer


async def _on_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  – registered for this class
    return await _on_problem(request, malformed([readable(one) for one in error.errors()]))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  – registered for this class
    code = _BY_STATUS.get(error.status_code, "request.not_found")
    return await _on_problem(request, ProblemError(code, headers=error.headers or {}))


async def _on_defect(request: Request, error: Exception) -> Response:
    route = getattr(request.scope.get("route"), "path", "")
    audit.error("defect", route=route, exc_info=error)
    return answer_problem(ProblemError("service.defect"), request)


def readable(error: Mapping[str, Any]) -> Fault:
    """Return the fault that a validation error of pydantic tells of."""
    where = pointer_of(*error.get("loc", ()))
    kind = str(error.get("type", ""))
    code: FaultCode = "field" if kind in {"missing", "extra_forbidden"} else "type"
    if kind.startswith(("date", "timezone")):
        code = "date"
    zh = next((zh for start, zh in _SAID.items() if kind.startswith(start)), f"此处有误（{kind}）")
    return Fault(where, code, zh, str(error.get("msg", "")))


def _entry(trouble: Trouble, language: Language) -> dict[str, str]:
    told = {"pointer": trouble.pointer, "code": trouble.code}
    told["detail"] = trouble.detail[language == "en"]
    return told | ({"rule": trouble.rule} if trouble.rule else {})


def _base(request: Request) -> str:
    return str(request.app.state.services.site.public_url)
