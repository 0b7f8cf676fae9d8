"""A case and its state as shapes."""

from datetime import datetime
from typing import Literal

from api.asked import Asked
from api.openapi import BASE
from api.schemas.case import (
    Applicant,
    CaseState,
    CaseView,
    DefinitionRef,
    IfNothing,
    NoticeRef,
    OpenTask,
    PossibleAct,
    StageView,
    StatusView,
    Waiting,
    WaitSentence,
)
from api.schemas.command import Source
from api.schemas.notice import FailedService, NoticeView
from api.schemas.shape import Reason
from api.showing.processes import plain_state
from domain.case import views
from domain.case.labels import label
from domain.case.queue import waiting_task
from domain.case.seen import task_seen
from domain.case.state import Attempt, Case, Notice
from domain.kernel.errors import Language
from domain.kernel.times import in_china
from domain.process.model import Definition


def case_view(case: Case, asked: Asked) -> CaseView:
    """Return the case."""
    wait = views.wait(case, asked.world, asked.now)
    return CaseView(
        id=case.id,
        number=case.number,
        procedure=case.procedure,
        variant=case.variant,
        definition=definition_ref(asked.found.definitions.pinned(case.definition)),
        jurisdiction=case.jurisdiction,
        status=case.status,
        stage=case.stage,
        version=case.version,
        applicant=Applicant(
            organisation=case.applicant.name,
            uscc=case.applicant.organisation,
            kind=case.applicant.kind,
        ),
        received_at=in_china(case.opened_at),
        ended_at=instant(case.ended_at),
        waiting_for=None if wait is None else _waiting(wait),
        deadlines=[public_id(case, one.id) for one in case.deadlines],
        notices=[_notice(one) for one in case.notices],
        links=[],
        source=_source(case),
    )


def case_state(case: Case, asked: Asked) -> CaseState:
    """Return everything needed to act in the case."""
    wait = views.wait(case, asked.world, asked.now)
    return CaseState(
        case=case.id,
        number=case.number,
        version=case.version,
        as_of=in_china(asked.now),
        light=views.case_light(case, asked.now, asked.world),
        status=_status(case, asked.language),
        stage=StageView(code=case.stage, label=label("stage", case.stage, asked.language)),
        waiting_for=None if wait is None else _wait_sentence(wait, asked.language),
        if_nothing_happens=_if_nothing(case, asked),
        tasks=[
            OpenTask(
                id=public_id(case, one.id),
                task=one.element,
                role=one.role,
                assignee=task_seen(one, asked.actor, case).assignee or None,
            )
            for one in case.tasks
            if one.state == "open"
        ],
        actions=[
            _possible(one, asked.language)
            for one in views.actions(asked.world, asked.tenant, case, asked.actor, asked.now)
        ],
        process=plain_state(case, asked),
    )


def public_id(case: Case, part: str) -> str:
    """Return the public id of a case's task or deadline."""
    return f"{case.id}.{part}"


def instant(value: datetime | None) -> str | None:
    """Return an instant as China writes it; None for none."""
    return None if value is None else in_china(value)


def definition_ref(definition: Definition) -> DefinitionRef:
    """Return the name of a diagram with its hash."""
    named = (one.name for one in definition.processes.values() if one.name)
    return DefinitionRef(hash=definition.hash, name=next(named, definition.file))


def schema_path(command: str) -> str:
    """Return where the JSON Schema of a command's payload is read."""
    return f"{BASE}/schemas/commands/{command}"


def _waiting(wait: views.WaitView) -> Waiting:
    return Waiting(
        role=wait.role,
        organisation=wait.organisation,
        task=wait.task,
        until=None if wait.until is None else wait.until.isoformat(),
        cite=wait.cite or None,
        local_practice=wait.local_practice,
    )


def _notice(notice: Notice) -> NoticeRef:
    return NoticeRef(
        id=notice.id,
        kind=notice.kind,
        number=notice.number,
        issued_at=in_china(notice.issued_at),
        served_at=instant(notice.served_at),
        voided_at=instant(notice.voided_at),
        method=notice.method,
        digest=notice.digest or None,
        printed=notice.printed or None,
    )


def notice_view(notice: Notice, case: Case, language: Language) -> NoticeView:
    """Return a letter of the case."""
    return NoticeView(
        **_notice(notice).model_dump(),
        case=case.id,
        case_number=case.number,
        template=notice.template or None,
        pages=notice.pages or None,
        proof=notice.proof,
        proof_digest=notice.proof_digest or None,
        void_reason=notice.void_reason or None,
        replaces=notice.replaces or None,
        attempts=[_failed(one) for one in notice.attempts],
        title=label("notice", notice.kind, language),
    )


def _failed(attempt: Attempt) -> FailedService:
    return FailedService(
        method=attempt.method,
        at=in_china(attempt.at),
        reason=attempt.reason,
        proof_digest=attempt.proof_digest or None,
    )


def _source(case: Case) -> Source | None:
    return Source(system=case.source_system, id=case.source_id) if case.source_id else None


def _wait_sentence(wait: views.WaitView, language: Language) -> WaitSentence:
    return WaitSentence(
        **_waiting(wait).model_dump(),
        working_days_left=wait.working_days_left,
        sentence=wait.sentence(language),
    )


def _if_nothing(case: Case, asked: Asked) -> IfNothing | None:
    found = views.if_nothing_happens(case, asked.world)
    if found is None:
        return None
    return IfNothing(
        event=found.event or None,
        effective=in_china(found.effective),
        sentence=found.sentence(asked.language),
        cite=found.cite or None,
        local_practice=found.local_practice,
    )


def _status(case: Case, language: Language) -> StatusView:
    return StatusView(
        code=case.status, label=label("status", case.status, language), turn=_turn(case)
    )


def _turn(case: Case) -> Literal["authority", "applicant", "public", "nobody"]:
    """Return whose turn it is: of whom a task or else a term waits."""
    if case.ended:
        return "nobody"
    task = waiting_task(case)
    return "public" if task is None else task.holder


def _possible(action: views.Action, language: Language) -> PossibleAct:
    refusal = action.why_not
    why_not = Reason(code=refusal.code, detail=refusal.text(language)) if refusal else None
    return PossibleAct(
        name=action.name,
        label=action.label(language),
        allowed=action.allowed,
        if_match=action.if_match,
        json_schema=schema_path(action.name),
        why_not=why_not,
    )
