"""The expression language: what it says, what it answers null to, what it refuses."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from domain.process.feel import ExpressionError, Value, compile_expression
from domain.process.feel.functions import FUNCTIONS
from domain.process.feel.values import Months

KNOWN: dict[str, Value] = {
    "n": 4, "text": "abc", "yes": True, "none": None, "list": [1, 2, 3], "办理结果": "通过",
    "day": date(2024, 5, 10), "context": {"a": 1}, "amount": Decimal("2.50"),
    "at": datetime(2024, 5, 10, 8, 30),  # noqa: DTZ001  – a local time on purpose
}  # fmt: skip


def value(text: str) -> Value:
    return compile_expression(text).evaluate(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "0.1 + 0.2 = 0.3", "1 + 2 * 3 = 7", "(1 + 2) * 3 = 9", "-n = -4", "7 / 2 = 3.5",
        "n - -1 = 5",
        "n > 3 and n <= 4", "n = 4 or none", "not(n = 5)", "n != 5", "text = \"abc\"", "true",
        "yes",
        "n between 1 and 4", "n in [1..4]", "n in (3..5)", "n in ]3..4]", "not(n in (4..5])",
        "n in (1, 4, 9)", "n in (> 9, <= 4)", "n in (>= 4)", "n in list or n in [4, 5]",
        "2 in list",
        "n in < 5", "办理结果 = \"通过\"", "if n > 3 then yes else false",
        "if none then false else true", "[1, 2] = [1, 2]", "[1] != [2]", "{a: 1} = {\"a\": 1}",
        "{a: 1} = context", "contains(text, \"b\")", "starts with(text, \"ab\")",
        "ends with(text, \"bc\")", "string length(text) = 3", "upper case(text) = \"ABC\"",
        "lower case(\"X\") = \"x\"", "substring(text, 2) = \"bc\"",
        "substring(text, -2, 1) = \"b\"",
        "substring before(text, \"c\") = \"ab\"", "substring after(text, \"a\") = \"bc\"",
        "string(2.50) = \"2.5\"", "string(yes) = \"true\"", "string(day) = \"2024-05-10\"",
        "string(\"x\") = \"x\"", "number(\"1.5\") = 1.5", "count(list) = 3", "sum(list) = 6",
        "sum(1, 2) = 3", "mean(list) = 2", "min(list) = 1", "max(1, 5, 2) = 5", "all([yes, true])",
        "any([false, yes])", "list contains(list, 2)", "not(list contains(list, 9))",
        "count(distinct values([1, 2, 1])) = 2", "get value(context, \"a\") = 1",
        "get value(context, \"b\") = null", "abs(-3) = 3",
        "abs(duration(\"-P1D\")) = duration(\"P1D\")",
        "floor(2.7) = 2", "ceiling(2.1) = 3", "decimal(2.345, 2) = 2.34", "modulo(-7, 3) = 2",
        "floor(-1.234, 2) = -1.24", "is defined(n)", "not(is defined(missing))", "none = null",
        "day = date(\"2024-05-10\")", "day = date(2024, 5, 10)", "date(at) = day",
        "day < @\"2024-05-11\"",
        "day + duration(\"P1D\") = date(\"2024-05-11\")",
        "day - date(\"2024-05-01\") = duration(\"P9D\")",
        "date(\"2024-01-31\") + duration(\"P1M\") = date(\"2024-02-29\")",
        "day - duration(\"P1M\") = date(\"2024-04-10\")", "at - at = duration(\"PT0S\")",
        "duration(\"P1Y\") + day = date(\"2025-05-10\")", "duration(\"P1Y\") > duration(\"P11M\")",
        "duration(\"P1D\") * 2 = duration(\"P2D\")", "2 * duration(\"P1M\") = duration(\"P2M\")",
        "duration(\"P2D\") / 2 = duration(\"P1D\")", "duration(\"P2D\") / duration(\"P1D\") = 2",
        "duration(\"P1D\") + duration(\"PT12H\") = duration(\"PT36H\")",
        "duration(\"P1Y\") - duration(\"P1M\") = duration(\"P11M\")",
        "duration(\"P2M\") + duration(\"P1M\") = duration(\"P3M\")",
        "duration(\"P2D\") - duration(\"P1D\") = duration(\"P1D\")",
        "-duration(\"P1D\") < duration(\"PT0S\")",
        "year(day) = 2024", "month(day) = 5", "day(day) = 10", "day of week(day) = \"Friday\"",
        "date and time(\"2024-05-10T08:30:00\") = at",
        "date and time(day, time(\"08:30:00\")) = at",
        "time(at) = time(\"08:30:00\")", "time(\"08:00:00\") < time(\"09:00:00\")",
        "years and months duration(@\"2024-01-31\", @\"2025-03-01\") = @\"P1Y1M\"",
        "years and months duration(@\"2025-03-01\", @\"2024-01-31\") = @\"-P1Y1M\"",
        "@\"PT1H\" = duration(\"PT1H\")", "@\"08:00:00\" < @\"08:00:01\"", "\"a\" + \"b\" = \"ab\"",
        "\"a\\\"b\\n\" != \"ab\"", "abs(@\"-P1M\") = @\"P1M\"", "amount = 2.5", "\"a\" < \"b\"",
        "@\"2024-05-10T08:30:00\" = at", "@\"2024-05-10T08:30:00\" >= at",
    ],
)  # fmt: skip
def test_these_are_true(text: str) -> None:
    assert value(text) is True
    assert compile_expression(text).holds(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "missing", "n + text", "text - 1", "text * 2", "text / 2", "n / 0", "1 = \"1\"", "list = 1",
        "context = 1", "n < text", "missing < 1", "none and true", "none or false", "not(none)",
        "not(1)",
        "-text", "contains(n, \"a\")", "string length(none)", "substring(text, 0)",
        "substring(n, 1)",
        "substring(text, 1, 0)", "string(list)", "string(none)", "number(\"x\")",
        "number(\"Infinity\")",
        "number(n)", "count(none)", "sum([])", "sum([1, text])", "min([])", "max([1, text])",
        "mean([])",
        "distinct values(none)", "list contains(none, 1)", "for x in none return x",
        "for x in n return x", "for x in 1..2.5 return x", "some x in none satisfies true",
        "add working days(day, 1)", "working days(day, day)", "is working day(day)",
        "get value(n, \"a\")", "abs(text)",
        "floor(text)",
        "floor(1, 99)", "modulo(1, 0)", "modulo(text, 1)", "modulo(n, none)",
        "date(\"x\")", "date(\"2024-02-30\")", "date(2024, 2, 30)", "date(2024)",
        "date(n, none, 1)",
        "time(\"x\")", "time(n)", "time(\"25:00\")", "date and time(\"x\")",
        "date and time(\"2024-13-01T00:00\")",
        "date(\"2024-W19-4\")", "date(\"20240510\")",
        "date and time(\"2024-W19-4T08:30:00\")", "date and time(\"2024-05-10T0830\")",
        "date and time(\"2024-05-10T0830+08:00\")", "date and time(\"2024-05-10T08+08:00\")",
        "time(\"0830+08:00\")", "time(\"T08:30:00\")", "time(\"08:30:00,5\")",
        "duration(\"x\")", "duration(n)", "duration(\"P1MT1S\")", "years and months duration(n, n)",
        "year(n)", "day of week(n)", "day + 1", "day - at", "at - day", "day + day", "n in text",
        "time(\"08:00:00\") < time(\"08:00:00Z\")", "@\"P1D\" + @\"P1M\"", "@\"P1D\" - @\"P1M\"",
        "n between none and none",
        "date(\"9999-12-31\") + duration(\"P1D\")",
        "number(\"1\" + string(n) + \"000000000000000000000000000000000000000\")",
        "all([true, none])", "any([none, false])", "upper case(n)", "n - day",
    ],
)  # fmt: skip
def test_these_have_no_answer(text: str) -> None:
    assert value(text) is None
    assert not compile_expression(text).holds(KNOWN)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("false and none", False), ("none and false", False), ("true or none", True),
        ("[n, text]", [Decimal(4), "abc"]), ("{a: n}", {"a": Decimal(4)}), ("all([])", True),
        ("any([])", False), ("list = [1, 2]", False), ("[1] = [none]", False), ("none = 1", False),
        ("7 / 4", Decimal("1.75")), ("9 in list", False), ("[]", []), ("{}", {}),
        ("substring before(text, \"\")", ""), ("substring after(text, \"\")", "abc"),
        ("1 in [none]", False), ("count(n)", Decimal(1)), ("reverse(n)", [Decimal(4)]),
        ("n in (none, 9)", False), ("\"x\\\\y\"", "x\\y"), ("-@\"P2M\"",
        Months(-2)),
        ("@\"P1D\"", timedelta(days=1)), ("@\"08:00:00\"", time(8)),
    ],
)  # fmt: skip
def test_these_have_an_answer(text: str, answer: Value) -> None:
    assert value(text) == answer


def test_division_keeps_34_digits() -> None:
    assert str(value("1 / 3")) == "0." + "3" * 34


@pytest.mark.parametrize(
    "text",
    [
        "", "1 +", "a.b", "test.length > 1", "().__class__", "a[1]", "2 ** 3", "a < b < c",
        "'text'",
        "\"open", "for x in list", "some x satisfies x", "for in list return 1",
        "function(x) x", "x => x",
        "? > 1", "for x.y in list return 1",
        "a; b", "import os", "{a}", "lambda: 1", "@\"tomorrow\"", "contains(text)", "not()",
        "a == b",
        "a && b", "a\u0000", "\"a\nb\"", "1e400", "`a`", "$a",
    ],
)  # fmt: skip
def test_what_is_not_in_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text)
    assert refused.value.rule == "expression.syntax"


@pytest.mark.parametrize(
    "text", ["exec(\"x\")", "eval(text)", "matches(text, \"(a+)+$\")", "__import__(\"os\")",
    "now()"]
)  # fmt: skip
def test_a_function_that_is_not_in_the_list_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text)
    assert refused.value.rule == "expression.function"


@pytest.mark.parametrize(
    "text",
    ["(-" * 100 + "1" + ")" * 100, "not(" * 60 + "true" + ")" * 60, "-" * 100 + "1",
    "+".join("1" * 900),
     "1 " * 2000, "[" * 1500, "if a then " * 150 + "b" + " else c" * 150],
)  # fmt: skip
def test_expressions_that_are_too_large_are_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text)


def test_a_function_refuses_lists_that_are_too_long() -> None:
    long = {"list": list(range(10_001))}
    assert compile_expression("sum(list)").evaluate(long) is None
    assert compile_expression("list contains(list, 1)").evaluate(long) is None
    assert compile_expression("distinct values(list)").evaluate(long) is None


def test_numbers_too_large_are_no_answer() -> None:
    large = {"x": Decimal("9e6000"), "small": Decimal("1e-6000")}
    assert compile_expression("x * x").evaluate(large) is None
    assert compile_expression("x / small").evaluate(large) is None
    assert compile_expression("modulo(x, small)").evaluate(large) is None
    assert compile_expression("string(x)").evaluate(large) is None
    assert compile_expression("floor(x)").evaluate(large) is None
    assert compile_expression("sum([9.9, x])").evaluate({"x": Decimal("9.9e6144")}) is not None


@pytest.mark.parametrize(
    "text",
    ["-x", "-y", "-longest", "@\"2024-05-10\" - longest",
     "@\"P1M\" * x", "x * @\"P1M\"", "@\"P1M\" * y",
     "month + month",
     "-month - month", "for i in x..1 return i", "for i in 1..y return i",
     "some i in x..y satisfies i = 1", "date(x, 1, 1)", "floor(1, y)"],
)  # fmt: skip
def test_what_is_beyond_any_range_is_no_answer(text: str) -> None:
    far = {"x": Decimal("-1e999999"), "y": Decimal("9e1000000"), "longest": timedelta.max,
           "month": Months(99_999_999)}  # fmt: skip
    assert compile_expression(text).evaluate(far) is None


def test_the_last_month_of_the_calendar_has_31_days() -> None:
    assert value('@"9999-12-01" + @"P30D" = @"9999-12-31"') is True
    assert value('@"9999-11-30" + @"P1M" = @"9999-12-30"') is True


def test_an_expression_names_the_variables_it_reads() -> None:
    assert compile_expression('a > 1 and contains(b, "x") or b = null').names == {"a", "b"}
    assert compile_expression("1 = 1") == compile_expression("1 = 1")


def test_every_function_answers_null_to_nulls() -> None:
    for name, function in FUNCTIONS.items():
        if name in ("is defined", "list contains"):
            continue
        arguments = ", ".join(["null"] * function.least)
        assert compile_expression(f"{name}({arguments})").evaluate({}) is None
