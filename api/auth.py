"""Who asks, and for whom. Cookies are not read here: they sign in at the console only."""

import hashlib
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from api.parameters import check_parameters
from api.people import Account
from api.problems import ProblemError, fault
from api.rates import count
from api.services import Services, services
from domain.case.actor import Actor

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="An API key. The sandbox prints one per seeded person.",
)
_MEMBER = re.compile(r'\s*([a-z*][a-z0-9_.*-]*)="((?:[^"\\]|\\["\\])*)"\s*(?:,|$)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An identified caller: by which account, and as whom."""

    account: Account
    actor: Actor

    @property
    def tenant(self) -> str:
        """The only tenant this caller can see."""
        return self.account.tenant

    @property
    def channel(self) -> str:
        """The door it came through, as it stands in events."""
        return f"api:{self.account.client}"


def key_digest(key: str) -> str:
    """Return what is stored of an API key: 32 random bytes need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def identified(
    request: Request,
    needed: SecurityScopes,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    site: Annotated[Services, Depends(services)],
) -> Caller:
    """Return who asks. Identity comes first, then scope, mandate and rate."""
    account = site.people.by_key(key_digest(given.credentials)) if given is not None else None
    if account is None:
        count(request, f"address:{request.client.host if request.client else ''}")
        raise ProblemError("auth.required")
    request.state.tenant, request.state.client = account.tenant, account.client
    for scope in needed.scopes:
        if scope not in account.scopes:
            raise ProblemError(
                "auth.scope", f"密钥没有权限 {scope}", f"the key lacks scope {scope}"
            )
    actor = _represented(request.headers.get("acting-for"), account, site)
    count(request, f"account:{account.tenant}/{account.client}")
    check_parameters(request)
    return Caller(account=account, actor=actor)


def parse_acting_for(text: str) -> dict[str, str] | None:
    """Return the members of an `Acting-For` header (RFC 9651 dictionary of strings), or None."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        member = _MEMBER.match(text, at)
        if member is None or member[1] in found:
            return None
        found[member[1]] = re.sub(r"\\(.)", r"\1", member[2])
        at = member.end()
    return found if set(found) == {"person", "role", "organisation"} else None


def _represented(header: str | None, account: Account, site: Services) -> Actor:
    if header is None:
        return account.actor
    named = parse_acting_for(header)
    if named is None:
        raise fault(
            "/headers/acting-for",
            "field",
            "须为 person、role、organisation 三项",
            'write person="…", role="…", organisation="…"',
        )
    actor = site.people.mandate(account, **named)
    if actor is None:
        raise ProblemError("portal.no_mandate")
    return actor


Reader = Annotated[Caller, Security(identified, scopes=["case:read"])]
Starter = Annotated[Caller, Security(identified, scopes=["case:start"])]
Performer = Annotated[Caller, Security(identified, scopes=["task:act"])]
Listener = Annotated[Caller, Security(identified, scopes=["event:read"])]
Keeper = Annotated[Caller, Security(identified, scopes=["sandbox:manage"])]
