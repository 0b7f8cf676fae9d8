"""Write the golden events anew, after showing what changes: `python -m tests.golden.events`.

`events.json` holds the shape of every version of every event ever released, and one stream as an
earlier release stored it with the state it folds into. Shapes only grow: what old events could not
be read by any more is refused here, not written.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from domain.case.envelope import Meta, Recorded
from domain.case.evolve import FOLD, case_to_json, fold
from domain.kernel.codec import from_json, to_json
from domain.kernel.events import event_class, registered
from domain.kernel.json import JsonValue
from domain.kernel.limits import Between, Limit, Shaped
from tests.golden.example_stream import recorded_example

Golden: TypeAlias = dict[str, Any]  # JSON
Kind: TypeAlias = Any  # a type as written in an annotation; no type describes all of them
KEPT = Path(__file__).parent / "events.json"
MODULES = (
    "domain.case.events",
    "domain.registers.loading",
    "domain.registers.kept",
    "domain.registers.processes",
    "domain.procedures.table",
)


def kept() -> Golden:
    """Return what is committed."""
    read: Golden = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return read


def shapes() -> Golden:
    """Return the shape of every registered event: version and fields, nested ones spelled out."""
    for one in MODULES:
        import_module(one)
    return {
        name: {str(version): _shape(event_class(name))}
        for name, version in registered().items()
        if not name.startswith("test.")
    }


def state_of(stream: list[Golden]) -> JsonValue:
    """Return the case that a stored stream folds into today."""
    case = fold(_recorded(one) for one in stream)
    assert case is not None
    return case_to_json(case)


def breaches(old: Golden, new: Golden) -> Iterator[str]:
    """Yield how `new` would make events unreadable that were written under `old`."""
    for name, versions in old.get("shapes", {}).items():
        current = new["shapes"].get(name)
        if current is None:
            yield f"{name} is gone: what was recorded can be read no more"
            continue
        newest = max(map(int, current))
        for version, shape in versions.items():
            if int(version) > newest:
                yield f"{name} went back from version {version} to {newest}"
            elif int(version) == newest:
                yield from _narrower(f"{name} {version}", shape, current[version])
    if old and old["fold"] == new["fold"] and old["state"] != new["state"]:
        yield "the same events give another state: raise FOLD"


def today(old: Golden) -> Golden:
    """Return what this release would commit: older versions and the stream stay as they are."""
    current = shapes()
    merged = {
        name: old.get("shapes", {}).get(name, {}) | versions for name, versions in current.items()
    }
    stream = old.get("stream") or [_stored(one) for one in recorded_example()]
    return {"shapes": merged, "fold": FOLD, "stream": stream, "state": state_of(stream)}


def text(golden: Golden) -> str:
    """Return the file's text."""
    return json.dumps(golden, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Show the difference, then write it, unless it breaks what was released."""
    old = kept()
    new = today(old)
    before, after = text(old).splitlines(), text(new).splitlines()
    for line in unified_diff(before, after, "released", "today", lineterm="", n=1):
        sys.stdout.write(line + "\n")
    if faults := list(breaches(old, new)):
        sys.stderr.write("".join(f"refused: {one}\n" for one in faults))
        return 1
    KEPT.write_text(text(new), encoding="utf-8")
    return 0


def _narrower(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name, shape in old.items():
        if name not in new:
            yield f"{where}: {name} is gone; raise the version and upcast"
        elif not _grown(shape, new[name]):
            yield f"{where}: {name} has another shape; raise the version and upcast"
    for name in new.keys() - old.keys():
        if "default" not in new[name]:
            yield f"{where}: {name} is new and has no default; raise the version and upcast"


def _grown(old: Golden, new: Golden) -> bool:
    """Whether what had the old shape has the new one: the same, or with more choices at the end."""
    same = old["type"] == new["type"] or new["type"].startswith(f"{old['type']} | ")
    inside, now = old.get("of", {}), new.get("of", {})
    return (
        same
        and old.get("default") == new.get("default")
        and inside.keys() == now.keys()
        and not any(list(_narrower(name, inside[name], now[name])) for name in inside)
    )


def _shape(cls: Kind) -> Golden:
    hints = get_type_hints(
        cls, localns={"JsonValue": object, "Mapping": Mapping}, include_extras=True
    )
    return {one.name: _field(hints[one.name], one) for one in fields(cls)}


def _field(hint: Kind, one: Field[Any]) -> Golden:
    shape: Golden = {"type": _named(hint)}
    if one.default is not MISSING or one.default_factory is not MISSING:
        default = one.default if one.default_factory is MISSING else one.default_factory()
        shape["default"] = repr(default)
    if inner := {part.__name__: _shape(part) for part in _records(hint)}:
        shape["of"] = inner
    return shape


def _named(hint: Kind) -> str:
    origin: Kind = get_origin(hint)
    parts = get_args(hint)
    if origin is Annotated:
        limits = [one for one in parts[1:] if isinstance(one, Limit)]  # an entry binds no old event
        return " ".join((_named(parts[0]), *map(_limit, limits)))
    if origin is Literal:
        return " | ".join(map(repr, parts))
    if origin in (Union, UnionType):
        return " | ".join(map(_named, parts))
    if origin is tuple:
        return f"tuple[{', '.join(map(_named, parts))}]"
    if hint in (NoneType, Ellipsis):
        return "None" if hint is NoneType else "..."
    return str((origin or hint).__name__)


def _limit(limit: object) -> str:
    """Return a limit without its sentences: what no longer holds of old events breaks them too."""
    match limit:
        case Between(low=low, high=high):
            return f"{low}..{'' if high is None else high}"
        case Shaped(pattern=pattern):
            return pattern
        case _:
            return type(limit).__name__.lower()


def _records(hint: Kind) -> Iterator[Kind]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
        return
    for part in get_args(hint):
        yield from _records(part)


def _stored(one: Recorded) -> Golden:
    return {
        "type": one.type,
        "schema": one.schema,
        "version": one.version,
        "data": one.data,
        "meta": to_json(one.meta),
    }


def _recorded(stored: Golden) -> Recorded:
    meta = from_json(Meta, stored["meta"])
    return Recorded(
        epoch=1,
        position=stored["version"],
        tenant="golden",
        stream=meta.case,
        version=stored["version"],
        event_id="",
        type=stored["type"],
        schema=stored["schema"],
        data=stored["data"],
        meta=meta,
        recorded_at=meta.wall,
        prev_hash="",
        hash="",
    )


if __name__ == "__main__":
    sys.exit(main())
