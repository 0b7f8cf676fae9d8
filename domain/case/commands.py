"""The registry of commands: what may be asked of a case, by whom, with which payload."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.case.acts import COMMANDS
from domain.case.procedure import CommandSpec, Procedure
from domain.kernel.codec import received
from domain.kernel.errors import UnknownNameError
from domain.kernel.faults import Fault, MalformedError
from domain.kernel.json import Json
from domain.procedures.table import PROCEDURES

SPECS: Mapping[str, CommandSpec] = MappingProxyType(
    {
        one.name: one
        for one in (*COMMANDS, *(spec for its in PROCEDURES.values() for spec in its.commands))
    }
)


def command_spec(name: str) -> CommandSpec | None:
    """Return what is known of a command; None when there is no such command."""
    return SPECS.get(name)


def parse(name: str, payload: Json) -> object | tuple[Fault, ...]:
    """Return the payload of a command as its dataclass, or every fault found in it.

    Raises:
        UnknownNameError: there is no such command.
    """
    spec = SPECS.get(name)
    if spec is None:
        raise UnknownNameError(f"there is no command {name}")
    try:
        return received(spec.payload, payload)
    except MalformedError as error:
        return error.faults


def procedures() -> tuple[Procedure, ...]:
    """Return every procedure, in the order of its name."""
    return tuple(PROCEDURES[name] for name in sorted(PROCEDURES))


def commands_of(procedure: str) -> tuple[CommandSpec, ...]:
    """Return the commands of a procedure, then those on every case."""
    return tuple(one for one in SPECS.values() if one.procedure == procedure) + COMMANDS
