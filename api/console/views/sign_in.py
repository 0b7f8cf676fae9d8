"""Signing in with a seeded login of the sandbox, signing out, and the language of the pages."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.frame import who
from api.console.session import Login
from api.console.texts import Texts
from api.console.visit import Trouble, Visit, own_path, to
from api.people import Account
from domain.kernel.errors import Language
from domain.law import jurisdiction

TENANT = "demo"  # whose logins are offered unless the address names another tenant


@dataclass(frozen=True, slots=True)
class Person:
    """One login on offer."""

    login: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Group:
    """Logins of one kind."""

    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Who may come in here."""

    people: tuple[Group, ...]
    back: str
    tenant: str
    unsent: bool  # a form was sent while nobody was signed in


def page(visit: Visit) -> Response:
    """Offer the seeded logins; in production there are none."""
    tr, tenant = visit.texts.tr, visit.query("tenant", TENANT)
    accounts = visit.services.people.logins(tenant) if visit.services.sandbox else ()
    groups = _groups(visit.texts, accounts, visit.lang)
    back, unsent = own_path(visit.query("to", "/")), bool(visit.query("unsent"))
    content = SignInPage(groups, back, tenant, unsent)
    return visit.render("sign_in.html", tr("登录"), content)


def _groups(texts: Texts, accounts: tuple[Account, ...], lang: Language) -> tuple[Group, ...]:
    kinds = (
        (texts.tr("机构"), ("institution.", "exam.", "assessor", "supervisor.")),
        (texts.tr("管理部门"), ("center.", "bureau.", "education.", "ministry.")),
        (texts.tr("公众"), ("public",)),
    )
    found = (
        Group(
            name,
            tuple(
                Person(one.login, who(one, lang), _about(one))
                for one in accounts
                if one.actor.role.startswith(prefixes) and not one.portal
            ),
        )
        for name, prefixes in kinds
    )
    return tuple(group for group in found if group.people)


def _about(account: Account) -> str:
    actor = account.actor
    parts = (jurisdiction.name(actor.jurisdiction) or actor.jurisdiction, actor.person)
    return " · ".join(part for part in parts if part)


async def sign_in(visit: Visit, form: FormData) -> Response:
    """Sign in as the login chosen."""
    login = Login(tenant=str(form.get("tenant", TENANT)), login=str(form.get("login", "")))
    people = visit.services.people
    known = await run_in_threadpool(people.by_login, login.tenant, login.login)
    if known is None or visit.services.sandbox is None:
        raise Trouble(403, "sign_in.unknown")
    response = to(own_path(str(form.get("to", "/"))))
    visit.kit.sessions.write(response, login)
    return response


async def sign_out(visit: Visit, form: FormData) -> Response:  # noqa: ARG001  – every form has one
    """Sign out."""
    response = to("/sign-in")
    visit.kit.sessions.clear(response)
    return response


def choose_language(visit: Visit) -> Response:
    """Remember a language and come back to the same page."""
    response = to(own_path(visit.query("to", "/")))
    visit.kit.sessions.keep_language(response, "en" if visit.path("lang") == "en" else "zh")
    return response
