"""What a scenario expects against what happened. Keys left out are not compared."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from domain.kernel.json import Json
from domain.kernel.times import parse_instant
from domain.law.citation import same_clause
from infra.scenario.yaml_text import Value

LATER = frozenset(
    ("notice.rendered", "notice.printed")
)  # a later job's report, which `exact` cannot wait for


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case as a reader finds it.

    `case`: procedure variant jurisdiction status stage number version waiting_for, and `links`, a
    list of {case, kind}, where it has any; `events`: type effective
    received actor (a role) cite data, in order; `deadlines`: key due state.
    """

    case: Json
    events: Sequence[Json]
    deadlines: Sequence[Json]


def differences(name: str, wanted: Json, seen: Seen | None) -> list[str]:
    """Return every expectation about the case called `name` that does not hold, as sentences."""
    if seen is None:
        return [f"{name}: no such case was opened"]
    found = [
        f"{name}: {key} is {seen.case.get(key)!r}, not {value!r}"
        for key, value in wanted.items()
        if key not in ("events", "exact", "absent", "deadlines", "link", "links")
        and not _field_is(key, value, seen.case.get(key))
    ]
    found += _events(name, wanted, seen.events)
    types = {event.get("type") for event in seen.events}
    found += [f"{name}: {one} happened" for one in _listed(wanted, "absent") if one in types]
    found += _deadlines(name, _listed(wanted, "deadlines"), seen.deadlines)
    return found


def _events(name: str, wanted: Json, events: Sequence[Json]) -> list[str]:
    place, found, matched = 0, list[str](), 0
    listed = [cast(Json, one) for one in _listed(wanted, "events")]
    for one in listed:
        at = next((n for n in range(place, len(events)) if _event_is(one, events[n])), None)
        if at is None:
            found.append(f"{name}: no event {_shown(one)}{_nearest(one, events[place:])}")
        else:
            place, matched = at + 1, matched + 1
    told = [one for one in events if one.get("type") not in LATER]
    if wanted.get("exact") is True and not found and len(told) > matched:
        others = [str(e.get("type")) for e in told if not any(_event_is(w, e) for w in listed)]
        found.append(f"{name}: other events happened: {', '.join(others)}")
    return found


def _nearest(one: Json, events: Sequence[Json]) -> str:
    same = [event for event in events if event.get("type") == one.get("type")]
    if not same:
        return ""
    keys = [key for key in one if key != "data"]
    return "; found " + " | ".join(_shown({key: event.get(key) for key in keys}) for event in same)


def _event_is(wanted: Json, event: Json) -> bool:
    return all(_field_is(key, value, event.get(key)) for key, value in wanted.items())


def _deadlines(name: str, wanted: Sequence[Value], deadlines: Sequence[Json]) -> list[str]:
    found = []
    for one in wanted:
        listed = cast(Json, one)
        if not any(all(_agrees(v, d.get(k)) for k, v in listed.items()) for d in deadlines):
            there = "; ".join(_shown(d) for d in deadlines) or "none"
            found.append(f"{name}: no deadline {_shown(listed)}; there: {there}")
    return found


def _listed(wanted: Json, key: str) -> Sequence[Value]:
    value = wanted.get(key)
    return value if isinstance(value, list) else []


def _agrees(wanted: Value, got: object) -> bool:
    """Whether `got` is `wanted`; of mappings only the keys that are wanted, lists whole.

    Events leave out what is empty, so a key that is not there agrees with an empty value. Instants
    and clauses compare by meaning, wherever they stand.
    """
    if isinstance(wanted, dict):
        return isinstance(got, Mapping) and all(
            _field_is(k, v, got[k]) if k in got else not v for k, v in wanted.items()
        )
    if isinstance(wanted, list):
        if not isinstance(got, Sequence) or isinstance(got, str) or len(got) != len(wanted):
            return False
        return all(map(_agrees, wanted, got))
    same = wanted == got and isinstance(wanted, bool) == isinstance(got, bool)
    return same or _instant_is(wanted, got)


def _field_is(key: str, wanted: Value, got: object) -> bool:
    return (_cite_is if key == "cite" else _agrees)(wanted, got)


def _instant_is(wanted: Value, got: object) -> bool:
    with suppress(ValueError):
        return parse_instant(str(wanted)) == parse_instant(str(got))
    return False


def _cite_is(wanted: Value, got: object) -> bool:
    with suppress(ValueError):
        return same_clause(str(wanted), str(got))
    return wanted == got


def _shown(one: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}"
