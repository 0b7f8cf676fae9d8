"""A caller of the API in one process: keys, versions and paths said shortly."""

import itertools
from collections.abc import Mapping
from typing import Any, TypeAlias

from httpx2 import Client, Response

BASE = "/api/v1"
Said: TypeAlias = Any  # whatever a caller may send as JSON or in a query
_keys = (f"test-key-{number:06d}" for number in itertools.count())


class Caller:
    """Sends requests as one account."""

    def __init__(self, http: Client, key: str) -> None:
        self.http, self.key = http, key

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Said) -> Response:
        """Read a path below /api/v1."""
        return self.http.get(BASE + path, headers=self._headers(headers), params=query or None)

    def post(
        self, path: str, body: Said = None, headers: Mapping[str, str] | None = None, **query: Said
    ) -> Response:
        """Send JSON to a path below /api/v1, with a fresh Idempotency-Key unless one is given."""
        named = {"idempotency-key": next(_keys)} | self._headers(headers)
        return self.http.post(BASE + path, json=body, headers=named, params=query or None)

    def send(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
        """Send these very bytes as JSON."""
        named = {"idempotency-key": next(_keys), "content-type": "application/json"}
        return self.http.post(BASE + path, content=body, headers=named | self._headers(headers))

    def start(self, body: Said, **headers: str) -> dict[str, Any]:
        """Open a case and return the answer."""
        answer = self.post("/cases", body, headers)
        assert answer.status_code == 201, answer.text
        opened: dict[str, Any] = answer.json()
        return opened

    def act(
        self, case: str, command: str, body: Said = None, version: str | None = None, **query: Said
    ) -> Response:
        """Act in a case, on the version just read unless one is given."""
        seen: str = version or self.get(f"/cases/{case}").headers.get("etag") or "*"
        path = f"/cases/{case}/commands/{command}"
        return self.post(path, {} if body is None else body, {"if-match": seen}, **query)

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {"authorization": f"Bearer {self.key}", **(more or {})}


def code_of(answer: Response) -> str:
    """Return the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["code"])
