"""The fold raises where a stream does not hold together; it never passes anything over."""

from dataclasses import dataclass, replace

import pytest

from domain.case import events as e
from domain.case.envelope import Recorded
from domain.case.evolve import case_from_json, case_to_json, evolve, fold
from domain.case.numbers import case_series_of, letter_series_of
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.events import event
from domain.procedures.filing import facts
from domain.procedures.table import procedure
from tests.examples.filing import TO_EXAMINE, TO_SUPPLEMENT
from tests.spec.driver import Given, given


@event("test.foreign")
@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """An event of no procedure."""


def stream(past: Given) -> list[Recorded]:
    """Return the events of a case."""
    return past.office.streams["a"]


def test_an_empty_stream_is_no_case() -> None:
    assert fold([]) is None


def test_a_stream_begins_with_its_opening_once() -> None:
    events = stream(given(*TO_EXAMINE))
    with pytest.raises(StreamBrokenError, match=r"before case\.opened"):
        fold(events[1:])
    with pytest.raises(StreamBrokenError, match="twice"):
        fold([*events, replace(events[0], version=6)])


def test_versions_have_no_gap() -> None:
    events = stream(given(*TO_EXAMINE))
    with pytest.raises(StreamBrokenError, match="follows"):
        fold([*events[:2], *events[3:]])


@pytest.mark.parametrize(
    "event_",
    [
        e.TaskCompleted(task="t-9"),
        e.TaskCancelled(task="t-9"),
        e.DeadlineMet(deadline="d-9", key="k"),
        e.NoticeRendered(notice="n-9", digest="x"),
        e.CaseEnded(status="received"),
        e.TaskCompleted(task="t-1"),  # done already
    ],
)
def test_an_event_about_what_is_not_there_breaks_the_stream(event_: object) -> None:
    past = given(*TO_SUPPLEMENT)
    meta = stream(past)[-1].meta
    with pytest.raises(StreamBrokenError):
        evolve(past.case, event_, meta, past.case.version + 1)


def test_what_was_never_suspended_is_not_resumed() -> None:
    past = given(*TO_EXAMINE)
    clock = past.case.deadlines[0]
    assert clock.due is not None
    assert clock.effective is not None
    resumed = e.DeadlineResumed(
        deadline=clock.id, key=clock.key, due=clock.due, effective=clock.effective, calendar="x"
    )
    with pytest.raises(StreamBrokenError, match="never suspended"):
        evolve(past.case, resumed, stream(past)[-1].meta, past.case.version + 1)


def test_an_event_of_nobody_is_never_passed_over() -> None:
    past = given(*TO_EXAMINE)
    with pytest.raises(UnknownNameError):
        evolve(past.case, Foreign(), stream(past)[-1].meta, past.case.version + 1)
    with pytest.raises(UnknownNameError):
        facts.fold(facts.Filing(), Foreign(), stream(past)[-1].meta)
    with pytest.raises(UnknownNameError):
        facts.variables(object())
    assert facts.amount(object(), "filing.supplement") is None


def test_a_refusal_in_the_stream_changes_nothing_but_the_version() -> None:
    past = given(*TO_EXAMINE)
    refused = e.CommandRefused(command="filing.approve", code="x")
    after = evolve(past.case, refused, stream(past)[-1].meta, past.case.version + 1)
    assert after == replace(past.case, version=past.case.version + 1)


def test_a_folded_case_of_another_shape_is_not_read() -> None:
    written = case_to_json(given(*TO_EXAMINE).case)
    with pytest.raises(StreamBrokenError):
        case_from_json({**written, "status": "singing"})
    with pytest.raises(UnknownNameError):
        case_from_json({**written, "procedure": "singing"})
    with pytest.raises(UnknownNameError):
        procedure("singing")


def test_only_our_numbers_belong_to_our_series() -> None:
    assert case_series_of("430100-BA-2024-000017") == ("case:430100:BA:2024", 17)
    assert letter_series_of("案卷〔2024〕7号") == ("letter:案卷:2024", 7)
    with pytest.raises(ValueError, match="no number of ours"):
        case_series_of("7")
