"""Two versions that differ in how their rarer elements run: never the same diagram."""

import pytest

from domain.process.difference import difference
from tests.process.drawn import (
    Part,
    ad_hoc,
    boundary,
    catch,
    compensate,
    complex_gateway,
    draw,
    end,
    message,
    multi,
    parallel,
    start,
    subprocess,
    task,
    throw,
    timer,
    transaction,
    undo,
    undoes,
    user,
)

SAME = {"s": start(), "e": end(), "a": user()}
TWO = message("m") + timer("P1D")
THROWN = '<bpmn:signalEventDefinition id="ev" signalRef="g"/>'
ONE = multi("2").replace(
    "Characteristics", 'Characteristics behavior="One" oneBehaviorEventRef="ev"', 1
)
NONE = ONE.replace("One", "None").replace("oneB", "noneB")
HANDLED = {"d": boundary("a", compensate()), "h": undo(), "k": undo()}


@pytest.mark.parametrize(
    ("flows", "before", "after", "what"),
    [
        ("s > a > e", {}, {"a": user("", 'startQuantity="2"')}, "running"),
        ("s > a > u > e", {"u": subprocess("b", b=task())}, {"u": transaction("b", b=task())},
         "running"),
        ("s > a > u > e", {"u": ad_hoc("", b=task())},
         {"u": ad_hoc("", 'ordering="Sequential" cancelRemainingInstances="false"', "n = 1",
                      b=task())}, "running"),
        ("s > f > a > j > e; f > j", {"f": parallel(), "j": complex_gateway()},
         {"j": complex_gateway("activationCount > 1")}, "running"),
        ("s > a > c > e", {"c": catch(TWO)},
         {"c": Part("intermediateCatchEvent", 'parallelMultiple="true"', TWO)}, "running"),
        ("s > a > t > e", {"t": throw(compensate())}, {"t": throw(compensate(waits=False))},
         "running"),
        ("s > a > e", {**HANDLED, "n": undoes("d", "h")}, {"n": undoes("d", "k")}, "running"),
        ("s > a > e; d > f", {"a": user(ONE), "d": boundary("a", THROWN), "f": end()},
         {"a": user(NONE)}, "loop"),
    ],
)  # fmt: skip
def test_a_change_of_how_it_runs_is_told(
    flows: str, before: dict[str, Part], after: dict[str, Part], what: str
) -> None:
    old = draw(flows, **SAME | before)
    new = draw(flows, **SAME | before | after)
    assert difference(old, old) == ()
    assert {one.what for one in difference(old, new)} == {what}
    assert all(one.before or one.after for one in difference(old, new))
