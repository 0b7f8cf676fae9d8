"""补正: every gap on one page, mended in one go, in time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import casefile, pages, times
from api.console.commands import send, sent_before
from api.console.filing_draft import Upload
from api.console.outcomes import after
from api.console.uploads import Kept, keep
from api.console.visit import Trouble, Visit, new_key, to
from domain.case.labels import label
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.json import Json, JsonValue
from domain.ports import Stored

_TASK: Final = "filing.supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A gap with what was uploaded for it."""

    code: str
    name: str
    reason: str
    digest: str = ""
    filename: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    """The page."""

    head: pages.Head
    gaps: tuple[GapRow, ...]
    clocks: tuple[pages.Clock, ...]
    action: str
    key: str
    cite: str
    limit: int
    closed: str
    seen: str  # what was uploaded, as the page shows it
    waiting: str  # what was sent and is not decided, in words
    stale: bool  # it changed after another page was shown
    faults: tuple[pages.FieldFault, ...] = ()
    partial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Files uploaded for the gaps of a case, by code."""

    files: Mapping[str, Upload]
    sent: Stored | None = None  # the act that sent them, while nobody has decided it

    @property
    def seen(self) -> str:
        """What the page puts into its form: a digest of what it shows."""
        told: Json = {code: [one.digest, one.filename] for code, one in self.files.items()}
        return hashlib.sha256(canonical(told)).hexdigest()


def page(visit: Visit) -> Response:
    """Show the gaps, how long there is, and what happens otherwise."""
    return _show(visit, _case(visit))


def _case(visit: Visit) -> Case:
    if visit.official:
        raise Trouble(403, "page.no_right")
    return visit.case(visit.path("case"))


async def take(visit: Visit, form: FormData) -> Response:
    """Keep the files; send all answers at once; warn once when some are still missing."""
    case = await run_in_threadpool(_case, visit)
    earlier = await run_in_threadpool(sent_before, visit, str(form.get("key", "")), case.number)
    if earlier is not None:
        return after(f"/my/cases/{case.number}", earlier)
    held = await run_in_threadpool(_held, visit, case)
    if held.sent or form.get("seen") != held.seen:
        return await run_in_threadpool(_show, visit, case, stale=not held.sent)
    return await _keep(visit, case, dict(held.files), form)


async def _keep(visit: Visit, case: Case, held: dict[str, Upload], form: FormData) -> Response:
    faults: list[pages.FieldFault] = []
    for one in _open_gaps(visit, case):
        kept = await keep(visit, one.code, form.get(f"file-{one.code}"))
        if isinstance(kept, pages.FieldFault):
            faults.append(kept)
        elif isinstance(kept, Kept):
            held[one.code] = Upload(digest=kept.digest, filename=kept.filename, size=kept.size)
    await run_in_threadpool(_hold, visit, case, held)
    if faults:
        return await run_in_threadpool(_show, visit, case, tuple(faults))
    if form.get("step") != "send":
        return to(f"/my/cases/{case.number}/corrections")
    return await _send(visit, case, held, form)


async def _send(visit: Visit, case: Case, held: dict[str, Upload], form: FormData) -> Response:
    lacking = tuple(one.name for one in _open_gaps(visit, case) if one.code not in held)
    told = form.get("partial") == "told"
    if not held or (lacking and not told):
        return await run_in_threadpool(_show, visit, case, (), lacking)
    names = casefile.material_names(visit)
    materials: list[JsonValue] = [
        {"code": code, "name": names.get(code, code), "digest": one.digest}
        for code, one in held.items()
    ]
    payload: Json = {"materials": materials}
    stored = await send(visit, case, _TASK, payload, key=str(form.get("key", "")))
    if stored.outcome is None:
        await run_in_threadpool(_hold, visit, case, held, stored.command.id)
    elif stored.outcome.kind == "done":
        await run_in_threadpool(visit.kit.drafts.drop, *_place(visit, case))
    return after(f"/my/cases/{case.number}", stored)


def _place(visit: Visit, case: Case) -> tuple[str, str, str]:
    return visit.tenant, f"{visit.actor.organisation}:corrections", case.id


def _held(visit: Visit, case: Case) -> Held:
    """Return the files uploaded and not yet taken in; once they are, they are the case's."""
    found = visit.kit.drafts.get(*_place(visit, case)) or {}
    held, sent = found.get("materials", {}), str(found.get("submitted", ""))
    files = (
        {code: Upload(**one) for code, one in held.items() if isinstance(one, dict)}
        if isinstance(held, dict)
        else {}
    )
    stored = visit.services.store.stored(visit.tenant, sent) if sent else None
    outcome = stored.outcome if stored else None
    if outcome is not None and outcome.kind == "done":
        visit.kit.drafts.drop(*_place(visit, case))
        return Held(files={})
    return Held(files=files, sent=stored if outcome is None else None)


def _hold(visit: Visit, case: Case, held: Mapping[str, Upload], submitted: str = "") -> None:
    content: Json = {
        "submitted": submitted,
        "materials": {
            code: {"digest": one.digest, "filename": one.filename, "size": one.size}
            for code, one in held.items()
        },
    }
    visit.kit.drafts.put(*_place(visit, case), content)


def _open_gaps(visit: Visit, case: Case) -> tuple[pages.Gap, ...]:
    waits = any(one.state == "open" and _TASK in one.commands for one in case.tasks)
    return tuple(one for one in casefile.gaps(visit, case) if not one.answered) if waits else ()


def _closed(visit: Visit, case: Case) -> str:
    """Return what the law has done when the last day ended, dated and with its clause."""
    lapsed = [one for one in case.deadlines if one.key == _TASK and one.state == "lapsed"]
    if not lapsed or lapsed[-1].due is None:
        return ""
    term = lapsed[-1].term
    return visit.texts.tr(
        "至 %(day)s 24:00 未补正，%(effect)s（%(cite)s）。可以重新申报。",
        day=visit.words.day(lapsed[-1].due),
        effect=label("event", term.consequence or "", visit.lang),
        cite=term.cite,
    )


def _waiting(visit: Visit, sent: Stored | None) -> str:
    if sent is None:
        return ""
    at = visit.words.moment(sent.command.received_at)
    return visit.texts.tr("系统繁忙，您的操作已登记（收到时间 %(at)s），将自动继续。", at=at)


def _show(
    visit: Visit,
    case: Case,
    faults: tuple[pages.FieldFault, ...] = (),
    partial: tuple[str, ...] = (),
    *,
    stale: bool = False,
) -> Response:
    held = _held(visit, case)
    rows = []
    for one in _open_gaps(visit, case):
        file = held.files.get(one.code)
        shown = (
            {"digest": file.digest, "filename": file.filename, "size": file.size} if file else {}
        )
        rows.append(GapRow(code=one.code, name=one.name, reason=one.reason, **shown))  # type: ignore[arg-type]  # three fields of their own types
    running = [one for one in times.open_deadlines(case) if one.key == _TASK]
    tr = visit.texts.tr
    content = CorrectionsPage(
        head=casefile.head(visit, case),
        gaps=tuple(rows),
        clocks=tuple(times.clock(visit, one) for one in running),
        action=f"/my/cases/{case.number}/corrections",
        key=new_key(),
        cite=running[0].term.cite if running else "",
        limit=visit.services.site.max_upload,
        closed=_closed(visit, case),
        seen=held.seen,
        waiting=_waiting(visit, held.sent),
        stale=stale,
        faults=faults,
        partial=partial,
    )
    status = 409 if stale else 422 if faults or partial else 200
    return visit.render("corrections.html", tr("补正材料"), content, status=status)
