"""Opaque cursors: sealed, so that only what this installation gave out is ever read back."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

_SEAL = 12  # bytes


@dataclass(frozen=True, slots=True)
class Cursors:
    """Seals positions for one purpose: list, tenant and caller are part of the seal."""

    key: str

    def seal(self, purpose: str, position: str) -> str:
        """Return the cursor that stands for `position`; "" for ""."""
        if not position:
            return ""
        raw = position.encode()
        return base64.urlsafe_b64encode(self._mark(purpose, raw) + raw).decode().rstrip("=")

    def unseal(self, purpose: str, cursor: str) -> str | None:
        """Return the position of `cursor`; None when it was not given out for `purpose`."""
        if not cursor:
            return ""
        try:
            raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            seal, position = raw[:_SEAL], raw[_SEAL:]
            text = position.decode()
        except (binascii.Error, ValueError):
            return None
        return text if hmac.compare_digest(seal, self._mark(purpose, position)) else None

    def _mark(self, purpose: str, raw: bytes) -> bytes:
        told = f"cursor\0{purpose}\0".encode() + raw
        return hmac.new(self.key.encode(), told, hashlib.sha256).digest()[:_SEAL]
