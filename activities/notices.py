"""Letters: rendered once, kept by digest, reported to the case as a command."""

import hashlib

from temporalio import activity

from activities.failures import only_codes_leave
from activities.letters import letter
from domain.case.actor import SYSTEM
from domain.case.envelope import Recorded
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.ports import BodyDiffers, Cases, EventStore, Files, Receipt

CLIENT = "job"
COMMAND = "notice.record_rendering"
PAGE = 500  # events read at once


class Notices:
    """Renders the letters that acts have sent."""

    def __init__(self, store: EventStore, cases: Cases, files: Files) -> None:
        self._store, self._cases, self._files = store, cases, files

    @activity.defn(name="notice.render", no_thread_cancel_exception=True)
    def render(self, key: str) -> str:
        """Keep the letter of the job `<case id>:notice.render:<notice>`; return its report's id.

        The report is stored as a command; a second time it is the same one.

        Raises:
            ApplicationError: nothing was reported.
        """
        with only_codes_leave():
            case_id, _, notice = key.split(":")
            with self._store.open_case(case_id) as session:
                tenant, case = session.tenant, session.case
            if case is None:
                raise UnknownNameError("a job of a case that was never opened")
            page = letter(case, self._act(tenant, case_id, notice), notice)
            return self._report(tenant, key, self._files.put(page.encode()))

    def _act(self, tenant: str, case_id: str, notice: str) -> list[Recorded]:
        """Return the events recorded together with the letter."""
        events, after = [], 0
        while page := self._cases.timeline(tenant, case_id, after, PAGE):
            events += page
            after = page[-1].version
        command = next(
            (
                e.meta.command
                for e in events
                if e.type == "notice.issued" and e.data["notice"] == notice
            ),
            None,
        )
        if command is None:
            raise StreamBrokenError("a job for a letter that was never issued")
        return [event for event in events if event.meta.command == command]

    def _report(self, tenant: str, key: str, digest: str) -> str:
        case_id, _, notice = key.split(":")
        stored = self._store.receive(
            Receipt(
                tenant=tenant,
                client=CLIENT,
                key=key,
                fingerprint=hashlib.sha256(key.encode()).hexdigest(),  # the first rendering counts
                case_id=case_id,
                name=COMMAND,
                payload={"notice": notice, "digest": digest},
                actor=SYSTEM,
                channel="job",
            )
        )
        if isinstance(stored, BodyDiffers):
            raise StreamBrokenError("the key of a job was used by something else")
        return stored.command.id
