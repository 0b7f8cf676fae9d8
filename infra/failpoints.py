"""Places where a test may kill, stall or fail a process. Off unless settings name them.

`api.before_inbox`, `api.after_inbox`, `advance.before_append`, `advance.after_commit`,
`work.after_effect`, `projector.before_commit`, `delivery.after_send`.
"""

import os
import signal
import threading
from collections.abc import Callable, Mapping

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
_armed: dict[str, str] = {}


class FailpointError(RuntimeError):
    """The fault that mode `raise` injects."""


def arm(points: Mapping[str, str]) -> None:
    """Arm exactly `points`, name to mode `crash`, `hang` or `raise`; none disarms all.

    Raises:
        ValueError: a point or mode that does not exist.
    """
    for point, mode in points.items():
        if point not in POINTS or mode not in _MODES:
            raise ValueError(
                f"{point}={mode}: one of {', '.join(sorted(POINTS))}; crash|hang|raise"
            )
    _armed.clear()
    _armed.update(points)


def reach(point: str) -> None:
    """Pass `point`; unless it is armed, nothing happens."""
    if _armed and (mode := _armed.get(point)):
        _MODES[mode](point)


def _crash(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(_: str) -> None:
    threading.Event().wait()


def _raise(point: str) -> None:
    raise FailpointError(point)


_MODES: Mapping[str, Callable[[str], None]] = {"crash": _crash, "hang": _hang, "raise": _raise}
