"""Signatures of calls, by Standard Webhooks: HMAC-SHA256 over id, time and the exact bytes."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
BYTES = 24


def new_secret() -> str:
    """Return a fresh secret, as it is shown once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that sign `body`, sent as `message` at `timestamp` (seconds, UTC)."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = f"{message}.{timestamp}.".encode() + body
    mac = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{mac}",
    }
