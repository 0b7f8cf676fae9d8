"""The measures themselves: what a bare append writes, how a growth is judged."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.bare import KEYS, Bare, recorded
from bench.counters import BUDGETS
from bench.direct import Direct
from bench.growth import MARKS, growth
from infra.parts import make_parts
from infra.sandbox import PostgresSandbox
from tests.infra.store.conftest import as_owner
from tests.workflows.filing import FRIDAY, settings_of

LIMIT = BUDGETS["ratios"]["note_growth_exponent"]
CASE = "01977777-0000-7000-8000-00000000000{}"


@pytest.fixture
def direct(database: str, tmp_path: Path) -> Iterator[Direct]:
    """What takes filings through a database of their own, without Temporal."""
    parts = make_parts(settings_of(database, "127.0.0.1:1", tmp_path))
    PostgresSandbox(parts.engine).create(at=FRIDAY, tenant="bench")
    yield Direct(parts, "bench")
    parts.engine.dispose()


def counted(database: str, prefix: str) -> dict[str, int]:
    """Return how many rows each table has."""
    found = {}
    for table in KEYS:
        ((rows,),) = as_owner(database, f"SELECT count(*) FROM {prefix}{table}")  # noqa: S608  – our own names
        assert isinstance(rows, int)
        found[table] = rows
    return found


def test_a_bare_append_writes_the_rows_the_decision_wrote_and_no_others(
    direct: Direct, database: str
) -> None:
    with recorded(direct.parts.engine) as appends:
        direct.whole_filing()
    bare = Bare(database)
    bare.write(bare.ready(appends, CASE.format(1)))
    assert counted(database, "bare_") == counted(database, "")
    bare.write(bare.ready(appends, CASE.format(2)))
    bare.engine.dispose()
    twice = Counter(counted(database, "")) + Counter(counted(database, ""))
    assert counted(database, "bare_") == dict(twice)
    assert sum(one.letter for one in appends) == 2


@pytest.mark.parametrize("busy", [None, 0, 5, len(MARKS) - 1])
def test_a_flat_cost_is_judged_flat_though_the_machine_was_busy_for_a_while(
    busy: int | None,
) -> None:
    spent, total = {}, 0.0
    for number, mark in enumerate(MARKS):
        total += 1.0 if number != busy else 1.3
        spent[mark] = total
    assert growth(spent) <= LIMIT


@pytest.mark.parametrize("more", [0.002, 0.01, 1.0])  # of each note over the one before
def test_a_cost_that_grows_with_the_case_is_not(more: float) -> None:
    assert growth({mark: mark + more * mark * mark / 2 for mark in MARKS}) > LIMIT
