"""Clients of one sandbox tenant: they send acts over HTTP and note what they were told."""

import http.client
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from tests.faults.rig.history import FINAL, Act, Attempt, History, Read, Told, Verdict
from tests.faults.rig.waiting import until

API = "/api/v1"
CALL_WITHIN = 30.0  # seconds for one HTTP answer
UNAVAILABLE = 503
REFUSED = frozenset((403, 404, 409, 412, 422))
NO_ANSWER = (OSError, http.client.HTTPException)
ANY_VERSION = frozenset(  # a party's own right, or a remark: no version need be named
    ("filing.submit", "filing.supplement", "case.withdraw", "case.note")
)
BODY_DIFFERS = "idempotency.body_differs"
_numbers = itertools.count(1)


def _actor(login: str, role: str, organisation: str, name: str) -> dict[str, str]:
    return {
        "role": role,
        "person": f"p-{login}",
        "organisation": organisation,
        "name": name,
        "jurisdiction": "430100",
    }


SCHOOLS = {"school": "524301006666666667", "school2": "524301006666666675"}  # by login
ACTORS: Mapping[str, Mapping[str, str]] = {
    **{
        login: _actor(login, "institution.operator", code, f"长沙 {login}")
        for login, code in SCHOOLS.items()
    },
    **{
        login: _actor(login, role, "center-430100", "长沙市鉴定中心")
        for login, role in (
            ("clerk", "center.clerk"),
            ("clerk2", "center.clerk"),
            ("assessor", "center.reviewer"),
            ("reviewer", "center.reviewer"),
        )
    },
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]  # names in small letters
    body: Any


def call(
    url: str, method: str, path: str, headers: Mapping[str, str] = {}, body: object = None
) -> Answer:
    """Make one HTTP request.

    Raises:
        OSError: no answer came.
        http.client.HTTPException: half an answer came.
    """
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=CALL_WITHIN)
    try:
        sent = None if body is None else json.dumps(body).encode()
        more = {"Content-Type": "application/json"} if sent is not None else {}
        line.request(method, API + path, sent, {**more, **headers})
        answer = line.getresponse()
        read = answer.read()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, json.loads(read) if read else {})
    finally:
        line.close()


class Office:
    """A tenant of its own with two schools, two clerks, an assessor and a reviewer of Changsha."""

    def __init__(
        self,
        url: Callable[[], str],
        history: History,
        *,
        at: str | None = None,
        fixtures: Mapping[str, object] | None = None,
        actors: Mapping[str, Mapping[str, str]] = ACTORS,
    ) -> None:
        """Make the tenant; with `at` its clock stands there, else it runs with the machine's."""
        self.history = history
        self._url = url
        wanted: dict[str, object] = {"actors": actors, "fixtures": fixtures or {}}
        if at is not None:
            wanted["at"] = at
        made = call(url(), "POST", "/sandbox/tenants", body=wanted)
        assert made.status == 201, made
        self.tenant: str = made.body["tenant"]
        self._keys: Mapping[str, str] = made.body["keys"]

    def act(self, by: str, name: str, body: Mapping[str, object], case: str = "") -> Act:
        """Prepare an act with a key of its own, judging the case as it stands now.

        Without a case it opens one.
        """
        act = Act(
            tenant=self.tenant,
            client=by,
            key=f"k-{next(_numbers)}",
            name=name,
            body=body,
            case=case,
            version="*" if name in ANY_VERSION else self.version(case),
        )
        return self.history.begin(act)

    def version(self, case: str) -> str:
        """Return the ETag of a case, as soon as the server can read it."""

        def look() -> str:
            try:
                return self.get("GET", f"/cases/{case}").headers.get("etag", "")
            except NO_ANSWER:
                return ""

        return until(look, f"case {case} can be read", seconds=60, every=0.1)

    def send(self, act: Act, *, wait: float | None = None, url: str = "") -> Told | None:
        """Send the act once and note the answer; None when none came."""
        attempt = self.history.invoke(act)
        try:
            answer = self.ask(act, wait=wait, url=url)
        except NO_ANSWER:
            return None
        return _noted(act, attempt, answer)

    def ask(self, act: Act, *, wait: float | None = None, url: str = "") -> Answer:
        """Send the act once, noting nothing.

        Raises:
            OSError: no answer came.
        """
        headers = {"Idempotency-Key": act.key, "If-Match": act.version}
        if wait is not None:
            headers["Prefer"] = f"respond-async, wait={wait:.0f}"
        path, body = "/cases", act.body
        if act.case:
            path = f"/cases/{act.case}/commands/{quote(act.name)}"
        return self.get("POST", path, by=act.client, headers=headers, body=body, url=url)

    def get(
        self,
        method: str,
        path: str,
        *,
        by: str = "clerk",
        headers: Mapping[str, str] = {},
        body: object = None,
        url: str = "",
    ) -> Answer:
        """Make a request in the name of `by`."""
        bearer = {"Authorization": f"Bearer {self._keys[by]}"}
        return call(url or self._url(), method, path, {**headers, **bearer}, body)

    def insist(self, act: Act, *, seconds: float = 60.0) -> Told:
        """Send the act under its one key until its outcome is known.

        Raises:
            StuckError: no outcome in time.
        """

        def final() -> Told | None:
            told = self.send(act, wait=5)
            return told if told is not None and told.verdict in FINAL else None

        found = until(final, f"an outcome of {act.name} {act.key}", seconds=seconds, every=0.1)
        assert found is not None
        return found

    def done(self, by: str, name: str, body: Mapping[str, object], case: str = "") -> Told:
        """Insist on a new act and have it done, not refused."""
        told = self.insist(self.act(by, name, body, case))
        assert told.verdict == "ok", (name, told)
        return told

    def read(self, case: str, *, by: str = "clerk") -> tuple[tuple[int, str], ...]:
        """Read the timeline of a case and note it; empty while the server cannot read."""
        invoked = time.monotonic()
        path = f"/cases/{case}/timeline?level=technical&limit=200"
        events: list[tuple[int, str]] = []
        cursor = ""
        while True:
            page = self.get("GET", f"{path}&cursor={cursor}" if cursor else path, by=by)
            if page.status == UNAVAILABLE:
                return ()
            assert page.status == 200, page
            events += [(item["version"], item["type"]) for item in page.body["items"]]
            cursor = page.body["next_cursor"] or ""
            if not cursor:
                shown = tuple(events)
                read = Read(tenant=self.tenant, case=case, invoked=invoked, events=shown)
                self.history.read(read)
                return shown

    def clock(self, **wanted: object) -> Answer:
        """Move the tenant's law time: `advance_to`, `freeze` …"""
        return self.get("POST", "/sandbox/clock", body=wanted)


def _noted(act: Act, attempt: Attempt, answer: Answer) -> Told:
    body = answer.body if isinstance(answer.body, dict) else {}
    shown = body.get("events") or []
    told = Told(
        verdict=_verdict(answer),
        at=time.monotonic(),
        status=answer.status,
        code=str(body.get("code") or ""),
        said=str(body.get("detail") or ""),
        received=str(body.get("received_at") or ""),
        case=str(body.get("case") or body.get("id") or act.case) if answer.status < 202 else "",
        events=tuple((one["type"], one["version"]) for one in shown),
        retry=answer.headers.get("retry-after", ""),
        replayed=answer.headers.get("idempotent-replayed") == "true",
    )
    attempt.told = told
    return told


def _verdict(answer: Answer) -> Verdict:
    if answer.status in (200, 201):
        return "ok"
    if answer.status == 202:
        return "pending"
    told = answer.body if isinstance(answer.body, dict) else {}
    if answer.status in REFUSED and "command" in told and told.get("code") != BODY_DIFFERS:
        return "refused"
    return "unknown" if answer.status >= 500 else "turned away"
