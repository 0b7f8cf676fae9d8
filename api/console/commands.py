"""The console's hand on the desk: the same commands as over HTTP, with a key per rendered form."""

import hashlib

from starlette.concurrency import run_in_threadpool

from api.console.visit import Trouble, Visit, new_key
from domain.case.command import Command, Opening
from domain.case.decide import decide, facts_wanted
from domain.case.decision import Decision
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.ids import command_id
from domain.kernel.json import Json
from domain.ports import BodyDiffers, Receipt, Stored

CHANNEL = "console"
LONGEST_KEY = 80


async def send(
    visit: Visit,
    case: Case,
    name: str,
    payload: Json,
    *,
    key: str,
    if_match: int | None = None,
) -> Stored:
    """Receive an act in a case and have it decided; the same key again changes nothing.

    Raises:
        Trouble: the same form was sent with other content, or nothing could be stored.
    """
    receipt = Receipt(
        tenant=visit.tenant,
        client=visit.account.client,
        key=_own(key),
        fingerprint=fingerprint(case.id, name, payload),
        case_id=case.id,
        name=name,
        payload=payload,
        actor=visit.actor,
        channel=CHANNEL,
        if_match=if_match,
    )
    return await _through(visit, receipt, case.procedure)


async def send_opening(
    visit: Visit, name: str, payload: Json, opening: Opening, *, key: str
) -> Stored:
    """Receive an act that opens a case.

    Raises:
        Trouble: as for `send`.
    """
    receipt = Receipt(
        tenant=visit.tenant,
        client=visit.account.client,
        key=_own(key),
        fingerprint=fingerprint("", name, payload),
        case_id=None,
        name=name,
        payload=payload,
        actor=visit.actor,
        channel=CHANNEL,
        opening=opening,
    )
    return await _through(visit, receipt, opening.procedure)


async def _through(visit: Visit, receipt: Receipt, procedure: str) -> Stored:
    desk = visit.services.desk
    if faults := await run_in_threadpool(visit.services.health.faults):
        raise Trouble(503, "service.unavailable", detail="; ".join(faults))
    stored = await desk.receive(receipt)
    if isinstance(stored, BodyDiffers):
        raise Trouble(409, "form.stale")
    return await desk.submit(stored, procedure, visit.services.site.patience)


def sent_before(visit: Visit, key: str, name: str) -> Stored | None:
    """Return the act this form sent already in the case called `name`, whoever may see it now."""
    if not key:
        return None
    id_ = command_id(visit.tenant, visit.account.client, _own(key))
    stored = visit.services.store.stored(visit.tenant, id_)
    case = visit.services.cases.any_case(visit.tenant, name) if stored else None
    return stored if stored and case and stored.command.case_id == case.id else None


def opened_before(visit: Visit, key: str, source: str) -> Stored | None:
    """Return the act by which this form opened, or tried to open, the case of a `source`."""
    id_ = command_id(visit.tenant, visit.account.client, _own(key))
    stored = visit.services.store.stored(visit.tenant, id_) if key else None
    opening = stored.command.opening if stored else None
    return stored if opening is not None and opening.source_id == source else None


def _own(key: str) -> str:
    """Return the key of the form; a form without one is a new act each time."""
    return f"console:{key[:LONGEST_KEY] or new_key()}"


def fingerprint(case_id: str, name: str, payload: Json) -> str:
    """Return what tells one act from another sent with the same key."""
    said = canonical({"door": CHANNEL, "case": case_id, "name": name, "payload": payload})
    return hashlib.sha256(said).hexdigest()


def rehearse(
    visit: Visit, case: Case | None, name: str, payload: Json, opening: Opening | None = None
) -> Decision:
    """Decide an act as if it came now, without recording anything."""
    command = Command(
        id=command_id(visit.tenant, visit.account.client, new_key()),
        case_id=case.id if case else "",
        name=name,
        payload=payload,
        actor=visit.actor,
        channel=CHANNEL,
        received_at=visit.now,
        opening=opening,
    )
    wanted = facts_wanted(visit.world, visit.tenant, case, command)
    facts = visit.services.cases.reading(visit.tenant, wanted)
    return decide(visit.world, visit.tenant, case, command, facts)
