"""`make story-migrate`: open filings move to an edited diagram, on real servers, step by step.

The copy has one task under another name, one under another id, one more, and one less. Each step
prints the command with its answer; whatever is not as it should be ends the story.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2

from infra.cli._migrating import told
from tests.examples.versions import edited, shipped

PROJECT = Path(__file__).parents[2]
WITHIN = 120.0  # seconds for one command
SOCIAL = {"type": "social_organisation"}
Body = dict[str, Any]


class StoryError(Exception):
    """Something did not go as the story tells."""


def story(url: str, data: Path, folder: Path) -> None:
    """Play the story on the running servers.

    Raises:
        StoryError: something is not as it should be.
    """
    old, new = folder / "hunan.bpmn", folder / "edited.bpmn"
    old.write_bytes(shipped())
    new.write_bytes(edited())
    _anjuan("process", "check", "--strict", str(new))
    office = _Office(url)
    assessing, publishing = office.accepted(), office.to_be_published()
    office.let_a_day_pass()
    os.environ["ANJUAN_DATA"] = str(data)  # so that each command finds the servers by itself
    order = ("process", "migrate", "filing", "--to", str(new))
    plain = _migration(*order, "--deadlines", "keep", "--dry-run")
    _hold(plain[assessing]["outcome"] == "blocked", "what has another id is not found by itself")
    mapped = (*order, "--map", "assess=evaluate", "--deadlines", "keep",
              "--deadlines", "filing.acceptance=reset")  # fmt: skip
    foreseen = _migration(*mapped, "--dry-run")
    _hold(foreseen[assessing]["outcome"] == "movable", "the mapping names it")
    _hold(foreseen[publishing]["obstacles"][0]["code"] == "gone", "a task that is gone blocks")
    moved = _migration(*mapped, "--reason", "评估改由专家组进行", "--yes")
    _hold(moved[publishing]["outcome"] == "blocked", "who is blocked stays")
    others = [one for number, one in moved.items() if number != publishing]
    _hold(all(one["outcome"] == "moved" for one in others), "all others move")
    terms = {one["key"]: one for case in others for one in case["terms"]}
    acceptance, supplement = terms["filing.acceptance"], terms["filing.supplement"]
    _hold(acceptance["after"] > acceptance["before"], "the acceptance term begins anew")
    _hold(supplement["after"] == supplement["before"], "the window for correction is kept")
    again = _migration(*mapped, "--reason", "再来一次", "--yes")
    _hold(set(again) == {publishing}, "who has moved is asked no more")
    timeline = _anjuan(
        "case", "timeline", assessing, "--server", url, "--key", "demo-zhuzhou-clerk"
    )
    _hold("流程换版：评估改由专家组进行" in timeline, "the timeline tells it")
    office.finish(assessing)
    _anjuan("verify")


class _Office:
    """Acts in Zhuzhou, where the demo has left its open filings."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=f"{url}/api/v1", timeout=WITHIN)
        self._keys = 0

    def accepted(self) -> str:
        """Open and accept a filing; return its number."""
        number = self._opened("accepted", {})
        self._act("zhuzhou-clerk", number, "filing.accept", {})
        return number

    def to_be_published(self) -> str:
        """Bring a social organisation's filing to where its notice is to be published."""
        number = self._opened("publishing", SOCIAL)
        self._act("zhuzhou-clerk", number, "filing.accept", {})
        self._assess("zhuzhou-reviewer", number)
        return number

    def let_a_day_pass(self) -> None:
        """Move the sandbox clock by a working day."""
        self._post("clerk", "/sandbox/clock", {"advance_working_days": 1})

    def finish(self, number: str) -> None:
        """Take a moved filing to its approval."""
        self._assess("zhuzhou-reviewer", number)
        self._act("zhuzhou-reviewer-2", number, "filing.approve", {})
        case = self._body(self._http.get(f"/cases/{number}", headers=_key("zhuzhou-clerk")))
        _hold(case["status"] == "closed", "a moved case is decided as ever")

    def _assess(self, by: str, number: str) -> None:
        said = {"passed": True, "opinion": "符合条件", "experts": ["p-expert-1"], "on_site": True}
        self._act(by, number, "filing.assess", said)

    def _opened(self, name: str, institution: Body) -> str:
        example = PROJECT / "examples" / "hunan-filing.json"
        body: Body = json.loads(example.read_text(encoding="utf-8"))
        body |= {"jurisdiction": "430200", "source": {"system": "story", "id": name}}
        body["with"] |= {"jurisdiction": "430200"}
        own = {"name": "株洲乙职业学校", "uscc": "52430000J3C7REKRDF"} | institution
        body["with"]["institution"] |= own | {"principal": "p-zhuzhou-principal"}
        body["with"]["commitment"] |= {"signed_by": "p-zhuzhou-principal"}
        return str(self._post("zhuzhou-operator", "/cases", body)["number"])

    def _act(self, by: str, number: str, command: str, body: Body) -> None:
        seen = self._http.get(f"/cases/{number}", headers=_key(by)).headers["etag"]
        self._post(by, f"/cases/{number}/commands/{command}", body, seen)

    def _post(self, by: str, path: str, body: Body, seen: str = "*") -> Body:
        self._keys += 1
        headers = _key(by) | {"idempotency-key": f"story-{self._keys}", "if-match": seen}
        return self._body(self._http.post(path, json=body, headers=headers))

    @staticmethod
    def _body(answer: httpx2.Response) -> Body:
        if answer.is_error:
            raise StoryError(answer.text)
        found: Body = answer.json()
        return found


def _migration(*words: str) -> dict[str, Body]:
    """Migrate, printing what people read; return what became of each case by its number."""
    answer: Body = json.loads(_anjuan(*words, "--json", quiet=True))
    _print(f"\n$ anjuan {' '.join(words)}\n{told([answer], 'zh')}")
    return {one["number"]: one for one in answer["items"]}


def _anjuan(*words: str, quiet: bool = False) -> str:
    done = subprocess.run(  # noqa: S603  – ours
        [".venv/bin/anjuan", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )
    if not quiet:
        _print(f"\n$ anjuan {' '.join(words)}\n{done.stdout}{done.stderr}".rstrip())
    if done.returncode:
        raise StoryError(f"exit {done.returncode}: {done.stderr}")
    return done.stdout


def _key(login: str) -> dict[str, str]:
    return {"authorization": f"Bearer demo-{login}"}


def _hold(fact: object, so: str) -> None:
    if not fact:
        raise StoryError(f"not so: {so}")
    _print(f"✓ {so}")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
