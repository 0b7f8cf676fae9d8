"""An act on its way in: from a request judged at the edge to the receipt that is stored."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.asked import Asked
from api.auth import Caller
from api.edge import fingerprint
from api.openapi import BASE
from api.problems import ProblemError, fault, malformed
from api.schemas.command import CaseStart
from domain.case.access import may_send
from domain.case.command import Opening
from domain.case.commands import command_spec, commands_of, parse, procedures
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from domain.kernel.faults import Fault
from domain.kernel.ids import command_id
from domain.kernel.json import Json
from domain.ports import Receipt
from domain.registers.processes import version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act that may be stored: of good form, in a case the caller may know of."""

    caller: Caller
    spec: CommandSpec
    payload: Json
    target: str  # what it is about, in one spelling
    said: Json  # all of it, for the fingerprint
    case: Case | None = None
    opening: Opening | None = None
    if_match: int | None = None

    @property
    def procedure(self) -> str:
        """The procedure whose conductor takes it."""
        if self.case is not None:
            return self.case.procedure
        return self.opening.procedure if self.opening is not None else self.spec.procedure

    def receipt(self, key: str) -> Receipt:
        """Return what is stored of it under an idempotency key."""
        actor = self.caller.actor
        return Receipt(
            tenant=self.caller.tenant,
            client=self.caller.account.client,
            key=key,
            fingerprint=fingerprint("POST", self.target, actor, self.said),
            case_id=None if self.case is None else self.case.id,
            name=self.spec.name,
            payload=self.payload,
            actor=actor,
            channel=self.caller.channel,
            if_match=self.if_match,
            opening=self.opening,
        )


def known_command(name: str) -> CommandSpec:
    """Return the command called `name`.

    Raises:
        ProblemError: `command.unknown`.
    """
    spec = command_spec(name)
    if spec is None:
        raise ProblemError("command.unknown")
    return spec


def well_formed(spec: CommandSpec, payload: Json, at: str = "") -> Json:
    """Return `payload` if the command can be read from it.

    Raises:
        ProblemError: `command.malformed`, with pointers below `at`.
    """
    found = parse(spec.name, payload)
    if isinstance(found, tuple):
        raise malformed([_below(at, one) for one in found])
    return payload


def seen_version(spec: CommandSpec, case: Case, given: int | str | None) -> int | None:
    """Return the version of the procedure's last event that the caller has seen; None: any will do.

    An ETag numbers the whole stream, where notes, tasks and clocks have numbers too. Who has seen a
    number not before the procedure's last event has seen that event, and what comes in between now
    and the decision is compared there.

    Raises:
        ProblemError: `request.version_missing`.
    """
    if isinstance(given, int):
        return case.own_version if case.own_version <= given <= case.version else given
    if spec.if_match == "exact":
        raise ProblemError("request.version_missing")
    return None


def act_in_case(
    asked: Asked,
    case_id: str,
    name: str,
    payload: Json,
    seen: Callable[[CommandSpec, Case], int | None],
    key: str | None,
) -> Act:
    """Return the act, judged in the fixed order: command, form, case, version (by `seen`).

    Whoever sends an act again under its `key` may address the case, also where it has gone on to
    others since: the outcome belongs to the key.

    Raises:
        ProblemError: the first of these that does not hold.
    """
    spec = known_command(name)
    well_formed(spec, payload)
    case = _addressed(asked, case_id, name, key)
    return Act(
        caller=asked.caller,
        spec=spec,
        payload=payload,
        target=f"{BASE}/cases/{case.id}/commands/{name}",
        said=payload,
        case=case,
        if_match=seen(spec, case),
    )


def sent_under(asked: Asked, key: str | None) -> str:
    """Return the id of the case in which this client sent an act under this key; "" for none."""
    if key is None:
        return ""
    id_ = command_id(asked.tenant, asked.caller.account.client, key)
    stored = asked.found.store.stored(asked.tenant, id_)
    return stored.command.case_id if stored is not None else ""


def known_or_own(asked: Asked, id_or_number: str, key: str | None) -> Case | None:
    """Return the case if the caller may know of it, or this client sent an act there under `key`.

    The store compares the rest of that act.
    """
    case = asked.found.visible_case(asked.tenant, asked.actor, id_or_number)
    if case is not None or not (own := sent_under(asked, key)):
        return case
    case = asked.found.cases.any_case(asked.tenant, own)
    return case if case is not None and id_or_number in (case.id, case.number) else None


def _addressed(asked: Asked, case_id: str, command: str, key: str | None) -> Case:
    """Return the case, which whoever sees its public notice may address without reading it."""
    case = known_or_own(asked, case_id, key)
    if case is None and asked.actor.role == "public":
        case = asked.found.cases.any_case(asked.tenant, case_id)
    if case is None:
        raise ProblemError("case.not_found")
    if not (may_send(asked.actor, case, command) or sent_under(asked, key) == case.id):
        raise ProblemError("case.not_found")
    return case


def opening_act(asked: Asked, start: CaseStart) -> Act:
    """Return the act that opens a case.

    Raises:
        ProblemError: `procedure.unknown` or `command.malformed`.
    """
    spec = _opener(start)
    payload = _with_place(spec, start)
    well_formed(spec, payload, "/with")
    source = start.source
    opening = _opening(asked, start)
    if source is not None:
        opening = replace(opening, source_system=source.system, source_id=source.id)
    return Act(
        caller=asked.caller,
        spec=spec,
        payload=payload,
        target=f"{BASE}/cases",
        said=start.model_dump(mode="json", by_alias=True),
        opening=opening,
    )


def _opening(asked: Asked, start: CaseStart) -> Opening:
    """Return what the case will be: of a plain process also its version, as of this moment.

    Raises:
        ProblemError: `process.unknown`.
    """
    if not _deployed_only(start.procedure):
        return Opening(procedure=start.procedure, variant=start.variant)
    version = start.with_.get("version")
    all_ = asked.found.deployments.all(asked.tenant)
    found = version_of(all_, start.variant, version)
    if found is None:
        raise ProblemError("process.unknown")
    return Opening(procedure=start.procedure, variant=found.process, definition=found.definition)


def _deployed_only(procedure: str) -> bool:
    return any(one.name == procedure and one.plain is not None for one in procedures())


def _opener(start: CaseStart) -> CommandSpec:
    for procedure in procedures():
        known = procedure.plain is not None or start.variant in ("", *procedure.variants)
        if procedure.name == start.procedure and known:
            return next(one for one in commands_of(procedure.name) if one.opens)
    raise ProblemError("procedure.unknown")


def _with_place(spec: CommandSpec, start: CaseStart) -> Json:
    """Return the payload with the jurisdiction said outside of it."""
    payload: Json = start.with_
    if start.jurisdiction is None or "jurisdiction" not in spec.payload.__dataclass_fields__:  # type: ignore[attr-defined]  # always a dataclass
        return payload
    if payload.get("jurisdiction", start.jurisdiction) != start.jurisdiction:
        zh, en = "与 with 中的管辖不一致", "differs from the one in `with`"
        raise fault("/jurisdiction", "field", zh, en)
    return {**payload, "jurisdiction": start.jurisdiction}


def _below(at: str, one: Fault) -> Fault:
    return replace(one, pointer=at + one.pointer) if at else one
