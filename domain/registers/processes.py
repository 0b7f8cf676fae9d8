"""Deployed diagrams of a tenant: which file is which version of which process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.case.envelope import Recorded
from domain.kernel.codec import from_json
from domain.kernel.events import event

PROCESSES = "processes"  # the register


@event("process.deployed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDeployed:
    """A diagram was deployed: new cases of the process run on it, old ones stay on theirs."""

    process: str  # its id in the diagram
    name: str
    definition: str  # hash of the file, by which it is kept for ever
    file: str  # as it was called


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A version of a process. Versions count from 1 in the order of deployment."""

    process: str
    version: int
    name: str
    definition: str
    file: str
    at: datetime
    by: str  # a person


def deployed(register: Iterable[Recorded]) -> tuple[Deployed, ...]:
    """Return all versions, in the order of deployment; the same bytes again are the same one."""
    found: dict[tuple[str, str], Deployed] = {}
    counts: dict[str, int] = {}
    for one in register:
        if one.type != "process.deployed":
            continue
        its = from_json(ProcessDeployed, one.data)
        if (its.process, its.definition) in found:
            continue
        counts[its.process] = counts.get(its.process, 0) + 1
        found[its.process, its.definition] = Deployed(
            process=its.process,
            version=counts[its.process],
            name=its.name,
            definition=its.definition,
            file=its.file,
            at=one.recorded_at,
            by=one.meta.actor.person,
        )
    return tuple(found.values())


def version_of(all_: Sequence[Deployed], process: str, version: int | None) -> Deployed | None:
    """Return a version of a process, the one deployed last where none is named; or None."""
    of_it = [one for one in all_ if one.process == process and version in (None, one.version)]
    return of_it[-1] if of_it else None
