"""How fast this machine is just now, for the few tests that hold a piece of work to its time."""

import time
from collections.abc import Callable

QUIET = 0.4e-3  # seconds of a processor that `_fixed` takes at rest, on a machine of today
SLOWEST = 4.0  # times; what takes longer even so is not the machine's fault
TRIES = 5


def took(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that `work` takes at best, on a machine at rest.

    A processor that others keep busy, or the machine's host, slows everything it does: so the time
    is told as a multiple of what a fixed piece of work takes at best in the same moment.
    """
    return min(_at_best(work, 1) / _slowness() for _ in range(TRIES))


def _slowness() -> float:
    """Return how many times longer than at rest the machine takes now."""
    return min(max(_at_best(_fixed, 20) / QUIET, 1.0), SLOWEST)


def _at_best(work: Callable[[], object], times: int) -> float:
    return min(_spent(work) for _ in range(times))


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _fixed() -> object:
    return sorted(str(number) for number in range(4_000))
