"""The registry of events: explicit names and versions, shapes that only grow, upcasts in a loop."""

from collections.abc import Callable
from typing import TypeVar

from domain.kernel.codec import from_json, to_json
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.faults import MalformedError
from domain.kernel.json import Json

E = TypeVar("E")
Upcast = Callable[[Json], Json]

_CLASSES: dict[str, type[object]] = {}
_NAMES: dict[type[object], tuple[str, int]] = {}
_UPCASTS: dict[tuple[str, int], Upcast] = {}


def event(type_: str, version: int = 1) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as the event `type_` (`area.past_tense`) in its newest version.

    Raises:
        ValueError: the name is taken.
    """

    def register(cls: type[E]) -> type[E]:
        if type_ in _CLASSES:
            raise ValueError(f"the event {type_} stands twice")
        _CLASSES[type_] = cls
        _NAMES[cls] = (type_, version)
        return cls

    return register


def upcast(type_: str, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register how data of `from_version` becomes data of the next version.

    Raises:
        ValueError: this step stands already.
    """

    def register(step: Upcast) -> Upcast:
        if (type_, from_version) in _UPCASTS:
            raise ValueError(f"{type_} has two ways on from version {from_version}")
        _UPCASTS[type_, from_version] = step
        return step

    return register


def encode(event_: object) -> tuple[str, int, Json]:
    """Return type, version and data of an event.

    Raises:
        UnknownNameError: nobody registered its class.
    """
    type_, version = _named(type(event_))
    return type_, version, to_json(event_)


def decode(type_: str, version: int, data: Json) -> object:
    """Return the event, brought to its newest version.

    Raises:
        UnknownNameError: nobody registered the type, a step between versions is missing, or a
            newer release wrote it.
        StreamBrokenError: the data does not have the event's shape.
    """
    cls = event_class(type_)
    newest = _NAMES[cls][1]
    if version > newest:
        raise UnknownNameError(f"{type_} version {version} is of a newer release than this one")
    for at in range(version, newest):
        step = _UPCASTS.get((type_, at))
        if step is None:
            raise UnknownNameError(f"{type_} has no way on from version {at}")
        data = step(data)
    try:
        return from_json(cls, data)
    except MalformedError as error:
        raise StreamBrokenError(f"{type_} version {version}: {error}") from error


def event_type(event_: object) -> str:
    """Return the registered name of an event.

    Raises:
        UnknownNameError: nobody registered its class.
    """
    return _named(type(event_))[0]


def event_class(type_: str) -> type[object]:
    """Return the class of the newest version of an event.

    Raises:
        UnknownNameError: nobody registered the type.
    """
    try:
        return _CLASSES[type_]
    except KeyError:
        raise UnknownNameError(f"nobody registered the event {type_}") from None


def registered() -> dict[str, int]:
    """Return every event type known, with its newest version."""
    return {name: _NAMES[cls][1] for name, cls in sorted(_CLASSES.items())}


def _named(cls: type[object]) -> tuple[str, int]:
    try:
        return _NAMES[cls]
    except KeyError:
        raise UnknownNameError(f"nobody registered the event class {cls.__name__}") from None
