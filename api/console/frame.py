"""What stands around every page: navigation, who is signed in, the sandbox and its clock."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.console.flash import flash
from api.console.openings import startable
from api.console.pages import Flash
from api.console.texts import Texts
from api.people import Account
from api.sandbox import Clock
from domain.case.access import of_applicant
from domain.case.labels import label
from domain.kernel.errors import Language
from domain.law import jurisdiction

if TYPE_CHECKING:
    from api.console.visit import Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; at most seven per role."""

    path: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame of one page."""

    title: str
    path: str  # of this page with its query, to come back to
    entries: tuple[Entry, ...]
    account: Account | None
    who: str  # is signed in: organisation and role
    scope: str  # name of the jurisdiction or the institution
    clock: Clock | None  # None in production
    official: bool
    version: str
    flash: Flash | None = None  # what the visitor has just done

    @property
    def quoted_path(self) -> str:
        """`path` as the value of a parameter."""
        return quote(self.path, safe="")


def frame_of(visit: "Visit", title: str) -> Frame:
    """Return the frame for a page of that title."""
    url, account = visit.request.url, visit.somebody
    sandbox = visit.services.sandbox
    return Frame(
        title=title,
        path=url.path + (f"?{url.query}" if url.query else ""),
        entries=_entries(visit.texts, account, url.path) if account else (),
        account=account,
        who=who(account, visit.lang) if account else "",
        scope=_scope(account) if account else "",
        clock=sandbox.clock(account.tenant) if sandbox and account else None,
        official=account is not None and visit.official and account.actor.role != "public",
        version=visit.services.site.version,
        flash=flash(visit) if account else None,
    )


def who(account: Account, lang: Language) -> str:
    """Return an account as people know it: organisation and role."""
    if lang == "zh" and account.title:
        return account.title
    role = label("role", account.actor.role, lang)
    return f"{account.actor.name} · {role}" if account.actor.name else role


def _scope(account: Account) -> str:
    actor = account.actor
    if of_applicant(actor):
        return actor.name
    return jurisdiction.name(actor.jurisdiction) or actor.jurisdiction


def _entries(texts: Texts, account: Account, path: str) -> tuple[Entry, ...]:
    tr = texts.tr
    named: tuple[tuple[str, str], ...]
    if account.actor.role == "public":
        named = (("/notices-running", tr("公示")), ("/directory", tr("机构目录")))
    elif of_applicant(account.actor):
        named = (
            ("/my", tr("我的办件")),
            ("/start", tr("办理新事项")),
            ("/batches", tr("批次日历")),
            ("/apply", tr("办事指南")),
        )
    else:
        named = (
            ("/", tr("工作台")),
            ("/tasks", tr("待办")),
            ("/cases", tr("办件")),
            ("/deadlines", tr("期限看板")),
            ("/batches", tr("批次日历")),
            ("/processes", tr("流程")),
            *((("/start", tr("办理新事项")),) if startable(account.actor) else ()),
        )
    return tuple(
        Entry(one, name, path == one or (one != "/" and path.startswith(one + "/")))
        for one, name in named
    )
