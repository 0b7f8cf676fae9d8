"""Deploying processes: a file is judged, kept by its hash, entered in the tenant's register."""

from typing import Protocol

from typing_extensions import override

from domain.case.actor import Actor
from domain.case.envelope import Recorded
from domain.ports import Definitions, Deployments
from domain.procedures.process.deploying import main_process, undeployable
from domain.process.faults import Fault
from domain.process.model import Definition
from domain.registers.processes import PROCESSES, Deployed, ProcessDeployed, deployed
from infra.event_store.registers import RegisterEntries


class Registers(Protocol):
    """A store, as far as its registers go."""

    def register(self, tenant: str, entries: RegisterEntries) -> None:
        """Append entries to a register of the tenant, outside any case."""

    def entries(self, tenant: str, name: str) -> list[Recorded]:
        """Return the events of a register of the tenant, in order."""


class RegisteredDeployments(Deployments):
    """Deployments that lie in the register `processes`. Thread-safe, as the store is."""

    def __init__(self, registers: Registers, definitions: Definitions) -> None:
        """Judge and keep diagrams with `definitions`."""
        self._registers, self._definitions = registers, definitions

    @override
    def deploy(
        self, tenant: str, file: str, source: bytes, by: Actor
    ) -> Deployed | tuple[Fault, ...]:
        verdict = self._definitions.judged(source, "deployed")
        definition = verdict.definition
        if definition is None:
            return verdict.faults
        process, faults = main_process(definition), tuple(undeployable(definition))
        if process is None or faults:
            return faults
        self._definitions.keep(source)
        entry = ProcessDeployed(
            process=process.id,
            name=" ".join(process.name.split()) or process.id,
            definition=definition.hash,
            file=file,
        )
        self._enter(tenant, entry, by)
        return self._found(tenant, process.id, definition)

    @override
    def all(self, tenant: str) -> tuple[Deployed, ...]:
        return deployed(self._registers.entries(tenant, PROCESSES))

    def _enter(self, tenant: str, entry: ProcessDeployed, by: Actor) -> None:
        """Enter it, unless these bytes are a version of it already."""
        known = (one.definition for one in self.all(tenant) if one.process == entry.process)
        if entry.definition not in known:
            entries = RegisterEntries(
                name=PROCESSES, events=[entry], cause="process.deploy", channel="api", actor=by
            )
            self._registers.register(tenant, entries)

    def _found(self, tenant: str, process: str, definition: Definition) -> Deployed:
        found = [one for one in self.all(tenant) if one.definition == definition.hash]
        return next(one for one in found if one.process == process)
