"""How long the conductor waits and how often it tries. Numbers of machines, never of law."""

from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy

from domain.case.turn import CALL_ATTEMPTS

COMMANDS_PER_RUN = 4  # sleeping cases are replayed cold, so a run's history stays short
EVENTS_PER_RUN = 44  # a task that begins with as many is the last; it writes four or more
FIRST_REPAIR = timedelta(seconds=5)  # before the second look at a case that cannot go on
LONGEST_REPAIR = timedelta(minutes=1)
SHORTEST_NAP = 1.0  # seconds; the database's clock and Temporal's differ a little
LONGEST_DELAY = 30.0  # seconds after midnight over which cases due at one midnight wake
SLACK = 1.0  # seconds within which two wake-ups are the same


class LocalPolicy(TypedDict):
    """Options of a local activity."""

    start_to_close_timeout: timedelta
    schedule_to_close_timeout: timedelta
    retry_policy: RetryPolicy


class ServicePolicy(TypedDict):
    """Options of an ordinary activity."""

    start_to_close_timeout: timedelta
    schedule_to_close_timeout: timedelta
    retry_policy: RetryPolicy


# The database gives up within 5 s. Retries end while the workflow task (10 s) still runs: a longer
# outage waits on a timer.
ADVANCE = LocalPolicy(
    start_to_close_timeout=timedelta(seconds=6),
    schedule_to_close_timeout=timedelta(seconds=7),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=100),
        backoff_coefficient=2.0,
        maximum_interval=timedelta(seconds=1),
        maximum_attempts=4,
    ),
)

# Bounded, so that a run with a dead service can still hand over.
SERVICE = ServicePolicy(
    start_to_close_timeout=timedelta(seconds=15),
    schedule_to_close_timeout=timedelta(minutes=1),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=500),
        backoff_coefficient=2.0,
        maximum_interval=timedelta(seconds=10),
    ),
)

# A web service outside: its own time-out comes first, a second and third attempt follow soon. What
# fails then is reported to the case, which rests (`repair`) before the next round.
CALL = ServicePolicy(
    start_to_close_timeout=timedelta(seconds=30),
    schedule_to_close_timeout=timedelta(minutes=2),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=1),
        backoff_coefficient=3.0,
        maximum_interval=timedelta(seconds=10),
        maximum_attempts=CALL_ATTEMPTS,
    ),
)
_OF_ACTIVITY = {"process.call": CALL}


def service(activity: str) -> ServicePolicy:
    """Return the policy of a piece of service work, by the name of its activity."""
    return _OF_ACTIVITY.get(activity, SERVICE)


def repair(failures: int) -> timedelta:
    """Return how long to wait for a repair after so many failures in a row, at least one."""
    return min(FIRST_REPAIR * (1 << (failures - 1)), LONGEST_REPAIR)


def nap(seconds: float | None, longest: timedelta | None, chance: float) -> timedelta | None:
    """Return how long to sleep; None: until something stirs.

    `seconds` until the next deadline, at most `longest`: the wait for a repair. What is overdue
    then could not be decided just now, so it waits as long. `chance` (0..1) spreads the cases that
    fall due at the same midnight: a delay changes nothing legal.
    """
    if seconds is None or (longest is not None and seconds <= 0):
        return longest
    delay = chance * min(LONGEST_DELAY, max(seconds, 0.0) / 100)
    planned = timedelta(seconds=max(seconds + delay, SHORTEST_NAP))
    return planned if longest is None else min(planned, longest)


def overtakes(new: float | None, armed: float | None) -> bool:
    """Say whether a wake-up at `new` comes before the one the timer is `armed` for.

    Both in seconds of the workflow's own time; None: no wake-up.
    """
    return new is not None and (armed is None or new < armed - SLACK)
