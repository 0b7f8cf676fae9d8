"""Which language an answer speaks: titles and sentences change, codes and legal terms stay."""

from typing import Annotated

from fastapi import Depends, Request

from domain.kernel.errors import Language

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
_NOT_ACCEPTED = 0.0


def negotiate(accepted: str) -> Language:
    """Return what an `Accept-Language` header prefers; Chinese unless it is English."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weights[primary] = max(weights.get(primary, _NOT_ACCEPTED), _weight(parameters))
    other = weights.get("*", _NOT_ACCEPTED)
    return "en" if weights.get("en", _NOT_ACCEPTED) > weights.get("zh", other) else "zh"


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return _NOT_ACCEPTED


def spoken(request: Request) -> Language:
    """Return the language of the answer to `request`."""
    return negotiate(request.headers.get("accept-language", ""))


async def _spoken(request: Request) -> Language:
    return spoken(request)


Spoken = Annotated[Language, Depends(_spoken)]
