"""Decision tables: what each hit policy answers, and when there is no answer."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from domain.process.dmn.types import text_of
from domain.process.feel import Value
from domain.process.feel.values import Months
from tests.process.tabled import play, read, table, value

SCALE = "n:number -> out:number"
TWICE = (SCALE, "> 5 | 1", "> 7 | 2", "< 3 | 3")


def test_a_unique_table_answers_by_the_one_row_that_hits() -> None:
    data = table(SCALE, "< 5 | 1", "[5..7) | 2", ">= 7 | 3")
    assert [value(data, {"n": n}) for n in (4, 5, 7)] == [1, 2, 3]


def test_two_hits_of_a_unique_table_are_no_answer() -> None:
    found = play(table(SCALE, "> a | 1", "> b | 2"), n=8, a=1, b=1)
    assert (found.trouble, found.hits, found.value) == ("decision.unique", (1, 2), None)
    assert found.detail == "rows 1, 2"


def test_hits_of_an_any_table_must_say_the_same() -> None:
    same = table(SCALE, "> 5 | 1", "> 7 | 1", policy="ANY")
    assert (play(same, n=8).value, play(same, n=8).hits) == (1, (1, 2))
    assert play(same, n=1).value is None
    found = play(table(SCALE, "> 5 | 1", "> 7 | x", policy="ANY"), n=8, x=2)
    assert (found.trouble, found.value) == ("decision.any", None)


def test_a_first_table_answers_by_the_first_hit() -> None:
    found = play(table("n:number -> out:number", "> 7 | 2", "> 5 | 1", policy="FIRST"), n=8)
    assert (found.value, found.hits, found.unmet) == (2, (1, 2), (None, None))


def test_rule_order_and_collect_answer_all_hits_as_a_list() -> None:
    assert value(table(*TWICE, policy="RULE ORDER"), {"n": 9}) == [1, 2]
    assert value(table(*TWICE, policy="COLLECT"), {"n": 9}) == [1, 2]
    assert value(table(*TWICE, policy="COLLECT"), {"n": 4}) == []


@pytest.mark.parametrize(
    ("aggregation", "hit", "missed"),
    [("SUM", 3, None), ("MIN", 1, None), ("MAX", 2, None), ("COUNT", 2, 0)],
)
def test_collect_may_answer_one_number(aggregation: str, hit: int, missed: int | None) -> None:
    data = table(*TWICE, policy="COLLECT", aggregation=aggregation)
    assert value(data, {"n": 9}) == hit
    assert value(data, {"n": 4}) == missed


def test_texts_have_no_sum() -> None:
    data = table("n:number -> out", '> 5 | "a"', '> 6 | "b"', policy="COLLECT", aggregation="SUM")
    assert play(data, n=9).trouble == "decision.output"


def test_several_outputs_are_a_context() -> None:
    data = table('n:number -> a:number=0, b:string="-"', '> 5 | 1 | "x"')
    assert value(data, {"n": 9}) == {"a": 1, "b": "x"}
    assert value(data, {"n": 1}) == {"a": 0, "b": "-"}


def test_without_a_hit_a_table_answers_its_default_or_null() -> None:
    assert value(table("n:number -> out:number=7", "> 5 | 1"), {"n": 1}) == 7
    assert value(table(SCALE, "> 5 | 1"), {"n": 1}) is None


def test_rows_that_do_not_hit_say_which_column_they_miss() -> None:
    data = table("n:number, yes:boolean -> out:number", "> 5 | true | 1", "- | false | 2")
    assert play(data, n=1, yes=True).unmet == (0, 1)
    assert play(data, n=9, yes=True).unmet == (None, 1)


@pytest.mark.parametrize(
    ("cell", "hit", "missed"),
    [
        ("-", [1, None, "a"], []), ("", [1, None], []), ("5", [5], [6, None, "5"]),
        ("5, 7", [5, 7], [6]), ("not(5, 7)", [6, None], [5, "a"]), ("not(> 5)", [5],
        [6, "a", None]),
        ("[5..7]", [5, 7], [4.0, 8]), ("(5..7)", [6], [5, 7]), ("]5..7]", [7], [5]),
        ("null", [None], [1]), ("[5, 7]", [5, 7], [6]), ("true", [True], [False, None, 1]),
        ("? > low and ? < 9", [6], [1, 9, None]), ("low", [2], [3]), ("low * 2", [4], [2]),
        ("!= 5", [6], [5]), ("some x in [5, 7] satisfies x = ?", [5], [6]),
        ("if low > 1 then ? = 1 else ? = 2", [1], [2]),
    ],
)  # fmt: skip
def test_cells_are_conditions_on_the_value(
    cell: str, hit: list[Value], missed: list[Value]
) -> None:
    data = read(table("n -> out:number", f"{cell} | 1", policy="COLLECT"))
    held = data.rows[0].tests[0]
    assert [one for one in hit if not held.holds(one, {"low": 2})] == []
    assert [one for one in missed if held.holds(one, {"low": 2})] == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", [1, Decimal("1.5"), None], ["1", True]), ("integer", [1], [Decimal("1.5")]),
        ("string", ["a"], [1]), ("boolean", [True], [1, "true"]),
        ("date", ["2024-05-10", date(2024, 5, 10)], ["tomorrow", "2024-05-10T08:00:00"]),
        ("time", ["08:00:00", time(8)], ["8"]), ("dateTime", ["2024-05-10T08:00:00"], ["x"]),
        ("dayTimeDuration", ["P1D", timedelta(1)], ["P1M"]), ("feel:string", ["a"], [1]),
        ("years and months duration", ["P1M", Months(1)], ["P1D"]), ("Any", [1, "a"], []),
    ],
)  # fmt: skip
def test_an_input_has_the_type_of_its_column(
    kind: str, good: list[Value], bad: list[Value]
) -> None:
    data = table(f"x:{kind} -> out:number", "- | 1")
    assert [play(data, x=one).trouble for one in good] == [None] * len(good)
    assert [play(data, x=one).trouble for one in bad] == ["decision.input"] * len(bad)


def test_a_text_is_read_as_a_date_where_the_column_is_one() -> None:
    data = table("on:date -> out:number", '< @"2024-05-10" | 1', '>= @"2024-05-10" | 2')
    assert value(data, {"on": "2024-05-11"}) == 2


def test_only_allowed_values_are_answered() -> None:
    data = table('kind:string{"a","b"} -> out:number', "- | 1")
    assert value(data, {"kind": "a"}) == 1
    assert value(data, {"kind": None}) == 1
    found = play(data, kind="c")
    assert (found.trouble, found.detail) == ("decision.input", 'kind = "c"')


def test_an_answer_that_is_not_allowed_is_none() -> None:
    data = table('n:number -> out:string{"a","b"}', "- | x")
    assert value(data, {"n": 1, "x": "a"}) == "a"
    assert play(data, n=1, x="c").trouble == "decision.output"
    assert play(data, n=1, x=2).trouble == "decision.output"


def test_numbers_are_exact() -> None:
    data = table("n:number -> out:number", "0.3 | n * 3", "!= 0.3 | 0")
    assert value(data, {"n": Decimal("0.1") + Decimal("0.2")}) == Decimal("0.9")


def test_a_number_is_told_digit_by_digit_unless_it_has_more_than_anybody_reads() -> None:
    told = [text_of(Decimal(one)) for one in ("1200", "0.05", "1e34", "1e999999", "-1e-999999")]
    assert told == ["1200", "0.05", f"1{'0' * 34}", "1E+999999", "-1E-999999"]


def test_a_sum_beyond_any_range_is_no_answer() -> None:
    data = table(SCALE, "- | a", "- | a", policy="COLLECT", aggregation="SUM")
    assert play(data, n=1, a=Decimal("9e6144")).trouble == "decision.output"
    assert play(data, n=1, a=Decimal("9e6143")).value == Decimal("1.8e6144")
