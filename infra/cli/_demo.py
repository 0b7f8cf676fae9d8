"""What `anjuan demo` plays over HTTP: one whole filing, its timeline printed, or a province."""

import json
import time
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import httpx2
import typer

from domain.case.labels import label
from infra.cli.exits import Exit, Stop
from infra.sandbox_people import demo_key
from infra.scenario.insisting import insisted
from infra.scenario.playing import play
from infra.scenario.reading import read_scenario
from infra.scenario.server import ServerError, ServerStage

Body = dict[str, Any]

_AGAIN = (
    "演示办件已在，不另开；未办结则接着办，时间线如下"
    " · the demo's case is there: none is opened anew; it goes on where it stood, timeline below"
)
_STEPS_AT_MOST = 20
_ANSWER_WITHIN = 60.0  # seconds; the clock may pass many deadlines in one call
_READY_WITHIN = 30.0
_LOOK_EVERY = 0.2


def play_filing(server: str, application: Path | None) -> None:
    """Play one filing to its end, once, print its timeline and leave some others open.

    Raises:
        Stop: the application cannot be read, or the server is away or refuses an act.
    """
    portal = _Portal(server)
    story = _Story(portal, _application(application))
    case = story.play()
    _print_timeline(portal, case)
    _leave_some_open(portal, story.application)


def play_province(server: str) -> None:
    """Play the shipped province on a fresh tenant, leave it standing, and say how to look at it.

    Raises:
        Stop: the server is no sandbox that answers, or something is not as the story expects.
    """
    file = _examples() / "demo" / "province.yaml"
    scenario, stage = read_scenario(file.read_text(encoding="utf-8")), ServerStage(server)
    typer.echo(f"{len(scenario.steps)} 步 steps …", err=True)
    try:
        differences = play(scenario, stage)
    except ServerError as error:
        message = f"沙箱没有应答，请先运行 make up · the sandbox cannot play: {error}"
        raise Stop(Exit.TRY_LATER, "service.unavailable", message) from None
    if differences:
        raise Stop(Exit.FAILURE, "demo.differs", "\n".join(differences))
    typer.echo(f"{server.rstrip('/')}/sign-in?tenant={stage.tenant}")
    for login, actor in scenario.actors.items():
        typer.echo(f"  {login:<18}{label('role', actor.role, 'zh')}  {actor.name}")


def _application(file: Path | None) -> Body:
    try:
        if file is None:
            text = _shipped().read_text(encoding="utf-8")
        else:
            text = file.read_text(encoding="utf-8")
        body: Body = json.loads(text)
    except (OSError, ValueError) as error:
        message = f"{file or 'hunan-filing.json'}: 无法读取 · cannot be read: {error}"
        raise Stop(Exit.USAGE, "demo.application", message) from None
    return body


def _shipped() -> Path:
    return _examples() / "hunan-filing.json"


def _examples() -> Path:
    return Path(str(resources.files("infra"))).parent / "examples"


class _Portal:
    """The HTTP interface, used by each person with their own key."""

    def __init__(self, url: str) -> None:
        self.replayed = False  # whether the last act had been answered before
        self._http = httpx2.Client(base_url=url.rstrip("/") + "/api/v1", timeout=_ANSWER_WITHIN)
        self._wait_ready(url)

    def get(self, by: str, path: str, query: Mapping[str, str] | None = None) -> Body:
        return self._body(self._asked("GET", path, headers=_key(by), params=query))

    def post(self, by: str, path: str, key: str, body: Body, version: str = "*") -> Body:
        headers = {**_key(by), "Idempotency-Key": key, "If-Match": version}

        def send() -> httpx2.Response:
            return self._asked("POST", path, headers=headers, json=body)

        first = send()
        self.replayed = first.headers.get("idempotent-replayed") == "true"
        return self._body(insisted(first, send))

    def _wait_ready(self, url: str) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while True:
            try:
                self._http.get("/meta")
            except httpx2.TransportError as error:
                if time.monotonic() > deadline:
                    message = f"{url} 没有应答，请先运行 make up · no answer there: {error}"
                    raise Stop(Exit.TRY_LATER, "service.unavailable", message) from None
                time.sleep(_LOOK_EVERY)
            else:
                return

    def _asked(self, method: str, path: str, **more: Any) -> httpx2.Response:  # noqa: ANN401  – httpx2's own
        try:
            return self._http.request(method, path, **more)
        except httpx2.TransportError as error:
            message = f"服务中断，请再运行一次 anjuan demo · it broke off, run it again: {error!r}"
            raise Stop(Exit.TRY_LATER, "service.unavailable", message) from None

    @staticmethod
    def _body(answer: httpx2.Response) -> Body:
        try:
            body: Body = answer.json()
        except ValueError:
            message = f"{answer.request.url} 不是案卷的接口，请核对端口 · not an API of Anjuan"
            raise Stop(Exit.FAILURE, "server.not_ours", message) from None
        if answer.is_error:
            message = f"{answer.request.url.path}: {body.get('title')} · {body.get('detail')}"
            raise Stop(Exit.FAILURE, str(body.get("code")), message)
        return body


class _Story:
    """Drives the case by what it waits for, so that a story cut short goes on where it stood."""

    def __init__(self, portal: _Portal, application: Body) -> None:
        self._portal, self.application = portal, application
        self._next: Mapping[str, Callable[[str], None]] = {
            "received": self._center_is_silent_or_asks,
            "correction_required": self._supplement,
            "accepted": self._assess,
            "in_review": self._approve,
        }
        self._asked = False

    def play(self) -> str:
        """Play until the case is closed; return its id."""
        body = {**self.application, "source": {"system": "demo", "id": "whole filing"}}
        opened = self._portal.post("operator", "/cases", "demo:submit", body)
        case = str(opened.get("case") or opened["id"])
        if self._portal.replayed:
            typer.echo(_AGAIN, err=True)
        for _ in range(_STEPS_AT_MOST):
            status = str(self._portal.get("clerk", f"/cases/{case}")["status"])
            if status not in self._next:
                return case
            self._next[status](case)
        raise Stop(Exit.FAILURE, "demo.stuck", f"演示停在 {status} · the demo is stuck in {status}")

    def _center_is_silent_or_asks(self, case: str) -> None:
        timeline = self._portal.get("clerk", f"/cases/{case}/timeline", {"level": "story"})
        if any(one["type"] == "filing.supplement_requested" for one in timeline["items"]):
            self._clock({"advance_to_next_deadline": True})  # nobody decides in time
            return
        self._clock({"advance_working_days": 2})
        missing = [{"material": "premises", "reason": "场地证明未盖章"}]
        body = {"missing": missing, "working_days": 10}
        self._act("clerk", case, "filing.request_supplement", body)

    def _supplement(self, case: str) -> None:
        self._clock({"advance_working_days": 3})
        first: Body = self.application["with"]["materials"][0]
        stamped = {**first, "code": "premises", "name": "场地证明（盖章）"}
        self._act("operator", case, "filing.supplement", {"materials": [stamped]})

    def _assess(self, case: str) -> None:
        self._clock({"advance_working_days": 2})
        body = {"passed": True, "opinion": "设施设备与人员符合要求", "on_site": True}
        self._act("reviewer", case, "filing.assess", {**body, "experts": ["p-expert-1"]})

    def _approve(self, case: str) -> None:
        self._clock({"advance_working_days": 1})
        self._act("reviewer-2", case, "filing.approve", {})

    def _act(self, by: str, case: str, command: str, body: Body) -> None:
        seen = self._portal.get(by, f"/cases/{case}")
        path = f"/cases/{case}/commands/{command}"
        self._portal.post(by, path, f"demo:{command}:{case}", body, f'"{seen["version"]}"')

    def _clock(self, move: Body) -> None:
        self._portal.post("clerk", "/sandbox/clock", "demo:clock", move)


def _leave_some_open(portal: _Portal, application: Body) -> None:
    """Leave two filings of the other city open, so that no list is empty on the first visit."""
    for number, name in enumerate(("received", "correction"), 1):
        body = json.loads(json.dumps(application))
        body |= {"jurisdiction": "430200", "source": {"system": "demo", "id": name}}
        body["with"] |= {"jurisdiction": "430200"}
        body["with"]["institution"] |= {
            "name": "株洲乙职业学校",
            "uscc": "52430000J3C7REKRDF",
            "address": f"湖南省株洲市示例路{number}号",
            "principal": "p-zhuzhou-principal",
        }
        body["with"]["commitment"] |= {"signed_by": "p-zhuzhou-principal"}
        opened = portal.post("zhuzhou-operator", "/cases", f"demo:{name}", body)
        case = str(opened.get("case") or opened["id"])
        seen = portal.get("zhuzhou-clerk", f"/cases/{case}")
        if name == "correction" and seen["status"] == "received":
            missing = [{"material": "premises", "reason": "场地证明未盖章"}]
            portal.post(
                "zhuzhou-clerk",
                f"/cases/{case}/commands/filing.request_supplement",
                f"demo:{name}:list",
                {"missing": missing, "working_days": 10},
                f'"{seen["version"]}"',
            )


def _print_timeline(portal: _Portal, case: str) -> None:
    """Print every event: three times, what happened, by whom, under which clause."""
    seen = portal.get("clerk", f"/cases/{case}")
    items = portal.get("clerk", f"/cases/{case}/timeline", {"level": "technical", "limit": "200"})
    status = f"{label('status', str(seen['status']), 'zh')} {seen['status']}"
    typer.echo(f"\n{seen['number']} · {seen['applicant']['organisation']} · {status}")
    typer.echo(f"{'收到 received':<19}{'生效 effective':<19}{'记录 recorded':<19}")
    for one in items["items"]:
        times = "  ".join(_short(one[name]) for name in ("received", "effective", "recorded"))
        typer.echo(f"{times}  {one['title']} [{one['type']}]")
        by = one["by"]
        actor = " ".join(part for part in (by["role"], by["person"], by["organisation"]) if part)
        typer.echo(f"{'':<63}{actor}" + (f" · {one['cite']}" if one["cite"] else ""))
    typer.echo("")


def _short(instant: str) -> str:
    return instant[:19].replace("T", " ")


def _key(login: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {demo_key(login)}"}
