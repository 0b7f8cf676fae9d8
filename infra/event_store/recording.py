"""From a decision to the rows that say it: envelopes, chain, folded case, claims. Pure.

Shared by Postgres and memory, and gone over again by `anjuan verify`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.case.actor import Actor
from domain.case.claims import claims
from domain.case.command import Command, Work
from domain.case.decision import Claim, Outcome
from domain.case.envelope import Fact, Meta, Recorded
from domain.case.evolve import evolve
from domain.case.queue import turn
from domain.case.state import Case
from domain.case.turn import Turn
from domain.kernel.canonical import canonical
from domain.kernel.codec import from_json, instant_text, to_json
from domain.kernel.errors import StreamBrokenError
from domain.kernel.events import encode
from domain.kernel.ids import event_id
from domain.kernel.json import Json, JsonValue
from domain.kernel.times import parse_instant

FIRST_HASH = "0" * 64  # stands before the first event
LAPSE = "deadline.lapse"  # cause of what the law does


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the store's chain ends, read under the append lock."""

    epoch: int
    position: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when an append goes."""

    tenant: str
    stream: str
    version: int  # of the last event in the stream; 0: none
    now: datetime  # law time
    wall: datetime  # the machine's


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What all events of one append have in common."""

    case: str
    command: str
    cause: str
    channel: str
    received_at: datetime


def origin_of(work: Work) -> Origin:
    """Return where events of `work` come from; what the law does is received as it takes effect."""
    if isinstance(work, Command):
        return Origin(
            case=work.case_id,
            command=work.id,
            cause=work.name,
            channel=work.channel,
            received_at=work.received_at,
        )
    return Origin(
        case=work.case_id,
        command=work.id,
        cause=LAPSE,
        channel="law",
        received_at=work.effective,
    )


def is_case(stream: str) -> bool:
    """Whether a stream is a case's: the others are called `intake:…` and `register:…`."""
    return ":" not in stream


def recorded_events(
    facts: Sequence[Fact], place: Place, origin: Origin, head: Head
) -> tuple[Recorded, ...]:
    """Return `facts` as events that go on from `head`, each chained to the one before."""
    written: list[Recorded] = []
    previous = head.hash
    for index, fact in enumerate(facts):
        type_, schema, data = encode(fact.event)
        meta = Meta(
            case=origin.case,
            actor=fact.actor,
            channel=origin.channel,
            command=origin.command,
            cause=origin.cause,
            cite=fact.cite,
            received_at=origin.received_at,
            effective_at=fact.effective_at,
            wall=place.wall,
        )
        unhashed = Recorded(
            epoch=head.epoch,
            position=head.position + 1 + index,
            tenant=place.tenant,
            stream=place.stream,
            version=place.version + 1 + index,
            event_id=event_id(origin.command, index),
            type=type_,
            schema=schema,
            data=data,
            meta=meta,
            recorded_at=place.now,
            prev_hash=previous,
            hash="",
        )
        written.append(replace(unhashed, hash=hash_of(unhashed)))
        previous = written[-1].hash
    return tuple(written)


def folded(
    case: Case | None, facts: Sequence[Fact], events: Sequence[Recorded]
) -> tuple[Case | None, tuple[tuple[Claim, int], ...]]:
    """Return the case after `events`, and the claims they make with the position of each.

    Of a stream that is not a case's only the claims count: it has no case.
    """
    made: dict[tuple[str, str, str], tuple[Claim, int]] = {}
    for fact, event in zip(facts, events, strict=True):
        if is_case(event.stream):
            case = evolve(case, fact.event, event.meta, event.version)
        for claim in claims(fact.event, case):
            made[claim.kind, claim.key, claim.holder] = (claim, event.position)
    return case, tuple(made.values())


def turn_of(
    case: Case | None, now: datetime, *, frozen: bool, waiting: bool, outcome: Outcome | None
) -> Turn:
    """Return where a case stands, and what became of the command asked about.

    A refused opening has no case; one not yet decided is not done.
    """
    if case is None:
        stands = Turn(done=not waiting, more=waiting)
    else:
        stands = turn(case, now, frozen=frozen, waiting=waiting)
    if outcome is None:
        return stands
    return replace(stands, outcome=outcome.kind, code=outcome.code)


def hash_of(event: Recorded) -> str:
    """Return the sha256 of the canonical bytes of all other columns, `prev_hash` among them."""
    columns: dict[str, JsonValue] = {
        "epoch": event.epoch,
        "position": event.position,
        "tenant": event.tenant,
        "stream": event.stream,
        "version": event.version,
        "event_id": event.event_id,
        "type": event.type,
        "schema": event.schema,
        "data": event.data,
        "meta": meta_json(event),
        "recorded_at": instant_text(event.recorded_at),
        "prev_hash": event.prev_hash,
    }
    return hashlib.sha256(canonical(columns)).hexdigest()


def meta_json(event: Recorded) -> Json:
    """Return meta as it is hashed: what is empty or follows from elsewhere is left out.

    Absent `case` is the stream, absent `cite` empty, absent `received_at` and `wall` are
    `recorded_at`, absent `effective_at` is `received_at`.
    """
    meta, recorded = event.meta, event.recorded_at
    written: dict[str, JsonValue] = {
        "actor": to_json(meta.actor),
        "channel": meta.channel,
        "command": meta.command,
        "cause": meta.cause,
    }
    if meta.case != event.stream:
        written["case"] = meta.case
    if meta.cite:
        written["cite"] = meta.cite
    if meta.received_at != recorded:
        written["received_at"] = instant_text(meta.received_at)
    if meta.effective_at != meta.received_at:
        written["effective_at"] = instant_text(meta.effective_at)
    if meta.wall != recorded:
        written["wall"] = instant_text(meta.wall)
    return written


def short_meta(meta: Json, first: Json, back: int) -> Json:
    """Return `meta` as it is stored, `back` events after the append's first: what differs.

    What the first has and this one lacks stands as null.
    """
    differing = {name: value for name, value in meta.items() if first.get(name) != value}
    return {"back": back, **differing, **{name: None for name in first if name not in meta}}


def meta_from(
    stored: Mapping[str, Any], first: Mapping[str, Any] | None, stream: str, recorded_at: datetime
) -> Meta:
    """Return the meta of a row; `first` is that of the event it refers back to.

    Raises:
        StreamBrokenError: it refers to an event that is not there.
    """
    if "back" in stored and first is None:
        raise StreamBrokenError("the first event of this append is missing")
    data = {**(first or {}), **stored}

    def instant(name: str, otherwise: datetime) -> datetime:
        return otherwise if data.get(name) is None else parse_instant(data[name])

    received_at = instant("received_at", recorded_at)
    return Meta(
        case=data.get("case") or stream,
        actor=from_json(Actor, data["actor"]),
        channel=data["channel"],
        command=data["command"],
        cause=data["cause"],
        cite=data.get("cite") or "",
        received_at=received_at,
        effective_at=instant("effective_at", received_at),
        wall=instant("wall", recorded_at),
    )
