"""Moving open cases to another version of their diagram, a page of them at a time.

Each case is judged and moved by a command of its own, through inbox and `advance` like any act: the
one refused takes none of the others with it. The same order to a case that has not changed since is
the same command, so a page may be sent again.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from starlette.concurrency import run_in_threadpool
from typing_extensions import override

from api.asked import Asked
from api.edge import Patience, fingerprint
from api.lists import position_of, sealed
from api.openapi import BASE
from api.problems import ProblemError, Trouble, fault
from api.schemas.migration import CaseMove, Migration, MigrationOrder, Obstacle, TermMove
from api.showing.cases import definition_ref
from domain.case.actor import OPERATOR
from domain.case.command import Command
from domain.case.decide import decide
from domain.case.decision import Outcome
from domain.case.labels import label
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.errors import UnknownNameError
from domain.kernel.events import encode
from domain.kernel.ids import command_id
from domain.kernel.json import Json
from domain.law.jurisdiction import COUNTRY
from domain.ports import BodyDiffers, CaseFilter, Definitions, Receipt, Stored, Viewer
from domain.procedures.table import PROCEDURES
from domain.process.checking import Verdict
from domain.process.marking import Marking
from domain.process.model import Definition
from domain.process.rules import Level

COMMAND = "process.migrate"
PLAIN = "process"  # the procedure of every deployed diagram without code
PAGE = 50  # cases judged or moved by one request
EVERYWHERE = Viewer(jurisdiction=COUNTRY)  # the operator of all of it; decides no case, reads none
AT_ONCE = 8  # cases moved side by side
Told = list[tuple[str, Json]]  # type and data of events


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An order that holds: the procedure, the diagram, the command's payload, the cases."""

    procedure: str
    definition: Definition
    source: bytes | None  # to be kept before the first case moves
    payload: Json
    cases: tuple[Case, ...]
    cursor: str


class _Trying(Definitions):
    """The diagrams kept here, and one more that is only tried."""

    def __init__(self, kept: Definitions, tried: Definition) -> None:
        self._kept, self._tried = kept, tried

    @override
    def current(self, procedure: str, variant: str) -> Definition | None:
        return self._kept.current(procedure, variant)

    @override
    def pinned(self, definition_hash: str) -> Definition:
        tried = self._tried
        return tried if definition_hash == tried.hash else self._kept.pinned(definition_hash)

    @override
    def source(self, definition_hash: str) -> bytes:
        return self._kept.source(definition_hash)

    @override
    def judged(self, source: bytes, level: Level) -> Verdict:
        return self._kept.judged(source, level)

    @override
    def keep(self, source: bytes) -> None:
        self._kept.keep(source)


def ordered(asked: Asked, procedure: str, order: MigrationOrder) -> Move:
    """Return what is ordered; blocks.

    Raises:
        ProblemError: the caller may not, or there is no such procedure, diagram or case, or the
            diagram has faults.
    """
    if asked.actor.role != OPERATOR:
        raise ProblemError("case.role_required")
    named, procedure = procedure, _procedure(asked, procedure)
    definition, source = _diagram(asked, procedure, order)
    if named != procedure and named not in definition.processes:
        raise ProblemError("process.unknown")
    cases, position = _cases(asked, procedure, order)
    return Move(
        procedure=procedure,
        definition=definition,
        source=source,
        payload={
            "to": definition.hash,
            "deadlines": order.deadlines,
            "reason": order.reason,
            "mapping": [{"old": old, "new": new} for old, new in order.mapping.items()],
            "choices": [{"of": of, "choice": choice} for of, choice in order.choices.items()],
        },
        cases=tuple(one for one in cases if _concerned(asked, one, definition, order)),
        cursor=sealed(asked, position),
    )


def _procedure(asked: Asked, name: str) -> str:
    """Return the procedure that is meant: by its own name, or by the id of a plain process."""
    if name in PROCEDURES:
        return name
    if any(one.process == name for one in asked.found.deployments.all(asked.tenant)):
        return PLAIN
    raise ProblemError("procedure.unknown")


def foreseen(asked: Asked, move: Move) -> Migration:
    """Return for each case whether it can move and what would follow; stores nothing; blocks."""
    items = [_foreseen(asked, move, one) for one in move.cases]
    return _page(move, items, dry_run=True)


async def moved(asked: Asked, move: Move, patience: Patience) -> Migration:
    """Move each case that can, judged anew as it stands in its own transaction."""
    if move.source is not None:
        await run_in_threadpool(asked.found.definitions.keep, move.source)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(case: Case) -> CaseMove:
        async with gate:
            return await _moved(asked, move, case, patience)

    items = await asyncio.gather(*(one(case) for case in move.cases))
    return _page(move, list(items), dry_run=False)


def _page(move: Move, items: list[CaseMove], *, dry_run: bool) -> Migration:
    return Migration(
        definition=definition_ref(move.definition),
        dry_run=dry_run,
        items=items,
        next_cursor=move.cursor or None,
    )


def _diagram(
    asked: Asked, procedure: str, order: MigrationOrder
) -> tuple[Definition, bytes | None]:
    """Return the diagram ordered, with its bytes where it has to be kept yet."""
    definitions = asked.found.definitions
    if (order.to is None) == (order.diagram is None):
        raise fault("/to", "field", "to 与 diagram 二选一", "say either `to` or `diagram`")
    if order.diagram is None:
        try:
            return definitions.pinned(order.to or ""), None
        except UnknownNameError:
            raise ProblemError("process.unknown_diagram") from None
    source = order.diagram.encode()
    level: Level = "deployed" if procedure == PLAIN else "own"
    verdict = definitions.judged(source, level)
    if verdict.definition is None:
        raise ProblemError("process.unsound", errors=[*_faults(verdict)])
    return verdict.definition, source


def _faults(verdict: Verdict) -> Iterator[Trouble]:
    for one in verdict.faults:
        where = f"{one.line}: {one.element or '-'}: {one.message}"
        yield Trouble("/diagram", one.rule, (where, where), one.rule)


def _cases(asked: Asked, procedure: str, order: MigrationOrder) -> tuple[list[Case], str]:
    """Return the next cases to look at, folded whole, and the position after them."""
    reading, tenant = asked.found.cases, asked.tenant
    if order.cases:
        found = [(name, reading.case(tenant, name, EVERYWHERE)) for name in order.cases]
        missing = [name for name, case in found if case is None or case.procedure != procedure]
        if missing:
            names = ", ".join(missing)
            raise fault("/cases", "field", f"没有这些办件：{names}", f"no such cases: {names}")
        return [case for _, case in found if case is not None], ""
    wanted = CaseFilter(procedure=procedure, open_only=True)
    position = position_of(asked, order.cursor)
    page = reading.cases(tenant, EVERYWHERE, wanted, position, PAGE)
    whole = (reading.case(tenant, one.id, EVERYWHERE) for one in page.items)
    return [one for one in whole if one is not None], page.next_cursor


def _concerned(asked: Asked, case: Case, target: Definition, order: MigrationOrder) -> bool:
    """Whether the order is about this case: named, or of the same process on another diagram."""
    if order.cases:
        return True
    old = asked.found.definitions.pinned(case.definition)
    runs = {order.mapping.get(one, one) for one in old.processes}
    return not case.ended and old.hash != target.hash and bool(runs & target.processes.keys())


def _foreseen(asked: Asked, move: Move, case: Case) -> CaseMove:
    world = replace(asked.world, definitions=_Trying(asked.found.definitions, move.definition))
    command = Command(
        id=command_id(asked.tenant, asked.caller.account.client, "dry run"),
        case_id=case.id,
        name=COMMAND,
        payload=move.payload,
        actor=asked.actor,
        channel=asked.caller.channel,
        received_at=asked.now,
    )
    decision = decide(world, asked.tenant, case, command, {})
    events = [encode(one.event) for one in decision.facts]
    told: Told = [(type_, data) for type_, _, data in events]
    return _told(asked, case, decision.outcome, told, done="movable")


async def _moved(asked: Asked, move: Move, case: Case, patience: Patience) -> CaseMove:
    desk = asked.found.desk
    stored = await desk.receive(_receipt(asked, move, case))
    if isinstance(stored, BodyDiffers):
        raise ProblemError("idempotency.body_differs")
    stored = await desk.submit(stored, move.procedure, patience.seconds)
    return await run_in_threadpool(_became, asked, case, stored)


def _became(asked: Asked, case: Case, stored: Stored) -> CaseMove:
    if stored.outcome is None:
        return _told(asked, case, None, [], done="moved")
    since = asked.found.cases.any_timeline(asked.tenant, case.id, case.version)
    own = [(one.type, one.data) for one in since if one.meta.command == stored.command.id]
    return _told(asked, case, stored.outcome, own, done="moved")


def _receipt(asked: Asked, move: Move, case: Case) -> Receipt:
    """Return the command for a case; its key is the order and the version the case has now."""
    said = hashlib.sha256(canonical(move.payload)).hexdigest()
    target = f"{BASE}/processes/{move.procedure}/migrations"
    return Receipt(
        tenant=asked.tenant,
        client=asked.caller.account.client,
        key=f"migrate:{case.id}:{case.version}:{said}",
        fingerprint=fingerprint("POST", target, asked.actor, move.payload),
        case_id=case.id,
        name=COMMAND,
        payload=move.payload,
        actor=asked.actor,
        channel=asked.caller.channel,
    )


def _told(
    asked: Asked, case: Case, outcome: Outcome | None, events: Told, *, done: str
) -> CaseMove:
    refused = outcome is not None and outcome.kind == "refused"
    state = "pending" if outcome is None else "blocked" if refused else done
    return CaseMove.model_validate(
        {
            "case": case.id,
            "number": case.number,
            "at": _standing(asked, case),
            "definition": case.definition,
            "outcome": state,
            "obstacles": [*_obstacles(outcome)] if outcome is not None and refused else [],
            "terms": [*_terms(asked, case, events)],
        }
    )


def _standing(asked: Asked, case: Case) -> list[str]:
    if not case.marking:
        return []
    nodes = asked.found.definitions.pinned(case.definition).nodes
    return [nodes[one].name or one for one in Marking.from_json(case.marking).open]


def _obstacles(outcome: Outcome) -> Iterator[Obstacle]:
    """Yield each reason of a refusal."""
    evidence = outcome.evidence
    several = [evidence.get(name) for name in ("obstacles", "zh", "en")]
    if not all(isinstance(one, list | tuple) for one in several):
        yield Obstacle(code=outcome.code, element="", zh=outcome.zh, en=outcome.en)
        return
    lists = cast(list[list[str]], several)
    for coded, zh, en in zip(*lists, strict=True):
        code, _, element = coded.partition(":")
        yield Obstacle(code=code, element=element, zh=zh, en=en)


def _terms(asked: Asked, case: Case, events: Told) -> Iterator[TermMove]:
    """Yield what became of each running term, by the events of the move."""
    carried = cast(
        list[Mapping[str, str]], dict(events).get("process.migrated", {}).get("terms", ())
    )
    places = {one["deadline"]: one for one in carried}
    ended = {one["deadline"] for type_, one in events if type_ == "deadline.cancelled"}
    opened = {one["element"]: one for type_, one in events if type_ == "deadline.opened"}
    for term in case.deadlines if events else ():
        if term.state not in ("open", "suspended"):
            continue
        before, place = term.due.isoformat() if term.due else None, places.get(term.id)
        fresh = opened.get(place["element"]) if place is not None and term.id in ended else None
        yield TermMove.model_validate(
            {
                "key": term.key,
                "label": label("key", term.key, asked.language),
                "choice": place["choice"] if place is not None else "cancelled",
                "before": before,
                "after": fresh["due"] if fresh else None if place is None else before,
            }
        )
