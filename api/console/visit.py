"""One request of one visitor: who asks, in which language, and how to answer."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.console.frame import frame_of
from api.console.rendering import Pages
from api.console.session import Login, Sessions
from api.console.texts import Texts
from api.console.words import Words
from api.papers import Papers
from api.people import Account
from api.services import Services
from domain.case.access import of_applicant
from domain.case.actor import Actor
from domain.case.state import Case
from domain.kernel.errors import Language
from domain.kernel.times import legal_day, parse_instant
from domain.law.calendar import Calendar
from domain.ports import Drafts, World

SEE_OTHER: Final = 303


class SignInNeeded(Exception):  # noqa: N818  – no error: the visitor is led to the sign-in page
    """Nobody is signed in."""


class Trouble(Exception):  # noqa: N818  – a page of its own, not a defect
    """The request ends with an honest page: a status, a stable code and what to do."""

    def __init__(self, status: int, code: str, *, detail: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail


@dataclass(frozen=True)
class Kit:
    """What the console is built with, once per process."""

    services: Services
    drafts: Drafts
    sessions: Sessions
    pages: Pages
    papers: Papers


@dataclass(frozen=True)
class Visit:
    """A request with everything a view needs; blocking, so views run in threads."""

    request: Request
    kit: Kit
    login: Login | None
    lang: Language

    @cached_property
    def texts(self) -> Texts:
        """The words in the visitor's language."""
        return Texts(self.lang)

    @cached_property
    def words(self) -> Words:
        """Dates and sizes in the visitor's language."""
        return Words(self.lang)

    @property
    def services(self) -> Services:
        """The services of this process."""
        return self.kit.services

    @cached_property
    def somebody(self) -> Account | None:
        """Who is signed in, or None."""
        login = self.login
        if login is None:
            return None
        return self.services.people.by_login(login.tenant, login.login)

    @property
    def account(self) -> Account:
        """Who is signed in.

        Raises:
            SignInNeeded: nobody is.
        """
        if self.somebody is None:
            raise SignInNeeded
        return self.somebody

    @property
    def actor(self) -> Actor:
        """As whom the visitor acts."""
        return self.account.actor

    @property
    def tenant(self) -> str:
        """The visitor's tenant."""
        return self.account.tenant

    @property
    def official(self) -> bool:
        """Whether the visitor works for an authority, not for an institution."""
        return not of_applicant(self.actor)

    @property
    def in_office(self) -> bool:
        """Whether the visitor works for an authority: neither an institution nor the public."""
        return self.official and self.actor.role != "public"

    @cached_property
    def now(self) -> datetime:
        """The tenant's law time, read once per request."""
        return self.services.now(self.tenant)

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_day(self.now)

    @cached_property
    def world(self) -> World:
        """Diagrams, law and calendar as the tenant has them."""
        return self.services.world(self.tenant)

    @property
    def calendar(self) -> Calendar:
        """The calendar with the years the tenant has published."""
        return self.world.calendar

    def instant(self, text: str) -> datetime | None:
        """Return an instant kept as text; None for an empty one."""
        return parse_instant(text) if text else None

    def query(self, name: str, usual: str = "") -> str:
        """Return a parameter of the address."""
        return str(self.request.query_params.get(name, usual))

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def case(self, id_or_number: str) -> Case:
        """Return a case the visitor may know of.

        Raises:
            Trouble: there is none, or none for these eyes: the answer is the same.
        """
        found = self.services.visible_case(self.tenant, self.actor, id_or_number)
        if found is None:
            raise Trouble(404, "case.not_found")
        return found

    def render(
        self, template: str, title: str, page: object = None, *, status: int = 200
    ) -> Response:
        """Answer with a page."""
        values = {"page": page, "frame": frame_of(self, title)}
        return HTMLResponse(self.kit.pages.page(template, self.lang, values), status)


def new_key() -> str:
    """Return a new idempotency key: minted when a form is rendered, sent when it is submitted."""
    return secrets.token_urlsafe(18)


def to(path: str, **query: str) -> Response:
    """Redirect so that reloading the next page repeats nothing."""
    address = quote(path, safe="/-_.~:?=&%,") + (f"?{urlencode(query)}" if query else "")
    return RedirectResponse(address, SEE_OTHER)


def own_path(text: str) -> str:
    """Return `text` if it is a path of this site, else the home page: nobody is led away."""
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if inside else "/"
