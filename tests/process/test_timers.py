"""Timers: catch events, boundary events, cycles, start events, terms of the law book."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel.errors import EngineError
from domain.process import game
from domain.process.timers import FOREVER, Span, TimerSpec, parse_span, parse_timer, span_text
from tests.process.drawn import (
    boundary,
    catch,
    draw,
    end,
    play,
    start,
    task,
    timer,
    user,
    wait_at,
    waiting,
)

NOON = datetime(2024, 1, 31, 12, tzinfo=UTC)


def test_a_catching_timer_waits_and_fires() -> None:
    model = draw("s > c > a > e", s=start(), c=catch(timer("P3D")), a=user(), e=end())
    first = game.begin(model, "p", {})
    (wait,) = first.opened
    assert (wait.kind, wait.timer) == ("timer", TimerSpec("duration", "P3D"))
    move = game.fire(model, first.marking, wait.id, {})
    assert waiting(move) == ["a"]
    assert move.closed[0].how == "fired"


def test_only_events_fire() -> None:
    model = draw("s > a > e", s=start(), a=user(), e=end())
    first = game.begin(model, "p", {})
    with pytest.raises(EngineError):
        game.fire(model, first.marking, wait_at(first, "a"), {})


DEADLINE = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=task(), f=end(),
                d=boundary("a", timer("P7D")))  # fmt: skip


def test_an_interrupting_deadline_cancels_its_task() -> None:
    first = game.begin(DEADLINE, "p", {})
    assert [wait.element for wait in first.opened] == ["d", "a"]
    assert first.opened[0].attached_to == first.opened[1].id
    move = game.fire(DEADLINE, first.marking, wait_at(first, "d"), {})
    assert waiting(move) == ["b"]
    assert {(one.wait.element, one.how) for one in move.closed} == {
        ("d", "fired"),
        ("a", "cancelled"),
    }


def test_a_task_done_in_time_closes_its_deadline() -> None:
    first = game.begin(DEADLINE, "p", {})
    move = game.complete(DEADLINE, first.marking, wait_at(first, "a"), {})
    assert move.ended
    assert {(one.wait.element, one.how) for one in move.closed} == {
        ("d", "cancelled"),
        ("a", "completed"),
    }


def test_a_deadline_beats_a_completion_at_the_same_instant() -> None:
    assert play(DEADLINE, jobs={"a": [{"wait": "P7D"}]}).trace == ("b",)
    assert play(DEADLINE, jobs={"a": [{"wait": "P6DT23H59M59S"}]}).trace == ("a",)


def test_a_deadline_in_the_past_beats_a_task_that_would_be_done_at_once() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=task(), f=end(),
                 d=boundary("a", timer("2020-01-01T00:00:00+08:00")))  # fmt: skip
    assert play(model).trace == ("b",)


def test_a_deadline_that_does_not_interrupt_leaves_the_task_open() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=task(), f=end(),
                 d=boundary("a", timer("P7D"), interrupting=False))  # fmt: skip
    first = game.begin(model, "p", {})
    move = game.fire(model, first.marking, wait_at(first, "d"), {})
    assert waiting(move) == ["a", "b"]
    assert move.marking.at("d") == ()
    assert play(model, jobs={"a": [{"wait": "P9D"}]}).trace == ("b", "a")


def test_a_cycle_fires_as_often_as_it_says() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=task(), f=end(),
                 d=boundary("a", timer("R3/PT10S"), interrupting=False))  # fmt: skip
    played = play(model, jobs={"a": [{"wait": "PT60S"}]})
    assert played.trace == ("b", "b", "b", "a")
    assert [line.at.seconds for line in played.log if line.what == "fired"] == [10, 20, 30]


def test_each_firing_of_a_catching_cycle_lets_one_token_through() -> None:
    model = draw("s > c > a > e", s=start(), c=catch(timer("R4/PT10S")), a=task(), e=end())
    played = play(model)
    assert played.trace == ("a",) * 4
    assert played.clock == timedelta(seconds=40)


def test_an_endless_cycle_goes_on_until_the_clock_stops() -> None:
    model = draw("s > c > a > e", s=start(), c=catch(timer("R/P1D")), a=task(), e=end())
    played = play(model, until="P5D")
    assert (played.status, len(played.trace), played.open) == ("running", 5, ("c",))


def test_a_process_that_a_timer_starts_waits_for_it() -> None:
    model = draw("s > a > e", s=start(timer("P1D")), a=task(), e=end())
    played = play(model)
    assert (played.trace, played.clock) == (("a",), timedelta(days=1))


def test_a_law_timer_is_asked_of_the_law_book() -> None:
    model = draw("s > a > e; d > f", s=start(), a=user(), e=end(), f=end(),
                 d=boundary("a", timer("law:filing.acceptance")))  # fmt: skip
    first = game.begin(model, "p", {})
    assert first.opened[0].timer == TimerSpec("law", "filing.acceptance")
    assert str(first.opened[0].timer) == "law:filing.acceptance"
    asked: list[str] = []

    def law(key: str, at: datetime) -> datetime:
        asked.append(key)
        return at + timedelta(days=9)

    played = play(model, law=law, jobs={"a": [{"wait": "forever"}]})
    assert (asked, played.clock) == (["filing.acceptance"], timedelta(days=9))
    assert play(model, jobs={"a": [{"wait": "P1D"}]}).error == "law.no_rule"


def test_a_time_beyond_the_calendar_ends_the_run_as_an_error() -> None:
    model = draw("s > c > e", s=start(), c=catch(timer("P9999Y")), e=end())
    assert play(model).status == "error"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("P1M", datetime(2024, 2, 29, 12, tzinfo=UTC)),
        ("P1Y1M", datetime(2025, 2, 28, 12, tzinfo=UTC)),
        ("P1W", datetime(2024, 2, 7, 12, tzinfo=UTC)),
        ("P1DT1H1M1.5S", datetime(2024, 2, 1, 13, 1, 1, 500_000, tzinfo=UTC)),
    ],
)
def test_durations_count_in_the_calendar(text: str, due: datetime) -> None:
    assert parse_timer("duration", text).due(NOON) == due


@pytest.mark.parametrize("text", ["P", "PT", "P1DT", "1D", "P1X", "P1.5M", "five days", "", "P-1D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_span(text)


@pytest.mark.parametrize("text", ["R4", "R0/PT1S", "R/PT0S", "R4/PT1S/PT1S/PT1S", "4/PT1S", "R/x"])
def test_what_is_no_cycle_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_timer("cycle", text)


def test_a_cycle_may_name_its_first_firing() -> None:
    spec = parse_timer("cycle", "R2/2024-03-01T00:00:00+00:00/P1D")
    first = spec.due(NOON)
    later = spec.next()
    assert first == datetime(2024, 3, 1, tzinfo=UTC)
    assert later is not None
    assert later.due(first) == datetime(2024, 3, 2, tzinfo=UTC)
    assert later.next() is None


def test_an_endless_cycle_has_a_next_for_ever() -> None:
    spec = parse_timer("cycle", "R/PT1H")
    assert spec.left == FOREVER
    assert spec.next() == spec


def test_a_date_without_offset_is_meant_in_china() -> None:
    spec = parse_timer("date", "2024-05-10T00:00:00")
    assert spec.due(NOON) == datetime(2024, 5, 9, 16, tzinfo=UTC)
    assert parse_timer("date", '"2024-05-10"').kind == "date"


def test_the_law_book_alone_says_when_a_law_timer_is_due() -> None:
    with pytest.raises(ValueError, match="law book"):
        TimerSpec("law", "filing.acceptance").due(NOON)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=12), "P12D"),
        (timedelta(days=1, hours=2, minutes=3, seconds=4), "P1DT2H3M4S"),
        (timedelta(milliseconds=1500), "PT1.5S"),
    ],
)
def test_lengths_of_time_are_written_as_durations(length: timedelta, text: str) -> None:
    assert span_text(length) == text
    assert parse_span(text) == Span(0, length)
