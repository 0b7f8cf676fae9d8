"""How fast this machine is just now, for the few tests that hold a piece of work to its time."""

import time
from collections.abc import Callable

QUIET = 0.4e-3  # seconds of a processor that `_fixed` takes on the slowest machine meant, at rest
TRIES = 3


def took(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that `work` takes at best, on a machine at rest.

    A processor that others keep busy, or the machine's host, slows everything it does: so the time
    is told as a multiple of what a fixed piece of work takes in the same moment.
    """
    return min(_spent(work) / max(_spent(_fixed) / QUIET, 1.0) for _ in range(TRIES))


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _fixed() -> object:
    return sorted(str(number) for number in range(4_000))
