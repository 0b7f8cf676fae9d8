"""Keeps services running: starts again what dies, with growing pauses."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from infra.local.children import Child, Program
from infra.local.faults import LocalFaultError, Say

LOOK_EVERY = 0.5  # seconds between two looks
ASK_EVERY = 0.1  # seconds between two questions whether a program is ready
FIRST_PAUSE = 0.5  # seconds
LONGEST_PAUSE = 30.0  # seconds before a service that keeps dying is started again
CALM_AFTER = 60.0  # seconds a service must live for its pauses to start anew


class Service(Protocol):
    """Something that runs in a process of its own and can be started again."""

    name: str

    @property
    def pid(self) -> int:
        """The PID while it runs."""
        ...

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        ...

    def start(self) -> None:
        """Start it; raises `LocalFaultError` when it cannot."""
        ...

    def stop(self) -> None:
        """Stop it; does nothing when it does not run."""
        ...


class ProgramService:
    """A program of the product as a service; that it is ready shows elsewhere."""

    def __init__(self, program: Program) -> None:
        """Prepare it; nothing runs yet."""
        self.name = program.name
        self._program = program
        self._child: Child | None = None

    @property
    def pid(self) -> int:
        """The PID of the last start; 0 before."""
        return self._child.pid if self._child else 0

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._child is not None and self._child.exit_code is None

    def start(self) -> None:
        """Start it."""
        self._child = Child(self._program)

    def stop(self) -> None:
        """Stop it."""
        if self._child:
            self._child.stop()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `ready` says so.

        Raises:
            LocalFaultError: the program ended, or is not ready after `seconds`.
        """
        if self._child:
            self._child.wait_until(ready, seconds=seconds, every=ASK_EVERY)

    def found_port_taken(self) -> bool:
        """Say whether it ended because another program listens on its port."""
        return self._child is not None and self._child.found_port_taken()


@dataclass(slots=True)
class Watched:
    """A service under watch, with the pause before its next start."""

    service: Service
    pause: float = FIRST_PAUSE
    started: float = field(default_factory=time.monotonic)
    again_at: float | None = None

    def look(self, say: Say) -> bool:
        """Start the service again when it died and its pause is over; say whether it did."""
        now = time.monotonic()
        if self.service.running:
            if now - self.started > CALM_AFTER:
                self.pause = FIRST_PAUSE
            return False
        if self.again_at is None:
            name = self.service.name
            say(f"! {name} 已退出，{self.pause:g} 秒后重启 · ended, again in {self.pause:g} s")
            self.again_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return now >= self.again_at and self._start(say)

    def _start(self, say: Say) -> bool:
        self.again_at = None
        self.started = time.monotonic()
        try:
            self.service.start()
        except LocalFaultError as fault:
            say(str(fault))
            return False
        return True


def watch(
    services: list[Service], ended: threading.Event, say: Say, on_change: Callable[[], None]
) -> None:
    """Keep `services` running until `ended` is set; tell `on_change` after each new start."""
    watched = [Watched(service) for service in services]
    while not ended.wait(LOOK_EVERY):
        if any(one.look(say) for one in watched):
            on_change()
