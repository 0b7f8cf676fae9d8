"""Who may come in: accounts behind API keys and console logins, and whom a portal may act for."""

from dataclasses import dataclass, field
from typing import Protocol

from domain.case.actor import Actor

SCOPES = ("case:read", "case:start", "task:act", "event:read", "sandbox:manage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody with a key or a login in one tenant."""

    tenant: str
    login: str  # unique in the tenant: "clerk", "school" …
    actor: Actor  # as whom it acts
    title: str = ""  # shown at sign-in: 长沙市鉴定中心 · 受理人员
    scopes: frozenset[str] = field(default=frozenset(SCOPES))
    portal: bool = False  # acts for others, by mandate, with `Acting-For`

    @property
    def client(self) -> str:
        """Who holds idempotency keys: with the key unique in the tenant, at every door the same."""
        return self.login


class People(Protocol):
    """The accounts. In production an identity provider stands behind it."""

    def by_key(self, digest: str) -> Account | None:
        """Return whose API key has this sha256 (hex of the key's UTF-8 bytes)."""

    def by_login(self, tenant: str, login: str) -> Account | None:
        """Return the account with that login."""

    def logins(self, tenant: str) -> tuple[Account, ...]:
        """Return the accounts one may sign in with in the sandbox, in a fixed order."""

    def mandate(self, portal: Account, person: str, role: str, organisation: str) -> Actor | None:
        """Return as whom `portal` then acts; None where no mandate (授权) is on file."""
