"""Bodies that many tests send: the examples of the description."""

from typing import Any

from api.examples import PAYLOADS, opening

FILING: dict[str, Any] = dict(opening("filing"))
MISSING: dict[str, Any] = dict(PAYLOADS["filing.request_supplement"])
SUPPLEMENT: dict[str, Any] = dict(PAYLOADS["filing.supplement"])
