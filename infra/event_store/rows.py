"""How commands, events and cases lie in rows, and how they come back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from domain.case.actor import Actor
from domain.case.command import Command, Opening
from domain.case.decision import Claim, FactKey, FactValue, Outcome
from domain.case.envelope import Recorded
from domain.case.evolve import FOLD, case_to_json
from domain.case.queue import next_due
from domain.case.state import Case, Deadline, Task
from domain.kernel.canonical import canonical
from domain.kernel.codec import from_json, instant_text, to_json
from domain.kernel.ids import command_id
from domain.kernel.json import Json, JsonValue
from domain.kernel.times import parse_instant
from domain.ports import Receipt, Stored
from domain.registers.candidates import BARRED
from infra.event_store.recording import meta_from, meta_json, short_meta
from infra.event_store.sights import brief_json

Row: TypeAlias = Mapping[Any, Any]  # a row as the driver gives it
Changed: TypeAlias = tuple[tuple[Json, ...], tuple[Json, ...]]
_LOCKS_OF_BARS = 64  # for all persons of a tenant


def is_id(text: str) -> bool:
    """Whether `text` is an id as the database writes them, so that it may be looked for."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def text(value: JsonValue) -> str:
    """Return canonical JSON as text, for a `json` parameter."""
    return canonical(value).decode()


def rows_text(rows: Sequence[Json]) -> str:
    """Return rows as JSON text for a `json` parameter, in any order of their columns.

    For rows whose own JSON is not compared byte for byte with a fold: that is written by `text`.
    """
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def lock_key(*parts: str) -> int:
    """Return the 64-bit key of an advisory lock: the same in every process."""
    digest = hashlib.sha256(canonical(parts)).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def case_lock(case_id: str) -> int:
    """Return the key of the lock that acts take shared and `advance` takes alone."""
    return lock_key("case", case_id)


def fact_lock(tenant: str, wanted: FactKey) -> int:
    """Return the key of the lock under which claims of one kind and key are read and made.

    Bars of persons share a few locks: a batch asks for thousands of persons at once, and the server
    holds but some thousand locks for all transactions together.
    """
    if wanted.kind == BARRED:
        shared = lock_key("person", wanted.key) % _LOCKS_OF_BARS
        return lock_key("fact", tenant, wanted.kind, str(shared))
    return lock_key("fact", tenant, wanted.kind, wanted.key)


def source_lock(receipt: Receipt) -> int:
    """Return the key of the lock on the sender's own key of a case."""
    opening = receipt.opening
    source = (opening.source_system, opening.source_id) if opening else ("", "")
    return lock_key("source", receipt.tenant, *source)


# ── acts ──────────────────────────────────────────────────────────────────────────────────────────


def receipt_row(receipt: Receipt, case_id: str) -> Json:
    """Return the inbox row of an act, without what the database adds."""
    opening = receipt.opening
    return {
        "tenant": receipt.tenant,
        "client": receipt.client,
        "key": receipt.key,
        "command_id": command_id(receipt.tenant, receipt.client, receipt.key),
        "fingerprint": receipt.fingerprint,
        "case_id": case_id,
        "name": receipt.name,
        "payload": receipt.payload,
        "actor": to_json(receipt.actor),
        "channel": receipt.channel,
        "if_match": receipt.if_match,
        "opening": None if opening is None else to_json(opening),
        "source_system": opening.source_system if opening else "",
        "source_id": opening.source_id if opening else "",
    }


def command_of(row: Row) -> Command:
    """Return the act of an inbox row."""
    opening = row["opening"]
    return Command(
        id=str(row["command_id"]),
        case_id=str(row["case_id"]),
        name=row["name"],
        payload=row["payload"],
        actor=from_json(Actor, row["actor"]),
        channel=row["channel"],
        received_at=_instant(row["received_at"]),
        if_match=row["if_match"],
        opening=None if opening is None else from_json(Opening, opening),
    )


def stored_of(row: Row, *, replayed: bool = False, existing: bool = False) -> Stored:
    """Return an inbox row with its outcome."""
    return Stored(
        tenant=row["tenant"],
        command=command_of(row),
        outcome=outcome_of(row["outcome"]),
        replayed=replayed,
        existing=existing,
    )


def outcome_of(data: Json | None) -> Outcome | None:
    """Return what an outcome's JSON says."""
    return None if data is None else from_json(Outcome, data)


# ── events ────────────────────────────────────────────────────────────────────────────────────────


def event_rows(events: Sequence[Recorded]) -> tuple[Json, ...]:
    """Return the rows of one append."""
    metas = [meta_json(event) for event in events]
    short = [short_meta(meta, metas[0], back) if back else meta for back, meta in enumerate(metas)]
    return tuple(_event_row(event, meta) for event, meta in zip(events, short, strict=True))


def _event_row(event: Recorded, meta: Json) -> Json:
    """Return the row of an event with its stored meta; hashes as PostgreSQL writes bytes."""
    return {
        "epoch": event.epoch,
        "position": event.position,
        "tenant": event.tenant,
        "stream": event.stream,
        "version": event.version,
        "event_id": event.event_id,
        "type": event.type,
        "schema": event.schema,
        "data": event.data,
        "meta": meta,
        "recorded_at": instant_text(event.recorded_at),
        "prev_hash": rf"\x{event.prev_hash}",
        "hash": rf"\x{event.hash}",
    }


def event_of(row: Row) -> Recorded:
    """Return the event of a row."""
    recorded_at = _instant(row["recorded_at"])
    return Recorded(
        epoch=row["epoch"],
        position=row["position"],
        tenant=row["tenant"],
        stream=row["stream"],
        version=row["version"],
        event_id=str(row["event_id"]),
        type=row["type"],
        schema=row["schema"],
        data=row["data"],
        meta=meta_from(row["meta"], row["lead"], row["stream"], recorded_at),
        recorded_at=recorded_at,
        prev_hash=row["prev_hash"].hex(),
        hash=row["hash"].hex(),
    )


# ── what is written beside the events ─────────────────────────────────────────────────────────────


def case_row(tenant: str, case: Case) -> Json:
    """Return the row of a case: columns for lists, and the whole folded state."""
    lapsing = next_due(case)
    days = [one.due for one in case.deadlines if one.state == "open" and one.due]
    state = case_to_json(case)
    return {
        "tenant": tenant,
        "case_id": case.id,
        "number": case.number,
        "procedure": case.procedure,
        "variant": case.variant,
        "jurisdiction": case.jurisdiction,
        "organisation": case.applicant.organisation,
        "applicant": case.applicant.name,
        "status": case.status,
        "stage": case.stage,
        "opened_at": instant_text(case.opened_at),
        "ended_at": _text_or_none(case.ended_at),
        "live": bool(case.jobs) or not case.ended,
        "jobs": len(case.jobs),
        "due": min(days).isoformat() if days else None,
        "held_from": case.occasion.first_day.isoformat() if case.occasion else None,
        "held_to": case.occasion.last_day.isoformat() if case.occasion else None,
        "lapses_at": _text_or_none(lapsing.effective if lapsing else None),
        "version": case.version,
        "fold": FOLD,
        "state": state,
        "brief": brief_json(state),
    }


def task_row(tenant: str, case_id: str, task: Task) -> Json:
    """Return the row of a task."""
    return {
        "tenant": tenant,
        "case_id": case_id,
        "task_id": task.id,
        "element": task.element,
        "form": task.form,
        "role": task.role,
        "holder": task.holder,
        "assignee": task.assignee,
        "state": task.state,
        "opened_at": instant_text(task.opened_at),
        "done_at": _text_or_none(task.done_at),
        "done_by": task.done_by,
    }


def deadline_row(tenant: str, case_id: str, deadline: Deadline) -> Json:
    """Return the row of a deadline."""
    return {
        "tenant": tenant,
        "case_id": case_id,
        "deadline_id": deadline.id,
        "key": deadline.key,
        "occurrence": deadline.occurrence,
        "holder": deadline.holder,
        "state": deadline.state,
        "starts": instant_text(deadline.starts),
        "due": deadline.due.isoformat() if deadline.due else None,
        "effective": _text_or_none(deadline.effective),
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
    }


def claim_row(tenant: str, claim: Claim, position: int) -> Json:
    """Return the row of a claim made by the event at `position`."""
    return {
        "tenant": tenant,
        "kind": claim.kind,
        "key": claim.key,
        "holder": claim.holder,
        "ordinal": claim.ordinal,
        "data": claim.data,
        "released": claim.released,
        "position": position,
    }


def changed_rows(tenant: str, before: Case | None, after: Case) -> Changed:
    """Return the rows of tasks and of deadlines that `after` has and `before` had not so."""
    tasks = set(before.tasks) if before else set()
    deadlines = set(before.deadlines) if before else set()
    return (
        tuple(task_row(tenant, after.id, one) for one in after.tasks if one not in tasks),
        tuple(
            deadline_row(tenant, after.id, one) for one in after.deadlines if one not in deadlines
        ),
    )


def facts_of(wanted: Sequence[FactKey], rows: Sequence[Row]) -> dict[FactKey, FactValue]:
    """Return what stands under each key; keys without a claim have the empty value."""
    found = {
        FactKey(row["kind"], row["key"]): FactValue(
            count=row["count"], highest=row["highest"], items=tuple(row["items"])
        )
        for row in rows
    }
    return {key: found.get(key, FactValue()) for key in wanted}


def _instant(value: datetime | str) -> datetime:
    return parse_instant(value) if isinstance(value, str) else value


def _text_or_none(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)
