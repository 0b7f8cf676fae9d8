"""`make bench-engine`: what the process engine costs, SpiffWorkflow beside it in the same run.

CPU of this process, the least of several runs: what else the machine does only ever adds.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from functools import partial

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from bench.counters import BUDGETS
from bench.diagrams import looped, many, wide
from bench.ground import ground
from bench.growth import growth, notes
from bench.hostile import refusals
from bench.page import Figure, publish
from bench.players import Ours, Player, Spiff

SMALL, LARGE = 30, 5_000  # nodes of a diagram
ROUNDS = 7  # the least of which counts
STEPS = 120  # five times round the small diagram
MARKS = (10, 30, 100, 300, 1_000)  # steps of one case
THEIR_MARKS = (10, 30, 100)  # theirs takes minutes for more
INSTANCES = 1_000
MILLI, MICRO = 1e3, 1e6
LIMITS = BUDGETS["engine"]


def main() -> int:
    """Measure, print, write the page; exit 1 when a bound is broken."""
    figures = [_step(), *_load(), _many(), *_refused(), _growth()]
    with ground() as found:
        figures += asyncio.run(notes(found, 1))
    packages = ("lxml", "lark", "SpiffWorkflow")
    sys.stdout.write(publish("engine", "make bench-engine", figures, packages) + "\n")
    return 0 if all(one.kept for one in figures) else 1


def _step() -> Figure:
    """Time steps of a case held in memory."""
    ours, theirs = (_least(partial(_steps, one)) for one in (Ours, Spiff))
    limit = LIMITS["step_us"]
    value = (
        f"{ours * MICRO:.0f} µs; SpiffWorkflow {theirs * MICRO:.0f} µs, {theirs / ours:.0f} times"
    )
    what = f"one step of a process of {SMALL} elements, {STEPS} in a row"
    return Figure(what, value, f"≤ {limit:g} µs", ours * MICRO <= limit)


def _steps(kind: type[Player]) -> float:
    player = kind(looped(SMALL))
    player.begin()
    began = time.process_time()
    for _ in range(STEPS):
        player.step()
    return (time.process_time() - began) / STEPS


def _load() -> list[Figure]:
    """Time reading and checking, all that is asked before a diagram may be deployed."""
    return [
        _loaded(looped(SMALL), SMALL, LIMITS["load_ms"] / MILLI),
        _loaded(wide(LARGE), LARGE, LIMITS["load_large_s"]),
    ]


def _loaded(data: bytes, size: int, limit: float) -> Figure:
    Ours(data)  # grammar and schema are read once in a process
    ours = _least(partial(_cpu, partial(Ours, data)))
    try:
        theirs = _least(partial(_cpu, partial(Spiff, data)))
        beside = f"{theirs * MILLI:.1f} ms, read but not explored"
    except ValidationException:  # it reads a diagram along its flows, one call in another
        beside = "refuses: recursion"
    value = f"{ours * MILLI:.1f} ms; SpiffWorkflow {beside}"
    what = f"reading and checking {size:,} elements"
    return Figure(what, value, f"≤ {limit * MILLI:g} ms", ours <= limit)


def _many() -> Figure:
    """Time opening as many instances of a task at once."""
    ours, theirs = (_least(partial(_opened, one)) for one in (Ours, Spiff))
    limit = LIMITS["instances_s"]
    value = f"{ours * MILLI:.0f} ms; SpiffWorkflow {theirs * MILLI:.0f} ms"
    return Figure(
        f"opening {INSTANCES:,} instances at once", value, f"≤ {limit:g} s", ours <= limit
    )


def _opened(kind: type[Player]) -> float:
    return _cpu(kind(many(INSTANCES)).begin)


def _refused() -> list[Figure]:
    most_ms, most_mb = LIMITS["hostile_ms"], LIMITS["hostile_mb"]
    figures = []
    for one in refusals():
        spent = one.seconds * MILLI
        kept = bool(one.rule) and spent <= most_ms and one.megabytes <= most_mb
        value = f"{one.rule or 'taken in'}; {spent:.1f} ms, {one.megabytes:.0f} MB extra"
        what = f"refusing {one.what}"
        figures.append(Figure(what, value, f"≤ {most_ms:g} ms, ≤ {most_mb:g} MB", kept))
    return figures


def _growth() -> Figure:
    """Fit how the cost of a case grows with its steps, the case restored from text at each."""
    ours, theirs = _restored(Ours, MARKS), _restored(Spiff, THEIR_MARKS)
    limit, exponent = LIMITS["growth_exponent"], growth(ours)
    each = " · ".join(f"{mark}: {spent * MICRO / mark:.0f} µs" for mark, spent in ours.items())
    value = (
        f"{exponent:.2f} (per step up to {each}); "
        f"SpiffWorkflow {growth(theirs):.2f} up to {THEIR_MARKS[-1]} "
        f"({theirs[THEIR_MARKS[-1]] * MICRO / THEIR_MARKS[-1]:.0f} µs a step)"
    )
    what = f"growth exponent of {MARKS[-1]:,} steps of one case, restored from text at each"
    return Figure(what, value, f"≤ {limit:g}", exponent <= limit)


def _restored(kind: type[Player], marks: tuple[int, ...]) -> dict[int, float]:
    """Return the CPU seconds a case costs up to each mark."""
    runs = [_restored_once(kind(looped(SMALL)), marks) for _ in range(3)]
    return {mark: min(run[mark] for run in runs) for mark in marks}


def _restored_once(player: Player, marks: tuple[int, ...]) -> dict[int, float]:
    player.begin()
    spent, done, began = {}, 0, time.process_time()
    for mark in marks:
        while done < mark:
            player.restore()
            player.step()
            done += 1
        spent[mark] = time.process_time() - began
    return spent


def _least(run: Callable[[], float]) -> float:
    """Return the least of what several runs spent."""
    return min(run() for _ in range(ROUNDS))


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    from infra.cli.exits import leave

    leave(main())
