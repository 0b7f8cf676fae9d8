"""Waiting for a condition, never for a time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

LOOK_EVERY = 0.03  # seconds
Found = TypeVar("Found")


class StuckError(AssertionError):
    """Something did not happen in time."""


def until(
    look: Callable[[], Found], what: str, *, seconds: float, every: float = LOOK_EVERY
) -> Found:
    """Return the first true answer of `look`.

    Raises:
        StuckError: it stayed false for `seconds`; the message names `what` and the last answer.
    """
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise StuckError(f"not within {seconds:.0f} s: {what} (last look: {found!r})")
        pause.wait(every)
    return found
