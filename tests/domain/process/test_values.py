"""Variables, forms and replies of plain processes: read strictly, kept without fractions."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies

from domain.kernel.canonical import LARGEST, canonical
from domain.kernel.json import Json
from domain.kernel.times import CST
from domain.procedures.process.forms import entered
from domain.procedures.process.replies import read_reply, told
from domain.procedures.process.values import kept, known, unnameable
from domain.process.feel.values import Months
from domain.process.model import Field, Output
from domain.web import NoAnswer, Reply

VALUES: tuple[Any, ...] = (
    None, True, "text", 7, Decimal("12.50"), Decimal(LARGEST) * 10, date(2024, 5, 10),
    datetime(2024, 5, 10, 8, 30, tzinfo=CST), time(8, 30), timedelta(days=3, hours=1), Months(14),
    timedelta(days=5_000_000, seconds=1), timedelta.max, timedelta(),
    timedelta(days=-4), timedelta(microseconds=-1), timedelta.min,
    [1, [Decimal("0.1")]], {"a": {"b": date(2024, 5, 10)}},
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_was_kept(value: object) -> None:
    stored = kept(value)
    canonical(stored)  # JSON that can be hashed
    assert known(stored) == value


@given(strategies.timedeltas())
def test_a_span_comes_back_whichever_way_it_runs(span: timedelta) -> None:
    assert known(kept(span)) == span


@pytest.mark.parametrize(
    "made",
    [{"$date": "x"}, {"$decimal": "NaN"}, {"$decimal": "x"}, {"$months": [1]},
     {"$span": "x"}, {"$span": ""}, {"$span": "P"}, {"$span": "PD"}, {"$span": "-P"},
     {"$span": "P4DT"}, {"$instant": {"$date": "x"}}, {"$time": None}],
    ids=repr,
)  # fmt: skip
def test_a_context_that_only_looks_like_a_mark_of_ours_stays_a_context(made: Json) -> None:
    assert known(kept(made)) == made


def test_a_number_without_a_fraction_is_kept_as_a_whole_one() -> None:
    assert kept(Decimal("3.00")) == 3


@pytest.mark.parametrize("name", ["", "1st", "a b", "a-b", "$decimal", "x" * 81])
def test_a_variable_that_no_expression_could_name_is_refused(name: str) -> None:
    assert unnameable({name: 1}, "/variables")


def test_nobody_sends_what_stands_for_a_number_of_ours() -> None:
    assert unnameable({"amount": {"$decimal": "not a number"}}, "/variables")
    assert unnameable({"list": [{"deep": {"$date": "x"}}]}, "/variables")
    assert not unnameable({"数量": 1, "snake_case": {"any thing": 2}}, "/variables")


FORM = (
    Field(name="amount", kind="number", required=True),
    Field(name="day", kind="date"),
    Field(name="size", kind="choice", options=("small", "large")),
    Field(name="count", kind="integer"),
    Field(name="agreed", kind="boolean"),
    Field(name="note"),
)


def test_a_form_takes_what_its_fields_say() -> None:
    sent: Json = {"amount": "12.50", "day": "2024-05-10", "size": "large", "count": 3, "note": ""}
    assert entered(FORM, sent) == {
        "amount": {"$decimal": "12.50"},
        "day": {"$date": "2024-05-10"},
        "size": "large",
        "count": 3,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount", "a lot"),
        ("amount", "NaN"),
        ("amount", "1e9"),
        ("amount", True),
        ("amount", None),
        ("day", "10 May"),
        ("day", "2024-02-30"),
        ("day", "2024-W01-1"),
        ("size", "huge"),
        ("count", "3"),
        ("count", True),
        ("agreed", "yes"),
        ("note", 7),
        ("other", "x"),
    ],
)
def test_a_form_names_the_field_that_is_wrong(name: str, value: Any) -> None:  # noqa: ANN401  – any JSON
    faults = entered(FORM, {"amount": 1, name: value})
    assert isinstance(faults, tuple)
    assert [one.pointer for one in faults] == [f"/data/{name}"]


def test_a_reply_sets_what_its_pointers_find() -> None:
    outputs = (
        Output("number", "/order/number"),
        Output("price", "/items/0/price"),
        Output("odd", "/a~1b"),
        Output("missing", "/nowhere/at/all"),
    )
    body = b'{"order": {"number": "R-7"}, "items": [{"price": 12.5}], "a/b": 1}'
    assert read_reply(Reply(status=201, body=body), outputs) == {
        "data": {"number": "R-7", "price": {"$decimal": "12.5"}, "odd": 1, "missing": None}
    }


@pytest.mark.parametrize("place", ["1" * 4301, "2", "01", "٠", "²", "-1", "+0", " 0", "1_0", ""])
def test_a_pointer_to_a_place_no_list_has_finds_nothing(place: str) -> None:
    reply = Reply(status=200, body=b'{"items": [7, 8]}')
    assert read_reply(reply, (Output("a", f"/items/{place}"),)) == {"data": {"a": None}}


@pytest.mark.parametrize(
    ("status", "body", "code", "final"),
    [
        (503, b"{}", "call.status", False),
        (429, b"{}", "call.status", False),
        (404, b"{}", "call.status", True),
        (302, b"", "call.status", True),
        (200, b"{", "call.reply_unreadable", True),
        (200, b"[" * 100_000, "call.reply_unreadable", True),
        (200, b'{"a": NaN}', "call.reply_unreadable", True),
        (200, b'{"a": {"$decimal": "x"}}', "call.reply_unreadable", True),
        (200, b'{"error": {"code": 1}}', "call.reply_unreadable", True),
        (200, b"\xff", "call.reply_unreadable", True),
        (200, b'{"a": "\\ud800"}', "call.reply_unreadable", True),
        (200, b'{"a": "\\u0000"}', "call.reply_unreadable", True),
        (200, b'{"a": {"\\ud800": 1}}', "call.reply_unreadable", True),
        (200, b'{"a": 1e999999999999}', "call.reply_unreadable", True),
        (200, b'{"a": 1e-9999}', "call.reply_unreadable", True),
        (200, b'{"a": ' + b"[" * 600 + b"]" * 600 + b"}", "call.reply_unreadable", True),
    ],
)
def test_a_reply_that_is_none_says_whether_to_ask_again(
    status: int,
    body: bytes,
    code: str,
    final: bool,  # noqa: FBT001  – a parameter of the test
) -> None:
    answer = read_reply(Reply(status=status, body=body), (Output("a", "/a"),))
    assert isinstance(answer, NoAnswer)
    assert (answer.code, answer.final) == (code, final)


def test_others_are_told_plain_json() -> None:
    value = {"n": Decimal("12.5"), "whole": Decimal(3), "day": date(2024, 5, 10), "list": [None]}
    assert told(value) == {"n": "12.5", "whole": 3, "day": "2024-05-10", "list": [None]}
