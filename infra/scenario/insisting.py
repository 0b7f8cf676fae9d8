"""Sending an act until it is decided: under one key a second time is safe."""

import time
from collections.abc import Callable

import httpx2

WITHIN = 60.0  # seconds
AGAIN_AFTER = 0.2  # seconds
LATER = (httpx2.codes.ACCEPTED, httpx2.codes.SERVICE_UNAVAILABLE)  # not yet decided; come again


def insisted(answer: httpx2.Response, again: Callable[[], httpx2.Response]) -> httpx2.Response:
    """Return the first answer that tells what became of an act, beginning with `answer`.

    `again` sends it once more, under the same key. When time is over, the last answer counts.
    """
    ends = time.monotonic() + WITHIN
    while answer.status_code in LATER and time.monotonic() < ends:
        time.sleep(AGAIN_AFTER)
        answer = again()
    return answer
