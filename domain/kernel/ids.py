"""Ids that follow from what they name: a repeat, a timer and a rebuild all derive the same one."""

from uuid import UUID, uuid5

from domain.kernel.canonical import canonical

# everything derived here is derived under this; it never changes
NAMESPACE = UUID("5f0d1c0e-6a86-5d0c-9a4b-0d4c0a6f2a11")


def command_id(tenant: str, client: str, key: str) -> str:
    """Return the id of a command: the same for the same idempotency key of a client."""
    return _derived("command", tenant, client, key)


def event_id(command: str, index: int) -> str:
    """Return the id of the event number `index`, from 0, that a command or lapse leads to."""
    return _derived("event", command, str(index))


def lapse_id(case: str, key: str, occurrence: int) -> str:
    """Return the id of what the law does when a deadline of a case lapses."""
    return _derived("lapse", case, key, str(occurrence))


def _derived(*parts: str) -> str:
    return str(uuid5(NAMESPACE, canonical(parts).decode()))
