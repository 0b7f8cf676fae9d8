"""Places where a test may kill, stall or fail a process. Off unless settings name them.

`api.before_inbox`, `api.after_inbox`, `advance.before_append`, `advance.after_commit`,
`work.after_effect`, `projector.before_commit`, `delivery.after_send`.
"""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from itertools import count

POINTS = frozenset(
    (
        "api.before_inbox",
        "api.after_inbox",
        "advance.before_append",
        "advance.after_commit",
        "work.after_effect",
        "projector.before_commit",
        "delivery.after_send",
    )
)
_armed: dict[str, Callable[[], None]] = {}


class FailpointError(RuntimeError):
    """The fault that mode `raise` injects."""


def arm(points: Mapping[str, str]) -> None:
    """Arm exactly `points`, name to mode `crash`, `hang` or `raise`; none disarms all.

    A mode works at every pass, `crash@3` at the third pass of this process alone.

    Raises:
        ValueError: a point or mode that does not exist.
    """
    armed = {point: _armed_with(point, mode) for point, mode in points.items()}
    _armed.clear()
    _armed.update(armed)


def reach(point: str) -> None:
    """Pass `point`; unless it is armed, nothing happens."""
    if _armed and (act := _armed.get(point)):
        act()


def _armed_with(point: str, mode: str) -> Callable[[], None]:
    name, once, number = mode.partition("@")
    if point not in POINTS or name not in _MODES or (once and not number.isdecimal()):
        raise ValueError(f"{point}={mode}: one of {', '.join(sorted(POINTS))}; crash|hang|raise")
    passes, only = count(1), int(number or 0)  # `next` of a count is atomic

    def act() -> None:
        if only in (0, next(passes)):
            _MODES[name](point)

    return act


def _crash(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(_: str) -> None:
    threading.Event().wait()


def _raise(point: str) -> None:
    raise FailpointError(point)


_MODES: Mapping[str, Callable[[str], None]] = {"crash": _crash, "hang": _hang, "raise": _raise}
