"""From the text of a scenario file to a `Scenario`; unknown keys and odd values are faults."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from domain.case.actor import Actor
from domain.kernel import faults
from domain.kernel.json import Json
from domain.kernel.times import parse_instant
from infra.fixtures import registers
from infra.scenario.codes import derived_code
from infra.scenario.model import Link, Scenario, Step, Successor
from infra.scenario.yaml_text import Document, MalformedError, Path, Value, read

_TOP = (
    "scenario", "cite", "actors", "fixtures", "cases", "steps", "expect", "link", "links",
)  # fmt: skip
_LINK, _SUCCESSOR = ("from", "to", "kind"), ("opened_by", "procedure")
_LINKS = ("link", "links")
_BESIDE = (*_LINKS, "cases")  # in an expectation, beside the cases' names
_STEP = ("at", "case", "procedure", "variant", "by", "do", "with", "refused", "expect")
_ACTOR = ("role", "person", "organisation", "jurisdiction")
_FIXTURES = (
    "institutions",
    "occupations",
    "candidates",
    "supervisors",
    "certificates",
    "calendars",
)
_CASE = (
    "procedure", "variant", "jurisdiction", "status", "stage", "number", "version",
    "waiting_for", "link", "links", "events", "exact", "absent", "deadlines",
)  # fmt: skip
_LISTED = {
    "events": ("type", "effective", "received", "actor", "cite", "data"),
    "deadlines": ("key", "due", "state"),
}


def read_scenario(text: str) -> Scenario:
    """Return the scenario that `text` describes.

    Raises:
        MalformedError: the line and the fault.
    """
    return _Reader(read(text)).scenario()


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document

    def scenario(self) -> Scenario:
        top = self._map((), self._document.value, _TOP)
        if not isinstance(top.get("scenario"), str):
            raise self._fault((), "缺少 scenario 标题", "`scenario` (a title) is missing")
        actors = self._map(("actors",), top.get("actors", {}))
        fixtures = self._map(("fixtures",), top.get("fixtures") or {}, _FIXTURES)
        self._check_fixtures(fixtures)
        steps = self._list(("steps",), top.get("steps", []))
        codes = dict(_named_codes(fixtures, steps))
        return Scenario(
            title=str(top["scenario"]),
            cite=tuple(str(one) for one in self._list(("cite",), top.get("cite", []))),
            actors={name: self._actor(name, one, codes) for name, one in actors.items()},
            fixtures=fixtures,
            steps=self._steps(steps, actors),
            expect=self._expect(("expect",), top.get("expect") or {}),
            links=self._links(top, steps),
            cases=self._successors(top, steps),
            codes=codes,
        )

    def _links(self, top: dict[str, Value], steps: list[Value]) -> tuple[Link, ...]:
        """Read the links expected at the top, beside the cases expected, or of one of them.

        Those of a step are looked for at the end as well: a link is never taken back.
        """
        found = self._linked((), top)
        for path, cases in _expected(top, steps):
            found += self._linked(path, cases)
            for name, case in cases.items():
                if isinstance(case, dict) and name not in _BESIDE:
                    found += self._linked((*path, name), case, name)
        return tuple(found)

    def _linked(self, path: Path, at: dict[str, Value], source: str = "") -> list[Link]:
        one = at.get("link") or []
        listed = [one] if isinstance(one, dict) else self._list((*path, "link"), one)
        found: list[Link] = []
        for value in (*listed, *self._list((*path, "links"), at.get("links") or [])):
            data = {key: str(text) for key, text in self._map(path, value, _LINK).items()}
            its = {"from": source, **data}
            if not its["from"] or "to" not in its:
                raise self._fault(path, "link 须写明 from 和 to", "a link needs `from` and `to`")
            found.append(Link(source=its["from"], to=its["to"], kind=its.get("kind", "")))
        return found

    def _successors(self, top: dict[str, Value], steps: list[Value]) -> dict[str, Successor]:
        found = {}
        for path, at in (((), top), *_expected(top, steps)):
            for name, one in self._map((*path, "cases"), at.get("cases") or {}).items():
                data = self._map((*path, "cases", name), one, _SUCCESSOR)
                its = {key: str(data.get(key) or "") for key in _SUCCESSOR}
                found[name] = Successor(**its)
        return found

    def _check_fixtures(self, fixtures: dict[str, Value]) -> None:
        for name, listed in fixtures.items():
            path: Path = ("fixtures", name)
            for n, entry in enumerate(self._list(path, listed)):
                try:
                    registers({name: [self._map((*path, n), entry)]})
                except faults.MalformedError as error:
                    zh = "; ".join(f"{one.pointer or '/'} {one.zh}" for one in error.faults)
                    raise self._fault((*path, n), zh, str(error)) from None

    def _actor(self, name: str, value: Value, codes: dict[str, str]) -> Actor:
        path: Path = ("actors", name)
        data = self._map(path, value, _ACTOR)
        if not isinstance(data.get("role"), str):
            raise self._fault(path, f"人员 {name} 缺少 role", f"actor {name} has no role")
        organisation = str(data.get("organisation") or "")
        code = codes.setdefault(organisation, derived_code(organisation)) if organisation else ""
        return Actor(
            person=str(data.get("person") or ""),
            role=str(data["role"]),
            organisation=code,
            jurisdiction=str(data.get("jurisdiction") or ""),
            name=organisation,
        )

    def _steps(self, steps: list[Value], actors: Collection[str]) -> tuple[Step, ...]:
        found: list[Step] = []
        for n, value in enumerate(steps):
            step = self._step(("steps", n), value, actors)
            if found and step.at < found[-1].at:
                raise self._fault(
                    ("steps", n, "at"), "步骤须按时间先后", "steps go in order of time"
                )
            found.append(step)
        if not found:
            raise self._fault(("steps",), "没有步骤", "there are no steps")
        if not actors:
            raise self._fault(("actors",), "没有人员", "there are no actors")
        return tuple(found)

    def _step(self, path: Path, value: Value, actors: Collection[str]) -> Step:
        data = self._map(path, value, _STEP)
        texts = {k: str(data[k]) for k in _STEP if k not in ("at", "with", "expect") and k in data}
        if "do" in texts and not {"case", "by"} <= texts.keys():
            raise self._fault(path, "有 do 就要有 case 和 by", "`do` needs `case` and `by`")
        if "by" in texts and texts["by"] not in actors:
            zh, en = f"没有人员 {texts['by']}", f"no actor {texts['by']}"
            raise self._fault((*path, "by"), zh, en)
        return Step(
            line=self._document.line(path),
            at=self._instant((*path, "at"), data.get("at")),
            payload=self._map((*path, "with"), data.get("with") or {}),
            expect=self._expect((*path, "expect"), data.get("expect") or {}),
            **texts,
        )

    def _instant(self, path: Path, value: Value) -> datetime:
        try:
            return parse_instant(str(value))
        except ValueError:
            zh, en = f"时间须带时区偏移：{value}", f"an instant with offset is needed, not {value}"
            raise self._fault(path, zh, en) from None

    def _expect(self, path: Path, value: Value) -> Mapping[str, Json]:
        cases = {k: v for k, v in self._map(path, value).items() if k not in _BESIDE}
        for name, wanted in cases.items():
            data = self._map((*path, name), wanted, _CASE)
            for key, allowed in _LISTED.items():
                for n, item in enumerate(self._list((*path, name, key), data.get(key) or [])):
                    self._map((*path, name, key, n), item, allowed)
        return cast(Mapping[str, Json], cases)

    def _map(
        self, path: Path, value: Value, allowed: Collection[str] | None = None
    ) -> dict[str, Value]:
        if not isinstance(value, dict):
            raise self._fault(path, "这里应是键值对", "a mapping is needed here")
        for key in value:
            if allowed is not None and key not in allowed:
                known = ", ".join(allowed)
                raise self._fault(
                    (*path, key),
                    f"未知的键 {key}（可用：{known}）",
                    f"unknown key {key}; known: {known}",
                )
        return value

    def _list(self, path: Path, value: Value) -> list[Value]:
        if not isinstance(value, list):
            raise self._fault(path, "这里应是列表", "a list is needed here")
        return value

    def _fault(self, path: Path, zh: str, en: str) -> MalformedError:
        return MalformedError(self._document.line(path), zh, en)


def _expected(top: dict[str, Value], steps: list[Value]) -> list[tuple[Path, dict[str, Value]]]:
    """Return every mapping of expectations with its place: the end's, then the steps'."""
    places: list[tuple[Path, Value]] = [(("expect",), top.get("expect"))]
    places += [
        (("steps", n, "expect"), step.get("expect"))
        for n, step in enumerate(steps)
        if isinstance(step, dict)
    ]
    return [(path, one) for path, one in places if isinstance(one, dict)]


def _named_codes(fixtures: Json, steps: list[Value]) -> list[tuple[str, str]]:
    """The codes that payloads and fixtures give to the names of institutions."""
    institutions = fixtures.get("institutions") or []
    given: list[Value] = list(institutions) if isinstance(institutions, list) else []
    for step in steps:
        payload = step.get("with") if isinstance(step, dict) else None
        if isinstance(payload, dict):
            branches = payload.get("branches")
            given += [payload.get("institution"), payload.get("branch")]
            given += branches if isinstance(branches, list) else []
    return [
        (str(one["name"]), str(one["uscc"]))
        for one in given
        if isinstance(one, dict) and one.get("name") and one.get("uscc")
    ]
