"""公示: what is on public notice now, open to everybody; objecting is an act and needs a sign-in.

Anybody reads. An objection is recorded with who made it, so it is taken from a public account only.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.act_pages import FormPart
from api.console.case_forms import Answer
from api.console.casefile import matter, place_name
from api.console.commands import send
from api.console.forms.answers import Files
from api.console.forms.generated import Generated
from api.console.forms.showing import summary
from api.console.outcomes import after
from api.console.pages import FieldFault
from api.console.visit import Trouble, Visit, new_key
from api.cursors import Cursors
from domain.case.labels import label, word
from domain.case.procedure import CommandSpec
from domain.case.state import Case, Deadline, Status
from domain.law import jurisdiction
from domain.ports import CaseFilter, Viewer
from domain.procedures.filing.facts import Filing
from domain.procedures.table import procedure

PATH: Final = "/notices-running"
PAGE: Final = 50
PUBLIC: Final = "public"  # role and holder
ON_NOTICE: Final[Status] = "publicity"
_PURPOSE: Final = "console public notices"
_EVERYWHERE: Final = Viewer(jurisdiction=jurisdiction.COUNTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One public notice on the list."""

    path: str
    applicant: str
    number: str
    matter: str
    place: str
    until: date | None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What is on public notice."""

    rows: tuple[NoticeRow, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An objection that arrived."""

    number: str
    received: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """One public notice, with the way to object."""

    title: str
    notice: NoticeRow
    uscc: str
    kind: str
    scope: tuple[tuple[str, str], ...]  # occupation, level
    cite: str
    open: bool
    form: FormPart | None
    receipt: Receipt | None = None
    faults: tuple[FieldFault, ...] = ()


def running(visit: Visit) -> Response:
    """List what is on public notice now."""
    cursors, tenant = Cursors(visit.services.site.secret_key), _tenant(visit)
    purpose = f"{_PURPOSE}\0{tenant}"
    wanted = CaseFilter(status=(ON_NOTICE,), holder=PUBLIC)
    position = cursors.unseal(purpose, visit.query("after")) or ""
    found = visit.services.cases.cases(tenant, _EVERYWHERE, wanted, position, PAGE)
    following = cursors.seal(purpose, found.next_cursor)
    page = NoticesPage(
        rows=tuple(_row(visit, one) for one in found.items),
        next=f"{PATH}?after={following}" if following else "",
    )
    return visit.render("notices_running.html", visit.texts.tr("公示"), page)


def one(visit: Visit) -> Response:
    """Show one public notice: who is to be filed for what, until when one may object."""
    return _page(visit, _noticed(visit))


async def object_to(visit: Visit, form: FormData) -> Response:
    """Take in an objection, once per form; lead to its receipt."""
    case = await run_in_threadpool(_to_object, visit)
    spec = _spec(case)
    answer = await run_in_threadpool(Generated(spec, visit).read, form, Files({}))
    key = str(form.get("key", ""))
    if answer.faults:
        return await run_in_threadpool(_page, visit, case, answer, key)
    stored = await send(visit, case, spec.name, answer.payload, key=key)
    return after(f"{PATH}/{case.number}", stored)


def _tenant(visit: Visit) -> str:
    """Return whose notices are shown: a visitor's own when signed in."""
    return visit.somebody.tenant if visit.somebody else visit.services.site.public_tenant


def _noticed(visit: Visit) -> Case:
    """Return the case a notice shows, while it runs; afterwards only to who has objected.

    Raises:
        Trouble: there is none to see; the answer is the same whatever the reason.
    """
    case = visit.services.cases.any_case(_tenant(visit), visit.path("case"))
    if case is None or not (_notice(case) or _receipt(visit, case)):
        raise Trouble(404, "page.not_found")
    return case


def _to_object(visit: Visit) -> Case:
    if visit.actor.role != PUBLIC:
        raise Trouble(403, "page.no_right")
    return _noticed(visit)


def _spec(case: Case) -> CommandSpec:
    """Return the command by which the public answers a notice."""
    return next(one for one in procedure(case.procedure).commands if PUBLIC in one.roles)


def _notice(case: Case) -> Deadline | None:
    """Return the notice that runs; None when there is none, or it is over."""
    if case.status != ON_NOTICE:
        return None  # other terms of the public's, such as the year of a plan, are no notices
    running = (one for one in case.deadlines if one.state == "open" and one.holder == PUBLIC)
    return next(running, None)


def _page(visit: Visit, case: Case, answer: Answer | None = None, key: str = "") -> Response:
    notice, tr = _notice(case), visit.texts.tr
    receipt, faults = _receipt(visit, case), answer.faults if answer else ()
    public = visit.somebody is not None and visit.actor.role == PUBLIC
    title = tr("公示：%(who)s", who=case.applicant.name)
    page = NoticePage(
        title=title,
        notice=_row(visit, case),
        uscc=case.applicant.organisation,
        kind=label("institution", case.applicant.kind, visit.lang) if case.applicant.kind else "",
        scope=_scope(visit, case),
        cite=notice.term.cite if notice else "",
        open=notice is not None,
        form=_form(visit, case, answer, key) if notice and public and not receipt else None,
        receipt=receipt,
        faults=summary(visit.texts, faults),
    )
    return visit.render("notice_running.html", title, page, status=422 if faults else 200)


def _form(visit: Visit, case: Case, answer: Answer | None, key: str) -> FormPart:
    spec = _spec(case)
    return FormPart(
        title=spec.label(visit.lang),
        action=f"{PATH}/{case.number}",
        rule=word("rule", spec.name, visit.lang) or "",
        key=key or new_key(),
        back=PATH,
        back_words=visit.texts.tr("返回"),
        direct=True,
    ).made(Generated(spec, visit), answer, "")


def _row(visit: Visit, case: Case) -> NoticeRow:
    notice = _notice(case)
    return NoticeRow(
        path=f"{PATH}/{case.number}",
        applicant=case.applicant.name,
        number=case.number,
        matter=matter(visit, case),
        place=place_name(case.jurisdiction),
        until=notice.due if notice else None,
    )


def _scope(visit: Visit, case: Case) -> tuple[tuple[str, str], ...]:
    """Return what is to be filed: occupation with job, level."""
    if not isinstance(case.data, Filing):
        return ()
    return tuple(
        (
            " ".join(part for part in (one.occupation, one.job, one.occupation_code) if part),
            label("level", str(one.level), visit.lang),
        )
        for one in case.data.scope
    )


def _receipt(visit: Visit, case: Case) -> Receipt | None:
    """Return the objection this visitor has just made here; None when the address names none."""
    command_id = visit.query("done")
    if not command_id or visit.somebody is None:
        return None
    stored = visit.services.store.stored(visit.tenant, command_id)
    if stored is None or stored.command.actor != visit.actor or stored.command.case_id != case.id:
        return None
    if stored.outcome is not None and stored.outcome.kind == "refused":
        return None
    return Receipt(
        number=stored.command.id,
        received=stored.command.received_at,
        text=str(stored.command.payload.get("text", "")),
    )
