"""What a person is told of a run that failed, stands still or goes round: why, and what to give."""

import pytest

from domain.process.advice import Hint, hints
from domain.process.model import Definition
from domain.process.script import parse_script
from domain.process.simulate import simulate
from tests.process.drawn import (
    Part,
    boundary,
    catch,
    condition,
    draw,
    end,
    error,
    event_gateway,
    exclusive,
    message,
    multi,
    parallel,
    receive,
    signal,
    start,
    task,
    timer,
    user,
)

ENDS = {"s": start(), "e": end()}


def told(model: Definition, **given: object) -> list[Hint]:
    return list(hints(model, simulate(model, parse_script(model, given))))


def opens(model: Definition, hint: Hint) -> str:
    """How the run ends with what the hint says to give."""
    return simulate(model, parse_script(model, dict(hint.given or {}))).status


def test_a_run_that_goes_round_is_told_its_circle_and_every_way_out() -> None:
    model = draw("s > x > g > c > e; g > t > a > x; d > f", s=start(), e=end(), f=end(),
                 x=exclusive(), g=event_gateway(), c=catch(message("m")), t=catch(timer("P1D")),
                 a=task(), d=boundary("a", error("E")))  # fmt: skip
    circle, by_message, by_error = told(model)
    assert circle.en.startswith("it goes round and round: ")
    assert all(f"{one} 环节" in circle.zh for one in "xgta")
    assert by_message.given == {"arrivals": [{"message": "m"}]}
    assert by_error.given == {"jobs": {"a": [{"error": "E"}]}}
    assert [opens(model, one) for one in (by_message, by_error)] == ["completed", "completed"]


def test_a_choice_that_never_leads_out_names_its_conditions_and_variables() -> None:
    model = draw("s > a > x > [n > 3] e; x > a*", a=user(), x=exclusive(), **ENDS)
    _, way = told(model)
    assert (way.zh, way.given) == ("x 环节 → e 环节：须使 n > 3 成立（变量：n）", None)
    assert way.en == "x 环节 → e 环节: n > 3 must hold (variables: n)"
    back = draw("s > a > x > [n = null] a; x > e*", a=user(), x=exclusive(), **ENDS)
    assert "none of n = null may hold" in told(back)[1].en


def test_an_activity_that_is_done_too_soon_for_its_timer_is_named() -> None:
    model = draw("s > a > a2 > a; d > e", a=user(), a2=user(), d=boundary("a", timer("P9D")),
                 **ENDS)  # fmt: skip
    _, hint = told(model)
    assert "must take longer than P9D" in hint.en
    assert opens(model, hint) == "completed"


@pytest.mark.parametrize(
    ("awaits", "given"),
    [
        (catch(message("m")), {"arrivals": [{"message": "m"}]}),
        (catch(signal("g")), {"arrivals": [{"signal": "g"}]}),
        (receive("m"), {"arrivals": [{"message": "m"}]}),
    ],
)
def test_a_run_that_stands_still_is_told_what_it_waits_for(
    awaits: Part, given: dict[str, object]
) -> None:
    model = draw("s > c > e", c=awaits, **ENDS)
    (hint,) = told(model)
    assert hint.given == given
    assert opens(model, hint) == "completed"


def test_a_choice_of_events_is_told_way_by_way() -> None:
    model = draw("s > w > c > e; w > d > f", w=event_gateway(), c=catch(message("m")),
                 d=catch(signal("g")), f=end(), **ENDS)  # fmt: skip
    assert [opens(model, one) for one in told(model)] == ["completed", "completed"]


def test_conditions_joins_and_work_without_end_are_told_too() -> None:
    awaits = draw("s > c > e", c=catch(condition("n = 1")), **ENDS)
    assert "n = 1 must hold (variables: n)" in told(awaits)[0].en
    joins = draw("s > f > a > j > e; f > b > j", f=parallel(), j=parallel(), a=user(), b=user(),
                 **ENDS)  # fmt: skip
    work, join = told(joins, jobs={"a": [{"wait": "forever"}]})
    assert (work.en, join.en) == ("a 环节: its work never ends",
                                  "j 环节: the tokens that came wait for others")  # fmt: skip


def test_a_run_that_failed_is_told_where_and_why() -> None:
    choice = draw("s > x > [n = 1] e; x > [n = 2] e2", x=exclusive(), e2=end(), **ENDS)
    (hint,) = told(choice)
    assert hint.zh == "x 环节：没有一条出路可走，n = 1; n = 2 都不成立（变量：n）"
    assert hint.en == "x 环节: no way may be taken, none of n = 1; n = 2 holds (variables: n)"
    counted = draw("s > a > e", a=user(multi("n")), **ENDS)
    assert "a 环节: its count is no natural number" in told(counted)[0].en
    assert "more steps than one run may take" in told(counted, variables={"n": 10_001})[0].en
    line = draw("s > a > e", a=user(), **ENDS)
    assert "catches the error E" in told(line, jobs={"a": [{"error": "E"}]})[0].en
    waits = draw("s > c > e", c=catch(timer("law:x.y")), **ENDS)
    assert "the law book has no rule" in told(waits)[0].en


def test_a_run_that_ended_well_needs_no_advice() -> None:
    assert told(draw("s > a > e", a=user(), **ENDS)) == []
