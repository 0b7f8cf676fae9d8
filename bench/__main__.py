"""`make bench`: times and ratios of one run, written to `docs/performance.md`."""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from bench import handwritten
from bench.bare import Append, Bare, recorded
from bench.counters import BUDGETS
from bench.direct import ACTS, Direct
from bench.ground import Ground, at_work, ground
from bench.growth import notes
from bench.over_http import latency_and_memory
from bench.page import Figure, publish
from bench.seed import list_figures
from infra.parts import make_parts
from infra.sandbox import PostgresSandbox
from tests.workflows.filing import FRIDAY, SCHOOL, Office

FILINGS = 150  # timed decisions beside bare appends
BLOCKS, CASES = 6, 8  # ABBA blocks of cases on Temporal
MILLI = 1000.0


def main() -> int:
    """Measure, print, write the page; exit 1 when a bound of one run is broken."""
    with ground() as found:
        figures, appends, bare = _decisions(found)
        figures += asyncio.run(_beside_handwritten(found, appends, bare))
        figures += asyncio.run(notes(found))
        bare.engine.dispose()
    figures += latency_and_memory(BUDGETS["memory"]["process_mb"])
    lists = list_figures()
    sys.stdout.write(publish("figures", "make bench", figures) + "\n")
    sys.stdout.write(publish("lists", "make bench", lists) + "\n")
    return 0 if all(one.kept for one in (*figures, *lists)) else 1


def _decisions(found: Ground) -> tuple[list[Figure], tuple[Append, ...], Bare]:
    """Time `advance` and a bare append of the same rows in turn."""
    parts, bare = make_parts(found.settings()), Bare(found.servers.database_url)
    PostgresSandbox(parts.engine).create(at=FRIDAY, tenant="bench")
    direct = Direct(parts, "bench")
    with recorded(parts.engine) as appends:
        direct.whole_filing()
    commands = [one for one in appends if not one.letter]
    ratios, ours, theirs = [], [], []
    for number in range(FILINGS):
        mine = _filing_seconds(direct)
        plain = _seconds(partial(bare.write, bare.ready(commands, _id(f"bare-{number}"))))
        ours.append(mine)
        theirs.append(plain)
        ratios.append(mine / plain)
    parts.engine.dispose()
    ratio, limit = statistics.median(ratios), BUDGETS["ratios"]["advance_to_bare_append"]
    per = MILLI / len(commands)
    return (
        [
            Figure(
                "`advance` ÷ bare append of the same rows, median of pairs",
                f"{ratio:.2f} ({statistics.median(ours) * per:.1f} ms ÷ "
                f"{statistics.median(theirs) * per:.1f} ms per command)",
                f"≤ {limit:g}",
                ratio <= limit,
            )
        ],
        tuple(appends),
        bare,
    )


def _filing_seconds(direct: Direct) -> float:
    """Return the seconds `advance` takes for one filing, receipts left out."""
    spent = 0.0
    case: str | None = None
    for name, actor, payload in (("filing.submit", SCHOOL, direct.application), *ACTS):
        case, command = direct.receive(name, actor, payload, case)
        spent += _seconds(partial(direct.advance.advance, case, command))
    if case is not None:
        direct.serve(case)  # outside the measured time, so that nothing is left to be found later
    return spent


async def _beside_handwritten(
    found: Ground, appends: tuple[Append, ...], bare: Bare
) -> list[Figure]:
    async with at_work(found, "beside") as office:
        with ThreadPoolExecutor(4) as threads:
            appending = handwritten.Appending(bare, appends)
            async with handwritten.worker(office.client, appending, threads):
                pairs = await _abba(
                    found, lambda n: _ours(office, n), lambda n: _by_hand(office, n, appends)
                )
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(side) * MILLI / CASES for side in zip(*pairs, strict=True))
    value = f"{ratio:.2f} ({mine:.0f} ms ÷ {theirs:.0f} ms; the inbox only in ours)"
    return [
        Figure("CPU per case, all processes ÷ hand-written Temporal workflow", value, "goal ≤ 1.3")
    ]


Play = Callable[[str], Coroutine[None, None, None]]


async def _abba(found: Ground, ours: Play, theirs: Play) -> list[tuple[float, float]]:
    pairs = []
    await asyncio.gather(ours("warm-up"), theirs("warm-up"))
    for block in range(BLOCKS):
        used = {}
        order = (("a", ours), ("b", theirs))
        for name, play in order if block % 2 == 0 else reversed(order):
            before = found.cpu()
            for number in range(CASES):
                await play(f"{block}-{number}")
            used[name] = found.cpu() - before
        pairs.append((used["a"], used["b"]))
    return pairs


async def _ours(office: Office, name: str) -> None:
    case = await office.open(f"beside-{name}")
    for command, actor, payload in ACTS:
        await office.do(case, command, actor, payload)
    await office.ended(case)


async def _by_hand(office: Office, name: str, appends: Sequence[Append]) -> None:
    letters_at = [number for number, one in enumerate(appends) if one.letter]
    await handwritten.play(office.client, _id(name), len(appends), letters_at)


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    from infra.cli.exits import leave

    leave(main())
