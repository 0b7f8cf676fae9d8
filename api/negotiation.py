"""Which of the offered formats an `Accept` header wants."""

from collections.abc import Sequence

from api.problems import ProblemError


def accepted(header: str, offered: Sequence[str]) -> str:
    """Return the offered media type with the highest weight; the first of equals.

    Raises:
        ProblemError: `request.not_acceptable`.
    """
    ranges = [_range(part) for part in header.split(",")]
    weights = {one: max((w for r, w in ranges if _holds(r, one)), default=0.0) for one in offered}
    best = max(offered, key=lambda one: weights[one])
    if not weights[best]:
        raise ProblemError("request.not_acceptable")
    return best


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (one.strip().lower() for one in part.split(";"))
    weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return media, float(weight)
    except ValueError:
        return media, 0.0


def _holds(wanted: str, offered: str) -> bool:
    kind, _, detail = wanted.partition("/")
    return wanted in ("*/*", offered) or (detail == "*" and offered.startswith(f"{kind}/"))
