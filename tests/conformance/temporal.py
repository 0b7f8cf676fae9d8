"""`python -m tests.conformance.temporal FOLDER [--tier N]`: the run cases as real cases.

On a PostgreSQL, a Temporal server and a worker of its own. Exit 0 when each that was played went
as on paper and as the folder expects, 1 when one did not, 2 when there was none.
"""

import argparse
import asyncio
import importlib.util
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from infra.cli.exits import leave
from infra.local import TemporalServer
from infra.migrate import upgrade
from tests.conformance.cases import How, Went, go
from tests.servers import any_postgres
from tests.workflows.filing import Office, office, settings_of

HEADS: Mapping[How, str] = {
    "deployed": "deployed and played",
    "unsound": "refused as unsound, played all the same",
    "refused": "refused here and on paper",
}
Entry = Mapping[str, Any]  # a test or a case of cases.json


@dataclass(frozen=True, slots=True)
class Row:
    """A run case and how it went; `wrong` says also in what it is not as expected."""

    group: str
    name: str
    tier: int
    went: Went
    wrong: tuple[str, ...]


async def rows(at_work: Office, folder: Path, tiers: Sequence[int]) -> list[Row]:
    """Play the run cases of a folder, each as a case of a tenant of its own."""
    judge = _run_py(folder)
    found: list[Row] = []
    for suite in judge.suites(folder):
        for test, number, case in _cases(suite, tiers):
            there = replace(at_work, tenant=f"conformance-{len(found)}")
            source = await asyncio.to_thread((suite / test["file"]).read_bytes)
            went = await go(there, test["file"], source, case["input"])
            wrong = list(went.wrong)
            if went.answer:
                wrong += judge.judge(judge.judge_run, went.answer, test, case["expect"])
            name = f"{test['group']}/{test['test']}#{number}"
            found.append(Row(test["group"], name, test["tier"], went, tuple(wrong)))
    return found


def report(found: Sequence[Row]) -> Iterator[str]:
    """Yield what is printed: what went wrong, what was not played and why, totals per group."""
    yield from (f"FAIL {row.name}: {'; '.join(row.wrong)}" for row in found if row.wrong)
    left = [row for row in found if row.went.how == "left"]
    yield from (f"not played {row.name}: {row.went.reason}" for row in left)
    yield "  ".join(("group", *HEADS.values(), "not played"))
    for group in sorted({row.group for row in found}):
        yield _line(group, [row for row in found if row.group == group])
    for tier in sorted({row.tier for row in found}):
        yield _line(f"tier {tier}", [row for row in found if row.tier == tier])
    yield _line("all", found)
    wrong, played = sum(bool(row.wrong) for row in found), len(found) - len(left)
    yield f"{played - wrong} agree, {wrong} do not, {len(left)} not played"


def _line(name: str, mine: Sequence[Row]) -> str:
    shares = (_share([row for row in mine if row.went.how == how]) for how in HEADS)
    return "  ".join((name, *shares, str(sum(row.went.how == "left" for row in mine))))


def _share(mine: Sequence[Row]) -> str:
    return f"{sum(not row.wrong for row in mine)}/{len(mine)}" if mine else "-"


def _cases(suite: Path, tiers: Sequence[int]) -> Iterator[tuple[Entry, int, Entry]]:
    tests = json.loads((suite / "cases.json").read_text(encoding="utf-8")).get("tests", [])
    for test in tests:
        if test["tier"] in tiers:
            for number, case in enumerate(test["cases"], 1):
                yield test, number, case


def _run_py(folder: Path) -> ModuleType:
    """Return the folder's own judge of answers."""
    spec = importlib.util.spec_from_file_location("conformance_run", folder / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Play them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tier", type=int, choices=(1, 2), help="only this one")
    given = parser.parse_args()
    tiers = (given.tier,) if given.tier else (1, 2)
    with tempfile.TemporaryDirectory(prefix="anjuan-conformance-") as made:
        Path(made).chmod(0o711)  # the servers run as another account
        found = _on_servers(Path(made), given.folder, tiers)
    sys.stdout.write("".join(f"{line}\n" for line in report(found)))
    if not found:
        return 2
    return 1 if any(row.wrong for row in found) else 0


def _on_servers(data: Path, folder: Path, tiers: Sequence[int]) -> list[Row]:
    temporal = TemporalServer(data, search_attributes={"AnjuanProcedure": "Keyword"})
    with any_postgres(data) as postgres:
        temporal.start()
        try:
            database = postgres.url("postgres")
            upgrade(database)
            settings = settings_of(database, temporal.address, data / "office")
            return asyncio.run(_at_work(settings, folder, tiers))
        finally:
            temporal.stop()


async def _at_work(settings: Any, folder: Path, tiers: Sequence[int]) -> list[Row]:  # noqa: ANN401
    async with office(settings) as at_work:
        return await rows(at_work, folder, tiers)


if __name__ == "__main__":
    leave(main())
