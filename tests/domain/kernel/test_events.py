"""The registry: explicit names, versions that only grow, upcasts in a loop."""

from dataclasses import dataclass

import pytest

from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.events import decode, encode, event, event_type, registered, upcast
from domain.kernel.ids import command_id, event_id, lapse_id
from domain.kernel.json import Json


@event("test.grown", version=3)
@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """Something in its third shape."""

    a: int
    b: str = ""


@upcast("test.grown", from_version=1)
def _first(data: Json) -> Json:
    return {"a": data["x"]}


@upcast("test.grown", from_version=2)
def _second(data: Json) -> Json:
    return {**data, "b": "two"}


@event("test.gap", version=2)
@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something whose first shape nobody can read any more."""


def test_an_event_is_written_with_its_name_and_newest_version() -> None:
    assert encode(Grown(a=1)) == ("test.grown", 3, {"a": 1})
    assert event_type(Grown(a=1)) == "test.grown"
    assert registered()["test.grown"] == 3


def test_old_shapes_are_brought_up_step_by_step() -> None:
    assert decode("test.grown", 1, {"x": 1}) == Grown(a=1, b="two")
    assert decode("test.grown", 2, {"a": 1}) == Grown(a=1, b="two")
    assert decode("test.grown", 3, {"a": 1}) == Grown(a=1)


def test_an_unknown_event_is_never_passed_over() -> None:
    with pytest.raises(UnknownNameError):
        decode("test.nobody", 1, {})
    with pytest.raises(UnknownNameError):
        decode("test.gap", 1, {})
    with pytest.raises(UnknownNameError):
        encode(object())


def test_an_event_of_a_newer_release_is_not_read_as_todays() -> None:
    """After a step back to an older release: stop, before a field it lacks is lost."""
    with pytest.raises(UnknownNameError, match="version 4"):
        decode("test.grown", 4, {"a": 1})
    with pytest.raises(UnknownNameError):
        decode("test.grown", 0, {"a": 1})


def test_data_of_another_shape_is_a_broken_stream() -> None:
    with pytest.raises(StreamBrokenError):
        decode("test.grown", 3, {"a": "x"})


def test_a_name_or_step_stands_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        event("test.grown")(Grown)
    with pytest.raises(ValueError, match="two ways"):
        upcast("test.grown", from_version=1)(_first)


def test_ids_follow_from_what_they_name() -> None:
    assert command_id("t", "c", "k") == command_id("t", "c", "k")
    names = {
        command_id("t", "c", "k"), command_id("tc", "", "k"), event_id("c", 0), event_id("c", 1),
        lapse_id("c", "k", 1), lapse_id("c", "k", 2),
    }  # fmt: skip
    assert len(names) == 6
