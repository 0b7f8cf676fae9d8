"""A coarse shield per caller and process. Budgets per looked-up value are kept elsewhere."""

import time
from dataclasses import dataclass, field

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from api.problems import ProblemError

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts requests in windows of a minute."""

    quota: int
    _limiter: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )

    def hit(self, who: str) -> tuple[bool, int, int]:
        """Count one request; return whether it may pass, how many are left, seconds to the next."""
        item = RateLimitItemPerMinute(self.quota)
        allowed = self._limiter.hit(item, who)
        window = self._limiter.get_window_stats(item, who)
        left = max(0, int(window.reset_time - _machine_time()) + 1)
        return allowed, window.remaining, min(left, WINDOW)


def count(request: Request, who: str) -> None:
    """Count this request against `who`; the envelope tells the rest in headers.

    Raises:
        ProblemError: the quota of this minute is used up.
    """
    rates: Rates = request.app.state.rates
    allowed, left, seconds = rates.hit(who)
    request.state.rate = {
        "ratelimit-policy": f'"default";q={rates.quota};w={WINDOW}',
        "ratelimit": f'"default";r={left};t={seconds}',
    }
    if not allowed:
        raise ProblemError("request.rate_limited", headers={"retry-after": str(seconds)})


def _machine_time() -> float:
    return time.time()  # noqa: TID251  – the limiter's own clock; nothing legal hangs on it
