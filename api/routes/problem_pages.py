"""The page behind the `type` of every problem: cause and remedy, in both languages."""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.problem_texts import KINDS, Kind

router = APIRouter(include_in_schema=False)
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=3600",
}


@router.get("/problems")
async def list_kinds() -> HTMLResponse:
    """Answer the list of all codes."""
    rows = "".join(
        f'<li><a href="/problems/{code}">{code}</a> {kind.status} {escape(kind.titles[0])}</li>'
        for code, kind in sorted(KINDS.items())
    )
    return _page("错误代码 · Problems", f"<ul>{rows}</ul>")


@router.get("/problems/{code}")
async def show_kind(code: str) -> HTMLResponse:
    """Answer what a code means and what to do."""
    kind = KINDS.get(code)
    if kind is None:
        return _page("没有这个代码 · No such code", "", 404)
    return _page(code, _told(kind))


def _told(kind: Kind) -> str:
    parts = [f"<p>HTTP {kind.status}</p>"]
    for tag, title, remedy in zip(("zh-CN", "en"), kind.titles, kind.remedies, strict=True):
        parts.append(
            f'<section lang="{tag}"><h2>{escape(title)}</h2><p>{escape(remedy)}</p></section>'
        )
    return "".join(parts)


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    link = '<link rel="stylesheet" href="/static/app.css">'
    html = f'<!doctype html><html lang="zh-CN"><head>{head}{link}</head>'
    main = f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    return HTMLResponse(html + main, status, _HEADERS)
