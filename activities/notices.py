"""Letters: laid out once, kept by digest, reported to the case as a command."""

import hashlib

from temporalio import activity

from activities.failures import only_codes_leave
from domain.case.actor import SYSTEM
from domain.case.envelope import Recorded
from domain.case.evolve import fold
from domain.case.letter import letter
from domain.case.sheet import Sheet
from domain.case.state import Case
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.json import Json, JsonValue
from domain.ports import BodyDiffers, Cases, EventStore, Files, Press, Receipt

CLIENT = "job"
COMMAND = "notice.record_rendering"
PAGE = 500  # events read at once


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
            with self._store.open_case(case_id) as session:
                tenant, case = session.tenant, session.case
            if case is None:
                raise UnknownNameError("a job of a case that was never opened")
            sheet = letter_of(self._cases, tenant, case, notice)
            digest = self._files.put(self._press.page(sheet))
            told: dict[str, JsonValue] = {"notice": notice, "digest": digest}
            if made := printing(self._press, self._files, sheet):
                told["printed"] = made
            return report(self._store, tenant, key, told)


def letter_of(cases: Cases, tenant: str, case: Case, notice: str) -> Sheet:
    """Return what a letter that was issued says.

    Raises:
        StreamBrokenError: it was never issued.
    """
    events, after = list[Recorded](), 0
    while page := cases.timeline(tenant, case.id, after, PAGE):
        events += page
        after = page[-1].version
    issued = (e for e in events if e.type == "notice.issued" and e.data["notice"] == notice)
    command = next((one.meta.command for one in issued), None)
    if command is None:
        raise StreamBrokenError("a job for a letter that was never issued")
    act = [one for one in events if one.meta.command == command]
    then = fold(one for one in events if one.version <= act[-1].version)
    return letter(then or case, act, notice)


def printing(press: Press, files: Files, sheet: Sheet) -> Json | None:
    """Keep a sheet as PDF; return what a report says of it, None where none can be made."""
    made = press.print(sheet)
    if made is None:
        return None
    digest = files.put(made.content)
    return {"digest": digest, "pages": made.pages, "template": press.template}


def report(store: EventStore, tenant: str, key: str, payload: Json) -> str:
    """Store what was rendered under `key` as a command; return the command's id.

    Raises:
        StreamBrokenError: the key was used by something else.
    """
    case_id = key.partition(":")[0]
    stored = store.receive(
        Receipt(
            tenant=tenant,
            client=CLIENT,
            key=key,
            fingerprint=hashlib.sha256(key.encode()).hexdigest(),  # the first rendering counts
            case_id=case_id,
            name=COMMAND,
            payload=payload,
            actor=SYSTEM,
            channel="job",
        )
    )
    if isinstance(stored, BodyDiffers):
        raise StreamBrokenError("the key of a job was used by something else")
    return stored.command.id
