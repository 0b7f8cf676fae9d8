"""The stage of `anjuan scenario run --server`: a sandbox tenant of its own on a running server."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID, uuid5

import httpx2

from domain.case.access import code_if_hidden
from domain.case.actor import role_matches
from domain.case.commands import command_spec
from domain.kernel.json import Json
from domain.kernel.times import in_china
from infra.scenario.compare import Seen
from infra.scenario.insisting import insisted
from infra.scenario.model import Scenario, Step
from infra.scenario.playing import Answer

_API = "/api/v1"
_KEYS = UUID("5f0f8c0e-6c1b-5d52-9a43-0b7d5a0c8a11")  # namespace of this runner's idempotency keys
_PATIENCE = 60.0  # seconds for one answer; the clock may pass many deadlines


class ServerError(Exception):
    """The server cannot play: away, in production, or answering something else."""


class ServerStage:
    """Plays over HTTP; the tenant's clock is frozen at each step's instant."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=url.rstrip("/"), timeout=_PATIENCE)
        self._scenario: Scenario | None = None
        self._keys: Mapping[str, str] = {}
        self._tenant, self._steps = "", 0

    @property
    def tenant(self) -> str:
        """The tenant the scenario was played in; it stays."""
        return self._tenant

    def set_up(self, scenario: Scenario) -> None:
        """Make a tenant with the scenario's clock, actors and fixtures."""
        body = {
            "at": in_china(scenario.steps[0].at),
            "actors": {
                name: {
                    "role": actor.role,
                    "person": actor.person,
                    "organisation": actor.organisation,
                    "name": actor.name,
                    "jurisdiction": actor.jurisdiction,
                }
                for name, actor in scenario.actors.items()
            },
            "fixtures": scenario.fixtures,
        }
        answer = self._send("POST", "/sandbox/tenants", body=body)
        if answer.status_code != httpx2.codes.CREATED:
            raise ServerError(f"no sandbox tenant: {_problem(answer)}")
        made = answer.json()
        self._scenario, self._tenant, self._steps = scenario, made["tenant"], 0
        self._keys = made["keys"]

    def pass_time(self, at: datetime) -> None:
        """Move the tenant's clock to `at`, through every instant on which something falls due."""
        answer = self._send(
            "POST", "/sandbox/clock", by=next(iter(self._keys)), body={"advance_to": in_china(at)}
        )
        if answer.is_error:
            raise ServerError(f"the clock did not move to {in_china(at)}: {_problem(answer)}")

    def act(self, step: Step, case_id: str | None, payload: Json) -> Answer:
        """Send the command of `step` with a key of its own."""
        self._steps += 1
        headers = {"Idempotency-Key": str(uuid5(_KEYS, f"{self._tenant}:{self._steps}"))}
        if case_id is None:
            body: dict[str, object] = {"procedure": _procedure(step), "with": payload}
            if step.variant:
                body["variant"] = step.variant
            if isinstance(jurisdiction := payload.get("jurisdiction"), str):
                body["jurisdiction"] = jurisdiction
            answer = self._decided("/cases", step.by, headers, body)
        else:
            path = f"/cases/{case_id}/commands/{quote(step.do)}"
            headers["If-Match"] = self._version(case_id)
            answer = self._decided(path, step.by, headers, payload)
        return self._answer(step, case_id or "", answer)

    def _decided(
        self, path: str, by: str, headers: Mapping[str, str], body: object
    ) -> httpx2.Response:
        def send() -> httpx2.Response:
            return self._send("POST", path, by=by, headers=headers, body=body)

        return insisted(send(), send)

    def _answer(self, step: Step, case_id: str, answer: httpx2.Response) -> Answer:
        body = answer.json()
        if not answer.is_error and answer.status_code != httpx2.codes.ACCEPTED:
            return Answer("", str(body.get("case") or body.get("id") or case_id))
        code = str(body.get("code") or "service.unavailable")
        if code == "case.not_found" and case_id and self._scenario is not None:
            code = code_if_hidden(self._scenario.actors[step.by], step.do)
        return Answer(code, case_id, str(body.get("detail") or ""))

    def seen(self, case_id: str) -> Seen | None:
        """Read case, timeline and deadlines as the one who may see the whole case."""
        reader = self._reader(case_id)
        if reader is None:
            return None
        path = f"/cases/{case_id}"
        case = self._send("GET", path, by=reader).json()
        listed = self._send("GET", f"{path}/deadlines", by=reader).json()["items"]
        deadlines = [{name: one[name] for name in ("key", "due", "state")} for one in listed]
        return Seen(case=case, events=self._timeline(path, reader), deadlines=deadlines)

    def _version(self, case_id: str) -> str:
        """The entity tag of the case as it stands: a step acts on what everybody could read."""
        reader = self._reader(case_id)
        path = f"/cases/{case_id}"
        return self._send("GET", path, by=reader).headers["etag"] if reader else "*"

    def _timeline(self, path: str, reader: str) -> list[Json]:
        events: list[Json] = []
        cursor = ""
        while True:
            query = {"level": "technical", "limit": "200", "cursor": cursor}
            page = self._send("GET", f"{path}/timeline", by=reader, query=query).json()
            events += [{**item, "actor": item["by"]["role"]} for item in page["items"]]
            cursor = page["next_cursor"] or ""
            if not cursor:
                return events

    def _reader(self, case_id: str) -> str | None:
        """An actor of the scenario who may know of the case; to an office persons are shown."""
        for name in sorted(self._keys, key=self._is_institution):
            if self._send("GET", f"/cases/{case_id}", by=name).is_success:
                return name
        return None

    def _is_institution(self, name: str) -> bool:
        known = self._scenario.actors.get(name) if self._scenario is not None else None
        return known is not None and role_matches("institution.*", known.role)

    def _send(
        self,
        method: str,
        path: str,
        *,
        by: str = "",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        query: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        bearer = {"Authorization": f"Bearer {self._keys[by]}"} if by else {}
        try:
            return self._http.request(
                method, _API + path, headers={**(headers or {}), **bearer}, json=body, params=query
            )
        except httpx2.TransportError as error:
            raise ServerError(f"no answer from {self._http.base_url}: {error}") from None


def _procedure(step: Step) -> str:
    spec = command_spec(step.do)
    return step.procedure or (spec.procedure if spec is not None else "")


def _problem(answer: httpx2.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return f"HTTP {answer.status_code}"
    return f"HTTP {answer.status_code} {body.get('code')}: {body.get('detail')}"
