"""A thin caller of a running server: one key, readable troubles, exit codes that tell them."""

import json
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.kernel.errors import Language
from infra.cli._here import url_here
from infra.cli.exits import Exit, Stop

Body = dict[str, Any]
Server = Annotated[
    str,
    typer.Option(
        "--server",
        metavar="URL",
        help="服务地址；未写明时为本机正在运行的 · a server; unsaid: what runs in ANJUAN_DATA, else"
        " the usual port.",
    ),
]
Key = Annotated[str, typer.Option("--key", help="API 密钥 · API key; the sandbox prints its own.")]
Lang = Annotated[Language, typer.Option("--lang", help="语言 · language.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
HERE, CLERK = "", "demo-clerk"  # HERE: what runs on this machine
ANSWER_WITHIN = 60.0  # seconds
_EXITS = {
    400: Exit.INVALID, 401: Exit.NOT_ALLOWED, 403: Exit.NOT_ALLOWED, 404: Exit.NOT_FOUND,
    409: Exit.CONFLICT, 412: Exit.CONFLICT, 413: Exit.INVALID, 415: Exit.INVALID,
    422: Exit.INVALID, 428: Exit.CONFLICT, 429: Exit.TRY_LATER, 503: Exit.TRY_LATER,
}  # fmt: skip


class Api:
    """The API of a server, as one account."""

    def __init__(self, server: str, key: str, lang: Language = "zh") -> None:
        """Call `server` with `key`, or with `HERE` what runs here; sentences come in `lang`."""
        server = server or url_here()
        address = server if "://" in server else f"http://{server}"
        self._base = f"{address.rstrip('/')}/api/v1"
        self._headers = {"authorization": f"Bearer {key}", "accept-language": lang}
        self.version = ""  # ETag of the last answer that had one

    def get(self, path: str, query: Mapping[str, str | int | bool] | None = None) -> Body:
        """Read a path.

        Raises:
            Stop: the server is away, or says no.
        """
        return self._answer("GET", path, params=dict(query or {}))

    def post(self, path: str, body: Body, *, version: str = "*", dry_run: bool = False) -> Body:
        """Send an act under a fresh key.

        Raises:
            Stop: the server is away, or says no.
        """
        headers = {"if-match": version, "idempotency-key": secrets.token_hex(16)}
        params = {"dry_run": "true"} if dry_run else {}
        return self._answer("POST", path, json=body, headers=headers, params=params)

    def _answer(self, method: str, path: str, **more: Any) -> Body:  # noqa: ANN401  – httpx2's own
        import httpx2  # noqa: PLC0415  – slow to load

        settings: Any = {"base_url": self._base, "headers": self._headers, "timeout": ANSWER_WITHIN}
        try:
            with httpx2.Client(**settings) as http:
                answer = http.request(method, path, **more)
        except httpx2.TransportError as fault:
            raise Stop(
                Exit.TRY_LATER,
                "server.away",
                f"{self._base} 没有应答，请先运行 make up · does not answer: {fault}",
            ) from None
        except (httpx2.InvalidURL, UnicodeEncodeError) as fault:
            told = f"服务地址或密钥写法有误 · malformed address or key: {fault}"
            raise Stop(Exit.USAGE, "command.malformed", told) from None
        body = self._document(answer.content)
        if answer.is_error and "code" not in body:
            raise self._stranger()
        if answer.is_error:
            raise Stop(
                _EXITS.get(answer.status_code, Exit.FAILURE), str(body.get("code")), _told(body)
            )
        self.version = answer.headers.get("etag", "")
        return body

    def _document(self, content: bytes) -> Body:
        try:
            body = json.loads(content)
        except ValueError:
            raise self._stranger() from None
        if not isinstance(body, dict):
            raise self._stranger()
        return body

    def _stranger(self) -> Stop:
        told = f"{self._base} 不是案卷的接口，请核对端口 · not an API of Anjuan; check the port"
        return Stop(Exit.FAILURE, "server.not_ours", told)


def show(body: object, *, as_json: bool, text: str) -> None:
    """Print an answer: the document itself, or `text` for people."""
    typer.echo(json.dumps(body, ensure_ascii=False, indent=2) if as_json else text)


def table(rows: list[list[str]], heads: list[str]) -> str:
    """Return rows under heads, in columns as wide as their widest cell, or that there is none."""
    lines = [heads, *rows]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(heads))]
    told = [] if rows else ["（无 · none）"]
    shown = (
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )
    return "\n".join([*shown, *told])


def read_body(file: str) -> Body:
    """Return the JSON object in a file; `-` is stdin.

    Raises:
        Stop: it cannot be read, or is no JSON object.
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        body = json.loads(text)
    except (OSError, ValueError) as fault:
        message = f"{file}: 无法读取 · cannot be read: {fault}"
        raise Stop(Exit.USAGE, "file.unreadable", message) from None
    if not isinstance(body, dict):
        raise Stop(Exit.USAGE, "file.unreadable", f"{file}: 须为 JSON 对象 · a JSON object")
    return body


def _told(problem: Body) -> str:
    lines = [f"{problem.get('title')}：{problem.get('detail')}"]
    lines += [
        f"  {one.get('pointer') or '/'}  {one.get('detail')}" for one in problem.get("errors") or []
    ]
    return "\n".join(lines)


def _width(text: str) -> int:
    """Return how many columns a terminal needs: two for Chinese characters."""
    return sum(2 if one > "\u2e7f" else 1 for one in text)
