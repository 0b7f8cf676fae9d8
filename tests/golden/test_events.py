"""What was recorded is read for ever: shapes of events only grow, old streams fold as they did."""

import copy

import pytest

from tests.golden.events import Golden, breaches, kept, shapes, state_of, text, today


@pytest.fixture
def golden() -> Golden:
    return copy.deepcopy(kept())


def test_every_event_and_its_version_stand_in_the_golden_file(golden: Golden) -> None:
    """When this fails, look at what `make golden` shows before it writes."""
    for name, versions in shapes().items():
        for version, shape in versions.items():
            assert golden["shapes"][name][version] == shape, name
    assert text(today(golden)) == text(golden)


def test_nothing_released_became_unreadable(golden: Golden) -> None:
    assert list(breaches(golden, today(golden))) == []


def test_the_golden_stream_folds_into_the_golden_state(golden: Golden) -> None:
    assert state_of(golden["stream"]) == golden["state"]
    assert len({one["type"] for one in golden["stream"]}) > 20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda g: g["shapes"].pop("case.noted"), "case.noted is gone"),
        (lambda g: g["shapes"]["case.noted"]["1"].pop("text"), "text is gone"),
        (lambda g: g["shapes"]["case.noted"]["1"]["text"].update(type="int"), "another shape"),
        (lambda g: g["shapes"]["case.noted"]["1"].update(by={"type": "str"}), "no default"),
        (lambda g: g["shapes"]["filing.submitted"]["1"]["scope"]["of"]["ScopeItem"].pop("job"),
         "scope has another shape"),
        (lambda g: g["state"].update(stage="x"), "raise FOLD"),
    ],
)  # fmt: skip
def test_a_change_that_breaks_old_events_is_refused(
    golden: Golden, change: object, said: str
) -> None:
    changed = copy.deepcopy(golden)
    assert callable(change)
    change(changed)
    found = list(breaches(golden, changed))
    assert len(found) == 1
    assert said in found[0]


def test_a_new_field_with_a_default_is_the_same_version(golden: Golden) -> None:
    changed = copy.deepcopy(golden)
    changed["shapes"]["case.noted"]["1"]["by"] = {"type": "str", "default": "''"}
    assert list(breaches(golden, changed)) == []
