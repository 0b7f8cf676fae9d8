"""`make soak`: random processes by the thousand; a seed that fails is shrunk and its file kept."""

import os
import secrets
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.process.proof import Tally, prove, smallest
from tests.process.random_models import drawn

KEPT = Path(__file__).parents[2] / "artefacts" / "soak"
BLOCK = 250  # seeds between two lines of progress
MOST_SHOWN = 5  # seeds that fail


@dataclass
class Block:
    """How a row of seeds went."""

    tally: Tally = field(default_factory=Tally)
    failed: list[int] = field(default_factory=list)


def main() -> int:
    """Prove `SEEDS` seeds from `FIRST` on, or the one `SEED`; exit 1 when one fails."""
    one = os.environ.get("SEED")
    if one:
        return _show(int(one))
    count = int(os.environ.get("SEEDS") or "10000")
    first = int(os.environ.get("FIRST") or secrets.randbelow(1_000_000_000))
    _say(f"{count} seeds from {first} on: again with make soak SEEDS={count} FIRST={first}")
    whole, began = Block(), time.monotonic()
    for block in _blocks(first, count):
        whole.tally.add(block.tally)
        whole.failed += block.failed
        done, took = whole.tally.seeds + len(whole.failed), time.monotonic() - began
        steps, failed = whole.tally.steps, len(whole.failed)
        _say(f"{done:>7} seeds  {steps:>8} steps  {took:6.1f} s  {failed} failed")
    _summary(whole)
    for seed in sorted(whole.failed)[:MOST_SHOWN]:
        _show(seed)
    return 1 if whole.failed else 0


def _blocks(first: int, count: int) -> Iterator[Block]:
    ends = range(first, first + count, BLOCK)
    blocks = [range(at, min(at + BLOCK, first + count)) for at in ends]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as processes:
        yield from processes.map(_proved, blocks)


def _proved(seeds: range) -> Block:
    block = Block()
    for seed in seeds:
        try:
            block.tally.add(prove(seed))
        except Exception:  # noqa: BLE001  – shown when the seed is shrunk
            block.failed.append(seed)
    return block


def _summary(whole: Block) -> None:
    tally, failed = whole.tally, len(whole.failed)
    nodes = tally.nodes / max(tally.seeds, 1)
    _say(f"\n{tally.seeds} processes of {nodes:.0f} nodes on average, restarted at each of")
    _say(f"{tally.steps} steps: {failed} failed")
    for what, times in sorted(tally.faults.items()):
        _say(f"  fault {what}: {times}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _show(seed: int) -> int:
    """Print why a seed fails in the smallest process that still does; keep its file."""
    try:
        size = smallest(seed)
    except LookupError:
        _say(f"seed {seed}: nothing fails")
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{seed}.bpmn"
    file.write_bytes(drawn(seed, size))
    _say(f"\nseed {seed}, shrunk to size {size}: {file}; again with make soak SEED={seed}")
    try:
        prove(seed, size)
    except Exception:  # noqa: BLE001  – that is what is asked for
        traceback.print_exc(file=sys.stdout)
    return 1


if __name__ == "__main__":
    sys.exit(main())
