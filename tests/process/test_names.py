"""Names of messages and signals: one name means one thing, and what is thrown is caught."""

import pytest

from domain.process.faults import Fault
from infra.bpmn_xml.judging import judge
from tests.process.drawn import (
    Part,
    catch,
    end,
    event_subprocess,
    file,
    message,
    process,
    send,
    signal,
    start,
    throw,
)

RULES = frozenset(("message.name", "message.alike", "message.unheard"))
TWO = {"s": start(), "a": catch(message("m")), "b": catch(message("n")), "e": end()}


def found(data: bytes) -> list[tuple[str, str | None]]:
    """Return what a playable file is warned of concerning names, by rule and element."""
    verdict = judge(data, "test.bpmn", "played")
    assert verdict.ok, verdict.faults
    return [_place(one) for one in verdict.warnings if one.rule in RULES]


def _place(one: Fault) -> tuple[str, str | None]:
    assert one.line >= 1
    return one.rule, one.element


def two_called(first: str, second: str, **parts: Part) -> bytes:
    """Return a file that waits for two messages with these names."""
    roots = (
        f'<bpmn:message id="m" name="{first}"/>\n',
        f'<bpmn:message id="n" name="{second}"/>\n',
    )
    return file(*roots, process("s > a > b > e", **(TWO | parts)))


def thrown(inside: Part, *more: str) -> bytes:
    """Return a file whose process throws something."""
    return file(process("s > a > e", s=start(), a=inside, e=end()), *more)


def test_two_messages_of_one_name_are_not_deployed() -> None:
    data = two_called("paid", "paid")
    assert found(data) == [("message.name", "n")]
    faults = judge(data, "test.bpmn", "deployed").faults
    assert [(one.rule, one.element, one.line) for one in faults] == [("message.name", "n", 2)]


@pytest.mark.parametrize("other", ["Paid", "paid  ", "pa id", "ＰＡＩＤ"])
def test_names_that_look_alike_are_warned_of(other: str) -> None:
    rules = {rule for rule, _ in found(two_called("paid", other))}
    assert rules == ({"message.name"} if other.strip() == "paid" else {"message.alike"})


def test_different_names_and_names_nobody_uses_are_left_alone() -> None:
    assert found(two_called("paid", "refused")) == []
    unused = TWO | {"b": catch(message("m"))}
    assert found(two_called("paid", "paid", **unused)) == []


@pytest.mark.parametrize(
    "inside",
    [throw(message("m")), throw(signal("m")), send("m")],
    ids=["message", "signal", "send"],
)
def test_what_is_thrown_and_never_caught_is_warned_of(inside: Part) -> None:
    data = thrown(inside)
    assert found(data) == [("message.unheard", "a")]
    assert judge(data, "test.bpmn", "deployed").ok


def test_what_an_event_sub_process_or_another_process_catches_is_heard() -> None:
    handler = event_subprocess("x > y", x=start(message("m")), y=end())
    inside = process("s > a > e", s=start(), a=throw(message("m")), e=end(), h=handler)
    assert found(file(inside)) == []
    other = process("t > b > f", "q", t=start(), b=catch(message("m")), f=end())
    assert found(thrown(throw(message("m")), other)) == []


def test_what_leaves_by_a_message_flow_is_for_others_to_catch() -> None:
    pools = (
        '<bpmn:collaboration id="c"><bpmn:participant id="one" processRef="p"/>'
        '<bpmn:participant id="two"/>'
        '<bpmn:messageFlow id="mf" sourceRef="a" targetRef="two"/></bpmn:collaboration>'
    )
    assert found(thrown(throw(message("m")), pools)) == []


def test_a_catch_that_nothing_throws_to_hears_what_comes_from_outside() -> None:
    assert found(thrown(catch(message("m")))) == []
