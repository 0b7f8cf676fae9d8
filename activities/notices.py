"""Letters: laid out once, kept by digest, reported to the case as a command."""

import hashlib

from temporalio import activity

from activities.failures import only_codes_leave
from domain.case.actor import SYSTEM
from domain.case.envelope import Recorded
from domain.case.evolve import fold
from domain.case.letter import letter
from domain.case.sheet import Sheet
from domain.case.state import Case, Notice
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.json import Json, JsonValue
from domain.ports import BodyDiffers, Cases, EventStore, Files, Press, Receipt

CLIENT = "job"
COMMAND = "notice.record_rendering"
PAGE = 20  # events around a letter read at once: most acts have fewer
WHOLE = 500  # events of a stream read at once


class Notices:
    """Renders the letters that acts have sent."""

    def __init__(self, store: EventStore, cases: Cases, files: Files, press: Press) -> None:
        self._store, self._cases, self._files, self._press = store, cases, files, press

    @activity.defn(name="notice.render", no_thread_cancel_exception=True)
    def render(self, key: str) -> str:
        """Keep the letter of the job `<case id>:notice.render:<notice>`; return its report's id.

        It is kept as HTML, and as PDF where this machine can make one. The report is stored as a
        command; a second time it is the same one.

        Raises:
            ApplicationError: nothing was reported.
        """
        with only_codes_leave():
            case_id, _, notice = key.split(":")
            tenant, case = self._store.look(case_id)
            if case is None:
                raise UnknownNameError("a job of a case that was never opened")
            sheet = letter_of(self._cases, tenant, case, notice)
            digest = self._files.put(self._press.page(sheet))
            told: dict[str, JsonValue] = {"notice": notice, "digest": digest}
            if made := printing(self._press, self._files, sheet):
                told["printed"] = made
            return report(self._store, tenant, key, told)


def letter_of(cases: Cases, tenant: str, case: Case, notice: str) -> Sheet:
    """Return what a letter that was issued says, whatever happened to the case since.

    `case` may be as it stands now. Where its procedure went on since, and only there, it is folded
    anew from the events up to the letter's: a letter rendered late says what it said then.

    Raises:
        StreamBrokenError: it was never issued.
    """
    act = act_of(cases, tenant, case, _issued(case, notice))
    last = act[-1].version
    then = case if case.own_version <= last else _as_of(cases, tenant, case, last)
    return letter(then, behind(cases, tenant, case, notice) + act, notice)


def behind(cases: Cases, tenant: str, case: Case, notice: str) -> list[Recorded]:
    """Return the act that sent the first of the letters in whose place this one stands.

    It is empty for a letter that stands in no other's place.
    """
    replaced = _issued(case, notice).replaces
    if not replaced:
        return []
    old = _issued(case, replaced)
    return behind(cases, tenant, case, old.id) + act_of(cases, tenant, case, old)


def act_of(cases: Cases, tenant: str, case: Case, notice: Notice) -> list[Recorded]:
    """Return the events recorded together with a letter, in order."""
    start = max(notice.version - 1 - PAGE // 2, 0)
    events = cases.any_timeline(tenant, case.id, start, PAGE)
    command = next(one.meta.command for one in events if one.version == notice.version)
    while (
        (last := events[-1]).meta.command == command
        and last.version < case.version
        and (more := cases.any_timeline(tenant, case.id, last.version, PAGE))
    ):
        events += more
    while (first := events[0].version) > 1 and events[0].meta.command == command:
        before = max(first - 1 - PAGE, 0)
        events = cases.any_timeline(tenant, case.id, before, first - 1 - before) + events
    return [one for one in events if one.meta.command == command]


def _issued(case: Case, notice: str) -> Notice:
    found = next((one for one in case.notices if one.id == notice), None)
    if found is None:
        raise StreamBrokenError("a job for a letter that was never issued")
    return found


def _as_of(cases: Cases, tenant: str, case: Case, version: int) -> Case:
    events, after = list[Recorded](), 0
    while after < version:
        events += cases.any_timeline(tenant, case.id, after, min(WHOLE, version - after))
        after = events[-1].version
    return fold(events) or case


def printing(press: Press, files: Files, sheet: Sheet) -> Json | None:
    """Keep a sheet as PDF; return what a report says of it, None where none can be made."""
    made = press.print(sheet)
    if made is None:
        return None
    digest = files.put(made.content)
    return {"digest": digest, "pages": made.pages, "template": press.template}


def report(store: EventStore, tenant: str, key: str, payload: Json, command: str = COMMAND) -> str:
    """Store what became of the job `key` as a command; return the command's id.

    Raises:
        StreamBrokenError: the key was used by something else.
    """
    case_id = key.partition(":")[0]
    stored = store.receive(
        Receipt(
            tenant=tenant,
            client=CLIENT,
            key=key,
            fingerprint=hashlib.sha256(key.encode()).hexdigest(),  # the first report counts
            case_id=case_id,
            name=command,
            payload=payload,
            actor=SYSTEM,
            channel="job",
        )
    )
    if isinstance(stored, BodyDiffers):
        raise StreamBrokenError("the key of a job was used by something else")
    return stored.command.id
