"""A case in words: head, stages, story, acts – what several pages show alike."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from api.console.attached import Attached, files_in
from api.console.forms.naming import of_data
from api.console.pages import Act, Duty, File, Gap, Head, Item, Paper, Proof, Tab
from api.console.times import overdue_service, worst_light
from api.console.visit import Visit
from api.showing.timeline import LEVELS, Level, level_of
from domain.case import views
from domain.case.access import of_applicant
from domain.case.actor import role_matches
from domain.case.commands import command_spec
from domain.case.envelope import Recorded
from domain.case.labels import label
from domain.case.seen import event_seen, task_seen
from domain.case.state import Case, Task
from domain.kernel.events import decode
from domain.kernel.times import day_told
from domain.law import jurisdiction
from domain.procedures.filing.facts import Filing
from domain.procedures.table import procedure as of_procedure
from domain.registers.institutions import is_credit_code

_SIDES = (("law", "law"), ("system", "system"), ("public", "public"))
_SHORT_HASH = 16
MATERIALS = ("application", "registration", "premises", "equipment", "staff", "rules")
_EVERYWHERE = ("case.", "process.migrated")  # how story begins that every case may have


def is_own(one: Recorded) -> bool:
    """Whether an event is of the case's procedure, not one that every case has."""
    return level_of(one.type) == "story" and not one.type.startswith(_EVERYWHERE)


def case_path(visit: Visit, case: Case) -> str:
    """Return where this visitor looks at the case."""
    return f"/{'cases' if visit.official else 'my/cases'}/{case.number}"


def place_after(visit: Visit, case: Case) -> str:
    """Return where to look once something was done: the case, or home once it is out of sight."""
    seen = visit.services.visible_case(visit.tenant, visit.actor, case.id)
    return case_path(visit, case) if seen else home(visit)


def home(visit: Visit) -> str:
    """Return the visitor's first page."""
    return "/" if visit.official else "/my"


def place_name(code: str) -> str:
    """Return the name of a jurisdiction, or its code."""
    return jurisdiction.name(code) or code


def matter(visit: Visit, case: Case) -> str:
    """Return what the case is about: procedure and variant, of a plain one the process's name."""
    procedure = label("procedure", case.procedure, visit.lang)
    variant = label("variant", case.variant, visit.lang)
    if of_procedure(case.procedure).plain is not None:
        processes = visit.services.definitions.pinned(case.definition).processes
        variant = processes[case.variant].name or case.variant
    return f"{procedure}（{variant}）" if visit.lang == "zh" else f"{procedure} ({variant})"


def head(visit: Visit, case: Case) -> Head:
    """Return the identity of a case and its wait sentence."""
    lang = visit.lang
    waits = views.wait(case, visit.world, visit.now)
    otherwise = views.if_nothing_happens(case, visit.world)
    return Head(
        id=case.id,
        number=case.number,
        path=case_path(visit, case),
        applicant=case.applicant.name,
        organisation=_credit_code(case),
        matter=matter(visit, case),
        place=place_name(case.jurisdiction),
        status=case.status,
        stage=case.stage,
        by_law=isinstance(case.data, Filing) and case.data.deemed and not case.ended,
        opened=case.opened_at,
        version=case.version,
        open=not case.ended,
        wait=waits.sentence(lang) if waits else ended_sentence(visit, case),
        otherwise=otherwise.sentence(lang) if otherwise else "",
        otherwise_cite=otherwise.cite if otherwise else "",
        light=worst_light(visit, case),
        unserved=overdue_service(visit, case) if visit.official else "",
        waiting=_undecided(visit, case),
    )


def _credit_code(case: Case) -> str:
    """Return the applicant's 统一社会信用代码; nothing where an office opened the case itself."""
    code = case.applicant.organisation
    return code if is_credit_code(code) else ""


def ended_sentence(visit: Visit, case: Case) -> str:
    """Return what stands in place of the wait sentence once nobody is waited for."""
    tr = visit.texts.tr
    if case.ended and case.ended_at:
        day = visit.words.day(day_told(case.ended_at))
        return tr("本办件已于%(day)s结束：%(status)s", day=day, status=label_of(visit, case))
    if of_procedure(case.procedure).plain is not None:
        return views.next_sentence(case, visit.world, visit.now, visit.lang)
    return tr("本办件正在由系统处理，请稍候。")


def label_of(visit: Visit, case: Case) -> str:
    """Return the name of the case's status."""
    return label("status", case.status, visit.lang)


def _undecided(visit: Visit, case: Case) -> str:
    """Return what was received of this visitor and waits for its decision."""
    waiting = visit.services.cases.pending(visit.tenant, case.id)
    shown = [one for one in waiting if one.command.actor == visit.actor]
    if not shown:
        return ""
    at = visit.words.moment(shown[0].command.received_at)
    return visit.texts.tr("系统繁忙，您的操作已登记（收到时间 %(at)s），将自动继续。", at=at)


def tabs(visit: Visit, case: Case, here: str) -> tuple[Tab, ...]:
    """Return the views of a case."""
    tr, path = visit.texts.tr, case_path(visit, case)
    named = (
        ("", tr("概览")), ("timeline", tr("时间线")), ("diagram", tr("流程图")),
        ("materials", tr("材料")), ("notices", tr("文书与送达")), ("deadlines", tr("期限")),
    )  # fmt: skip
    return tuple(Tab(f"{path}/{name}".rstrip("/"), words, name == here) for name, words in named)


def acts(visit: Visit, case: Case) -> tuple[Act, ...]:
    """Return what this visitor might do, each allowed or with its reason why not."""
    found = views.actions(visit.world, visit.tenant, case, visit.actor, visit.now)
    return tuple(
        Act(
            name=one.name,
            title=one.label(visit.lang),
            path=act_path(case, one.name),
            allowed=one.allowed,
            why=one.why_not.text(visit.lang) if one.why_not else "",
        )
        for one in found
    )


def own_acts(visit: Visit, case: Case) -> tuple[Act, ...]:
    """Return the acts of the visitor's own role, allowed or not: others' are no news to a party."""
    specs = ((one, command_spec(one.name)) for one in acts(visit, case))
    return tuple(
        one
        for one, spec in specs
        if spec and any(role_matches(pattern, visit.actor.role) for pattern in spec.roles)
    )


def act_path(case: Case, name: str) -> str:
    """Return the page on which an act is done."""
    if name == "filing.supplement":
        return f"/my/cases/{case.number}/corrections"
    return f"/cases/{case.number}/acts/{name}"


def duty_path(case: Case, task: Task) -> str:
    """Return where a task is done: its form, or – with several ways to do it – their choice."""
    only = len(task.commands) == 1
    if of_procedure(case.procedure).plain is not None:
        return f"{act_path(case, task.commands[0])}?task={task.id}"
    return act_path(case, task.commands[0]) if only else f"/tasks/{case.id}.{task.id}"


def my_task(visit: Visit, case: Case) -> Task | None:
    """Return the first open task this visitor's role may do."""
    mine = (one for one in case.tasks if one.state == "open")
    return next((one for one in mine if role_matches(one.role, visit.actor.role)), None)


def duty(visit: Visit, case: Case) -> Duty | None:
    """Return what waits for this visitor in the case."""
    task = my_task(visit, case)
    if task is None:
        return None
    title = label("task", task.form, visit.lang)
    if task.holder == "applicant":
        return Duty(title, "", duty_path(case, task))
    whose = task_seen(task, visit.actor, case).assignee
    who = visit.texts.tr("由 %(who)s 办理", who=whose) if whose else ""
    return Duty(title, who or visit.texts.tr("还没有人认领"), f"/tasks/{case.id}.{task.id}")


def story(visit: Visit, case: Case, events: Iterable[Recorded], depth: Level) -> Iterator[Item]:
    """Yield the events at one of three depths, in their order, as the visitor may read them."""
    shown = LEVELS[: LEVELS.index(depth) + 1]
    for one in events:
        seen = event_seen(one, visit.actor, case)
        if seen is not None and level_of(seen.type) in shown:
            yield _item(visit, case, seen)


def _item(visit: Visit, case: Case, one: Recorded) -> Item:
    actor, lang = one.meta.actor, visit.lang
    ours = "applicant" if of_applicant(actor) else "authority"
    side = next((name for start, name in _SIDES if actor.role.startswith(start)), ours)
    who = label("role", actor.role, lang)
    if actor.name:
        who = f"{actor.name} · {who}"
    return Item(
        title=views.title(one, lang, case, visit.world),
        side=side,  # type: ignore[arg-type]  # one of the names in _SIDES
        who=who,
        cite=one.meta.cite,
        effective=one.meta.effective_at,
        received=one.meta.received_at,
        recorded=one.recorded_at,
        lines=(),
        quiet=level_of(one.type) != "story",
        type=one.type,
        version=one.version,
        hash=one.hash[:_SHORT_HASH],
    )


def materials(visit: Visit, case: Case, events: Sequence[Recorded]) -> tuple[File, ...]:
    """Return the files handed in, in the order in which they came, each under its own name."""
    naming = of_data(case.procedure, visit.lang)
    return tuple(
        _file(visit, case, one, event.meta.received_at)
        for event in events
        if level_of(event.type) == "story"
        for one in files_in(decode(event.type, event.schema, event.data), naming)
    )


def _file(visit: Visit, case: Case, one: Attached, at: datetime) -> File:
    size = visit.services.files.size(one.digest)
    return File(
        code=one.code,
        name=one.name,
        digest=one.digest,
        at=at,
        size=size or 0,
        path="" if size is None else f"/cases/{case.number}/files/{one.digest}",
    )


def gaps(visit: Visit, case: Case) -> tuple[Gap, ...]:
    """Return the list of what is missing, as told to the applicant."""
    filing = case.data
    if not isinstance(filing, Filing):
        return ()
    names = {one.code: one.name for one in filing.materials} | material_names(visit)
    return tuple(
        Gap(
            one.material,
            names.get(one.material, one.material),
            one.reason,
            one.material not in filing.still_missing,
        )
        for one in filing.listed
    )


def material_names(visit: Visit) -> dict[str, str]:
    """Return the names of the materials the guide lists, by code."""
    return {code: label("material", code, visit.lang) for code in MATERIALS}


def proof(visit: Visit, case: Case, digest: str) -> Proof | None:
    """Return the file that proves a service; None without a digest."""
    if not digest:
        return None
    size = visit.services.files.size(digest)
    path = "" if size is None else f"/cases/{case.number}/files/{digest}"
    return Proof(digest=digest, path=path, size=size or 0)


def papers(visit: Visit, case: Case) -> tuple[Paper, ...]:
    """Return the letters of a case."""
    return tuple(
        Paper(
            title=label("notice", one.kind, visit.lang),
            number=one.number,
            issued=one.issued_at,
            served=one.served_at,
            voided=one.voided_at,
            proof=proof(visit, case, one.proof_digest),
            method=label("method", one.method, visit.lang) if one.method else "",
            path=f"{'' if visit.official else '/my'}/notices/{case.number}.{one.id}",
        )
        for one in case.notices
    )
