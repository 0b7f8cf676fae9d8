"""Calls of web services that do the work of tasks, reported to the case as a command."""

from collections.abc import Mapping
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.failures import only_codes_leave
from activities.notices import report
from domain.case.state import Case
from domain.case.turn import CALL_ATTEMPTS
from domain.kernel.canonical import canonical
from domain.kernel.codec import instant_text
from domain.kernel.errors import UnknownNameError
from domain.kernel.json import Json
from domain.ports import EventStore, World
from domain.procedures.process.commands import RECORD
from domain.procedures.process.facts import CallState, of
from domain.procedures.process.facts import variables as variables_of
from domain.procedures.process.replies import read_reply, told
from domain.process.feel import CALENDAR, Value
from domain.process.model import Call
from domain.web import Endpoints, NoAnswer, Reply, Web


class Calls:
    """Calls web services. Plain `def`: sockets block, so a worker thread runs it."""

    def __init__(self, store: EventStore, world: World, endpoints: Endpoints, web: Web) -> None:
        self._store, self._world, self._endpoints, self._web = store, world, endpoints, web

    @activity.defn(name="process.call", no_thread_cancel_exception=True)
    def call(self, key: str) -> str:
        """Make the call of the job `<case id>:process.call:<call>:<round>`; return its report's id.

        An answer is reported once and for all; each failure, after some attempts, by its number.
        The receiver knows repeats by `webhook-id`, which is the same for every attempt.

        Raises:
            ApplicationError: nothing was reported; to be tried again.
        """
        with only_codes_leave():
            case_id, _, which, _ = key.split(":")
            with self._store.open_case(case_id) as session:
                tenant, case, now, calendar = (
                    session.tenant, session.case, session.now, session.calendar,
                )  # fmt: skip
            call = of(case.data).call(which) if case is not None else None
            if case is None or call is None:
                raise UnknownNameError("a call nobody asked for")
            spec = self._world.definitions.pinned(case.definition).node(call.element).call or Call()
            inputs = _inputs(spec, {**variables_of(case.data), CALENDAR: calendar})
            found = self._made(tenant, spec, _asked(case, call, inputs, now))
            if not isinstance(found, NoAnswer):
                return report(self._store, tenant, key, {"call": which, **found}, RECORD)
            if not found.final and _attempt() < CALL_ATTEMPTS:
                raise ApplicationError(found.code, type=found.code)
            failed: Json = {
                "call": which,
                "failure": found.code,
                "detail": found.detail,
                "final": found.final,
            }
            return report(self._store, tenant, f"{key}:failed:{call.failures + 1}", failed, RECORD)

    def _made(self, tenant: str, spec: Call, asked: Json) -> Json | NoAnswer:
        endpoint = self._endpoints.find(tenant, spec.endpoint)
        if endpoint is None:
            return NoAnswer("call.no_endpoint", spec.endpoint, final=True)
        url, message = spec.url or endpoint.url, str(asked["id"])
        answer = self._web.call(endpoint, url, message, canonical(asked))
        return read_reply(answer, spec.outputs) if isinstance(answer, Reply) else answer


def _attempt() -> int:
    """Return which attempt this is; outside of Temporal nobody tries again."""
    return activity.info().attempt if activity.in_activity() else CALL_ATTEMPTS


def _inputs(spec: Call, known: Mapping[str, Value]) -> Json:
    return {one.target: told(one.value.evaluate(known)) for one in spec.inputs}


def _asked(case: Case, call: CallState, inputs: Json, now: datetime) -> Json:
    """Return what is sent: a CloudEvent that names case and element, with the inputs alone."""
    return {
        "specversion": "1.0",
        "id": f"{case.id}.{call.id}",
        "type": "anjuan.process.call.v1",
        "source": "/api/v1",
        "subject": case.id,
        "time": instant_text(now),
        "datacontenttype": "application/json",
        "data": {
            "number": case.number,
            "process": case.variant,
            "element": call.element,
            "input": inputs,
        },
    }
