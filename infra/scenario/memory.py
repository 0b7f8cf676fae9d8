"""The stage of `anjuan scenario run`: the in-memory engine, with the tenant's clock in our hand."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from domain.case.access import code_if_hidden, may_send
from domain.case.command import Opening
from domain.case.commands import command_spec, parse
from domain.case.procedure import CommandSpec
from domain.case.queue import next_due
from domain.case.state import Case
from domain.case.turn import Turn
from domain.case.views.waiting import wait
from domain.kernel.json import Json
from domain.kernel.times import in_china
from domain.ports import BodyDiffers, Receipt, World
from domain.procedures.table import procedure
from infra.event_store.registers import RegisterEntries
from infra.memory_store import MemoryStore
from infra.sandbox_clock import ClockRow
from infra.scenario.compare import Seen
from infra.scenario.model import Scenario, Step
from infra.scenario.playing import Answer

TENANT = "scenario"
Advance = Callable[[str, str | None], Turn]  # decides what waits and does the service work
Registers = Callable[[Json], Sequence[RegisterEntries]]


class MemoryStage:
    """Plays in one process: nothing is kept, no server is asked."""

    def __init__(
        self, store: MemoryStore, advance: Advance, registers: Registers, world: World
    ) -> None:
        self._store, self._advance, self._registers = store, advance, registers
        self._world = world
        self._scenario: Scenario | None = None
        self._steps = 0

    def set_up(self, scenario: Scenario) -> None:
        """Begin with the scenario's clock and registers."""
        self._scenario = scenario
        self._set_clock(scenario.steps[0].at)
        for entries in self._registers(scenario.fixtures):
            self._store.register(TENANT, entries)

    def pass_time(self, at: datetime) -> None:
        """Go from one due instant to the next, then to `at`."""
        while (instant := self._next_due(at)) is not None:
            self._set_clock(instant)
            for case in list(self._store.tables.cases.values()):
                self._advance(case.id, None)
        self._set_clock(at)

    def act(self, step: Step, case_id: str | None, payload: Json) -> Answer:
        """Judge the command as the edge would, then have the case decide."""
        if self._scenario is None:
            raise RuntimeError("the stage was not set up")
        actor = self._scenario.actors[step.by]
        case = self._store.tables.cases.get(case_id or "")
        if code := self._turned_away(step, case_id, payload):
            return Answer(code, case_id or "")
        if case is not None and not may_send(actor, case, step.do):
            return Answer(code_if_hidden(actor, step.do), case.id)
        self._steps += 1
        opening = None
        if case_id is None:
            opening = Opening(procedure=step.procedure, variant=step.variant)
        stored = self._store.receive(
            Receipt(
                tenant=TENANT,
                client=step.by,
                key=str(self._steps),
                fingerprint=str(self._steps),
                case_id=case_id,
                name=step.do,
                payload=payload,
                actor=actor,
                channel="scenario",
                opening=opening,
            )
        )
        if isinstance(stored, BodyDiffers):
            raise TypeError("every step has a key of its own")
        return self._decided(stored.command.id, stored.command.case_id)

    def _turned_away(self, step: Step, case_id: str | None, payload: Json) -> str:
        spec = command_spec(step.do)
        if spec is None:
            return "command.unknown"
        if case_id is None and not _deployed(spec, step):
            return "procedure.unknown"
        return "command.malformed" if isinstance(parse(step.do, payload), tuple) else ""

    def _decided(self, command_id: str, case_id: str) -> Answer:
        self._advance(case_id, command_id)
        stored = self._store.stored(TENANT, command_id)
        outcome = stored.outcome if stored else None
        if outcome is None:
            raise RuntimeError(f"the command {command_id} was not decided")
        return Answer(outcome.code, case_id, outcome.en)

    def seen(self, case_id: str) -> Seen | None:
        """Return the case as a reader finds it."""
        case = self._store.tables.cases.get(case_id)
        if case is None:
            return None
        events = self._store.tables.stream(TENANT, case_id)
        return Seen(
            case={**_case(case), "waiting_for": self._waiting(case)},
            events=[
                {
                    "type": one.type,
                    "effective": in_china(one.meta.effective_at),
                    "received": in_china(one.meta.received_at),
                    "actor": one.meta.actor.role,
                    "cite": one.meta.cite,
                    "data": one.data,
                }
                for one in events
            ],
            deadlines=[
                {"key": d.key, "due": d.due.isoformat() if d.due else None, "state": d.state}
                for d in case.deadlines
            ],
        )

    def _waiting(self, case: Case) -> Json | None:
        world = replace(self._world, calendar=self._store.calendar(TENANT))
        found = wait(case, world, self._store.tables.law_now(TENANT))
        if found is None:
            return None
        return {
            "role": found.role,
            "organisation": found.organisation,
            "task": found.task,
            "until": found.until.isoformat() if found.until else None,
            "cite": found.cite or None,
            "local_practice": found.local_practice,
        }

    def _next_due(self, until: datetime) -> datetime | None:
        due = (next_due(case) for case in self._store.tables.cases.values())
        instants = [d.effective for d in due if d is not None and d.effective is not None]
        return min((one for one in instants if one <= until), default=None)

    def _set_clock(self, at: datetime) -> None:
        self._store.tables.tenants[TENANT] = ClockRow(kind="sandbox", frozen_at=at)


def _deployed(spec: CommandSpec, step: Step) -> bool:
    """Whether the step opens a procedure there is, in a variant there is or in none it names."""
    its = procedure(spec.procedure)
    return step.procedure in ("", its.name) and step.variant in ("", *its.variants)


def _case(case: Case) -> Json:
    return {
        "procedure": case.procedure,
        "variant": case.variant,
        "jurisdiction": case.jurisdiction,
        "status": case.status,
        "stage": case.stage,
        "number": case.number,
        "version": case.version,
        "applicant": {key: str(value) for key, value in asdict(case.applicant).items()},
    }
