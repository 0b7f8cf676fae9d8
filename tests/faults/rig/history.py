"""What clients did and were told: every call from its invocation to its answer."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["ok", "refused", "pending", "turned away", "unknown"]
FINAL: frozenset[Verdict] = frozenset(("ok", "refused"))
ACKNOWLEDGED: frozenset[Verdict] = frozenset(("ok", "refused", "pending"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one call was answered."""

    verdict: Verdict
    at: float  # monotonic seconds
    status: int = 0  # of HTTP; 0: no answer came
    code: str = ""  # of a refusal or fault
    said: str = ""  # its sentence
    received: str = ""  # when the act counts as received, in law time
    case: str = ""
    events: tuple[tuple[str, int], ...] = ()  # (type, version)
    replayed: bool = False
    retry: str = ""  # of `Retry-After`


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One call: invoked, and answered or not."""

    invoked: float  # monotonic seconds
    told: Told | None = None


@dataclass(slots=True, kw_only=True)
class Act:
    """Everything a client did under one idempotency key."""

    tenant: str
    client: str
    key: str
    name: str
    body: Mapping[str, object]
    case: str = ""  # "" for an opening
    version: str = "*"  # of the case as the client saw it, as `If-Match` says it
    attempts: list[Attempt] = field(default_factory=list)

    def told(self, *verdicts: Verdict) -> list[Told]:
        """Return the answers with one of these verdicts, in order of their calls."""
        answers = [one.told for one in self.attempts if one.told is not None]
        return [one for one in answers if one.verdict in verdicts]

    @property
    def verdict(self) -> Verdict:
        """The most certain thing the client knows."""
        order: tuple[Verdict, ...] = ("ok", "refused", "pending", "unknown", "turned away")
        known = {one.told.verdict if one.told else "unknown" for one in self.attempts}
        return next((one for one in order if one in known), "unknown")

    @property
    def invoked(self) -> float:
        """When the client first sent it."""
        return self.attempts[0].invoked

    @property
    def acknowledged(self) -> float | None:
        """When the client first knew that it was received; None: it never did."""
        return min((one.at for one in self.told(*ACKNOWLEDGED)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A timeline as a client was shown it."""

    tenant: str
    case: str
    invoked: float
    events: tuple[tuple[int, str], ...]  # (version, type), in the order shown


class History:
    """The log of all clients of one case of the matrix. Any thread may write to it."""

    def __init__(self) -> None:
        """Begin an empty log."""
        self._lock = threading.Lock()
        self.acts: list[Act] = []
        self.reads: list[Read] = []

    def begin(self, act: Act) -> Act:
        """Note that a client has an act to send."""
        with self._lock:
            self.acts.append(act)
        return act

    def invoke(self, act: Act) -> Attempt:
        """Note that the act is sent now."""
        attempt = Attempt(invoked=time.monotonic())
        with self._lock:
            act.attempts.append(attempt)
        return attempt

    def read(self, read: Read) -> None:
        """Note what a client was shown."""
        with self._lock:
            self.reads.append(read)

    def count(self, *verdicts: Verdict) -> int:
        """Return how many acts ended with one of these."""
        with self._lock:
            return sum(one.verdict in verdicts for one in self.acts)
