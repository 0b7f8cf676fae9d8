"""All activities a worker registers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from activities.advance import Advance
from activities.calls import Calls
from activities.notices import Notices
from domain.ports import Cases, EventStore, Files, Press, World
from domain.web import Endpoints, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What activities get in their constructors."""

    store: EventStore
    cases: Cases
    files: Files
    world: World
    press: Press
    endpoints: Endpoints
    web: Web


def roster(ports: Ports) -> Sequence[Callable[..., Any]]:
    """Return every activity, ready to be registered."""
    advance = Advance(ports.store, ports.world)
    notices = Notices(ports.store, ports.cases, ports.files, ports.press)
    calls = Calls(ports.store, ports.world, ports.endpoints, ports.web)
    return (advance.advance, notices.render, calls.call)
