"""Web services outside, which do the work of tasks: what `infra` must provide to call them."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A web service of a tenant, which does the work of tasks."""

    name: str
    url: str
    secret: str = field(repr=False)  # signs what is sent; shown once, and in no event and no log


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a web service answered."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why a web service was not called, or did not answer."""

    code: str  # "call.unanswered", "call.address_refused" …
    detail: str = ""
    final: bool = False  # to call again is of no use


class Endpoints(Protocol):
    """The web services of each tenant."""

    def find(self, tenant: str, name: str) -> Endpoint | None:
        """Return an endpoint, or None."""

    def all(self, tenant: str) -> tuple[Endpoint, ...]:
        """Return the tenant's endpoints by name."""

    def add(self, tenant: str, endpoint: Endpoint) -> bool:
        """Keep a new endpoint; False where the name is taken, and nothing changes."""

    def renew(self, tenant: str, name: str, secret: str) -> Endpoint | None:
        """Give an endpoint another secret; None where there is none of this name."""

    def drop(self, tenant: str, name: str) -> bool:
        """Forget an endpoint; False where there is none."""


class Web(Protocol):
    """The way out. Blocks for some seconds at most, and never raises for what lies outside."""

    def refused(self, url: str) -> NoAnswer | None:
        """Return why `url` would not be called; None where it would."""

    def new_secret(self) -> str:
        """Return a fresh secret for an endpoint."""

    def call(self, endpoint: Endpoint, url: str, message: str, body: bytes) -> Reply | NoAnswer:
        """POST `body` to `url`, signed by the endpoint's secret under the id `message`."""
