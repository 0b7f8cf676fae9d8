"""What an act would lead to, decided on what stands now, without locks and without a trace."""

from datetime import datetime

from api.acting import Act
from api.asked import Asked
from api.schemas.command import DeadlinePreview, DryRun, EventBrief, NoticePreview
from api.schemas.shape import Reason
from domain.case import views
from domain.case.command import Command
from domain.case.decide import decide, facts_wanted
from domain.case.decision import Decision
from domain.case.envelope import Fact, Meta
from domain.case.evolve import evolve
from domain.case.state import Case, Deadline
from domain.kernel.errors import Language
from domain.kernel.events import event_type
from domain.kernel.ids import command_id
from domain.kernel.times import in_china

_HIDDEN = frozenset(("process.moved",))


def dry_run(act: Act, asked: Asked) -> DryRun:
    """Return what the act would lead to if it came in now."""
    tenant, world, now, language = asked.tenant, asked.world, asked.now, asked.language
    command = _command(act, now)
    facts = asked.found.cases.reading(tenant, facts_wanted(world, tenant, act.case, command))
    decision = decide(world, tenant, act.case, command, facts)
    if decision.outcome.kind == "refused":
        return _refused(decision, now, language)
    after = _after(act.case, command, decision)
    sentence = views.next_sentence(after, world, now, language) if after else None
    version = act.case.version if act.case else 0
    return DryRun(
        outcome="done",
        as_of=in_china(now),
        problem=None,
        status=after.status if after else None,
        events=[_event(one, version + n) for n, one in enumerate(decision.facts, 1) if _shown(one)],
        notices=_notices(act.case, after),
        deadlines=_deadlines(act.case, after),
        next=sentence,
    )


def _refused(decision: Decision, now: datetime, language: Language) -> DryRun:
    outcome = decision.outcome
    detail = outcome.zh if language == "zh" else outcome.en
    return DryRun(
        outcome="refused",
        as_of=in_china(now),
        problem=Reason(code=outcome.code, detail=detail),
        status=None,
        events=[],
        notices=[],
        deadlines=[],
        next=None,
    )


def _command(act: Act, now: datetime) -> Command:
    id_ = command_id(act.caller.tenant, act.caller.account.client, "dry run")
    return Command(
        id=id_,
        case_id=act.case.id if act.case else id_,
        name=act.spec.name,
        payload=act.payload,
        actor=act.caller.actor,
        channel=act.caller.channel,
        received_at=now,
        if_match=act.if_match,
        opening=act.opening,
    )


def _after(case: Case | None, command: Command, decision: Decision) -> Case | None:
    for fact in decision.facts:
        meta = Meta(
            case=command.case_id,
            actor=fact.actor,
            channel=command.channel,
            command=command.id,
            cause=command.name,
            cite=fact.cite,
            received_at=command.received_at,
            effective_at=fact.effective_at,
            wall=command.received_at,
        )
        case = evolve(case, fact.event, meta, case.version + 1 if case else 1)
    return case


def _shown(fact: Fact) -> bool:
    return event_type(fact.event) not in _HIDDEN


def _event(fact: Fact, version: int) -> EventBrief:
    effective = in_china(fact.effective_at)
    return EventBrief(type=event_type(fact.event), version=version, effective=effective)


def _notices(before: Case | None, after: Case | None) -> list[NoticePreview]:
    known = {one.id for one in before.notices} if before else set()
    issued = after.notices if after else ()
    return [
        NoticePreview(kind=one.kind, number=one.number) for one in issued if one.id not in known
    ]


def _deadlines(before: Case | None, after: Case | None) -> list[DeadlinePreview]:
    known = {one.id: one.state for one in before.deadlines} if before else {}
    changed = [one for one in after.deadlines if known.get(one.id) != one.state] if after else []
    return [_deadline(one) for one in changed]


def _deadline(one: Deadline) -> DeadlinePreview:
    return DeadlinePreview(
        key=one.key,
        change="opened" if one.state == "open" else one.state,
        due=one.due.isoformat() if one.due else None,
        cite=one.term.cite,
    )
