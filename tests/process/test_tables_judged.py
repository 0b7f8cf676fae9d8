"""Decision tables: what is refused at load, and overlaps, gaps and dead rows with their rows."""

import pytest

from tests.process.tabled import decision, definitions, judged, play, read, rules, table

SCALE = "n:number -> out:number"


def said(data: bytes, rule: str) -> list[str]:
    """Return the details of the faults and warnings of one rule."""
    verdict = judged(data, "own")
    return [
        one.message.rpartition(" (")[2].removesuffix(")")
        for one in verdict.faults
        if one.rule == rule
    ]


@pytest.mark.parametrize(
    ("rows", "overlaps"),
    [
        (("> 5 | 1", "> 7 | 2"), ["rows 1, 2: n = 8"]), (("<= 5 | 1", "> 5 | 2"), []),
        (("<= 5 | 1", ">= 5 | 2"), ["rows 1, 2: n = 5"]), (("(1..5) | 1", "[5..9] | 2"), []),
        (("> 0.1 | 1", "< 0.2 | 2"), ["rows 1, 2: n = 0.15"]), (("not(3) | 1", "3 | 2"), []),
        (("- | 1", "3 | 2"), ["rows 1, 2: n = 3"]), (("> low | 1", "> 7 | 2"), []),
        (("? > 3 and ? < 9 | 1", "5 | 2"), ["rows 1, 2: n = 5"]),
    ],
)  # fmt: skip
def test_rows_of_a_unique_table_may_not_overlap(rows: tuple[str, ...], overlaps: list[str]) -> None:
    data = table(SCALE, *rows)
    assert said(data, "dmn.overlap") == overlaps
    assert rules(data) == ["dmn.overlap"] * len(overlaps)


def test_rows_of_an_any_table_may_overlap_when_they_say_the_same() -> None:
    assert rules(table(SCALE, "> 5 | 1", "> 7 | 1", policy="ANY")) == []
    assert rules(table(SCALE, "> 5 | 1", "> 7 | x", policy="ANY")) == []
    assert rules(table(SCALE, "> 5 | 1", "> 7 | 2", policy="ANY")) == ["dmn.differs"]


@pytest.mark.parametrize("policy", ["FIRST", "RULE ORDER", "COLLECT"])
def test_rows_of_other_tables_may_overlap(policy: str) -> None:
    assert rules(table(SCALE, "> 7 | 1", "> 5 | 2", policy=policy)) == []


@pytest.mark.parametrize(
    ("columns", "rows", "gap"),
    [
        (SCALE, ("< 5 | 1", "> 5 | 2"), ["n = 5"]), (SCALE, ("< 5 | 1", ">= 5 | 2"), []),
        (SCALE, ("< 5 | 1", "[6..7] | 2", "> 7 | 3"), ["n = 5"]),
        ("n:integer -> out:number", ("< 5 | 1", "[5..6] | 2", ">= 7 | 3"), []),
        (SCALE, ("< 5 | 1", "[5..6] | 2", ">= 7 | 3"), ["n = 6.5"]),
        ("yes:boolean -> out:number", ("true | 1",), ["yes = false"]),
        ("yes:boolean -> out:number", ("true | 1", "false | 2"), []),
        ('k:string{"a","b"} -> out:number', ('"a" | 1',), ['k = "b"']),
        ('k:string{"a","b"} -> out:number', ('"a" | 1', '"b" | 2'), []),
        ("k:string -> out:number", ('"a" | 1',), ["k = 其他 any other"]),
        ("k:string -> out:number", ('"a" | 1', 'not("a") | 2'), []),
        ("on:date -> out:number", ('< @"2024-05-10" | 1', '> @"2024-05-10" | 2'),
        ["on = 2024-05-10"]),
        ("a:boolean, b:boolean -> out:number", ("true | - | 1", "false | true | 2"),
         ["a = false, b = false"]),
        ("n:number -> out:number=0", ("< 5 | 1",), []), (SCALE, ("< low | 1",), []),
        ("n:number{[0..9]} -> out:number", ("[0..4] | 1", "(4..9] | 2"), []),
        ('d:dayTimeDuration -> out:number', ('< @"P1D" | 1', '> @"P1D" | 2'),
        ["d = 1 day, 0:00:00"]),
        ('d:yearMonthDuration -> out:number', ('< @"P1M" | 1', '> @"P1M" | 2'), ["d = P1M"]),
        ("at:time -> out:number", ('<= @"08:00:00" | 1',), ["at = 08:00:01"]),
    ],
)  # fmt: skip
def test_a_case_that_no_row_answers_is_told(
    columns: str, rows: tuple[str, ...], gap: list[str]
) -> None:
    data = table(columns, *rows)
    assert said(data, "dmn.gap") == gap
    assert judged(data).ok


def test_rows_that_never_hit_are_told() -> None:
    above = table(SCALE, "> 5 | 1", "> 7 | 2", "<= 5 | 3", policy="FIRST")
    assert said(above, "dmn.never") == ["rows 2"]
    outside = table("n:number{[0..9]} -> out:number", "[0..9] | 1", "> 9 | 2")
    assert said(outside, "dmn.never") == ["rows 2"]
    assert rules(outside, "deployed") == ["dmn.never"]


def test_columns_that_read_the_same_variable_are_not_judged() -> None:
    data = table("a:number, a:number -> out:number", "> 5 | - | 1", "- | <= 5 | 2")
    assert rules(data, "own") == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (table(SCALE, "> | 1"), "expression.syntax"),
        (table(SCALE, "1 | eval(1)"), "expression.function"),
        (table(SCALE, '"a" | 1'), "dmn.type"), (table(SCALE, '1 | "a"'), "dmn.type"),
        (table("n:colour -> out", "1 | 1"), "dmn.type"), (table("n -> o:colour",
        "1 | 1"), "dmn.type"),
        (table('n -> out:string{"a"}', '1 | "b"'), "dmn.value"), (table(SCALE, "1"), "dmn.table"),
        (table(SCALE), "dmn.table"), (table("-> out", "1"), "dmn.table"),
        (table("n -> a, a", "1 | 1 | 1"), "dmn.table"),
        (table(SCALE, "1 | 1", policy="PRIORITY"), "dmn.unsupported"),
        (table(SCALE, "1 | 1", aggregation="SUM"), "dmn.table"),
        (table(SCALE, "1 | 1", policy="COLLECT", aggregation="AVG"), "dmn.unsupported"),
        (table(SCALE, "1 | 1").replace(b"<decision ", b'<decision expressionLanguage="juel" '),
         "expression.language"),
        (definitions('<decision id="d"><literalExpression/></decision>'), "dmn.unsupported"),
        (definitions('<decision id="d"/>'), "dmn.unsupported"), (definitions(), "dmn.table"),
        (definitions("<import/>", decision("t", SCALE, "1 | 1")), "dmn.unsupported"),
        (definitions(decision("t", SCALE, "1 | 1"), decision("t", SCALE, "1 | 1")), "id.duplicate"),
        (table(SCALE, "1 | 1").replace(b"</decision>", b'<informationRequirement><requiredDecision '
         b'href="#x"/></informationRequirement></decision>'), "dmn.unsupported"),
        (table(SCALE, "1 | 1").replace(b' id="t"', b""), "dmn.table"),
        (definitions(decision("t", SCALE, "1 | 1"), space="urn:x"), "dmn.root"),
        (b"<x", "file.xml"), (b"", "file.xml"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + table(SCALE, "1 | &a;"), "file.doctype"),
        (definitions("<description>" * 100 + "</description>" * 100), "file.size"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "file.size"), (b"<a " + b'b="" ' * 99 + b"/>",
        "file.size"),
        (table(SCALE, *["1 | 1"] * 1_001), "dmn.table"),
        (table(SCALE, "-" * 300 + "1 | 1"), "expression.syntax"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_played_is_refused(data: bytes, rule: str) -> None:
    verdict = judged(data)
    assert rule in {one.rule for one in verdict.faults}
    assert verdict.decisions == {}


def test_faults_name_line_and_decision() -> None:
    (fault,) = judged(table(SCALE, "1 | 1", "2 | x +")).faults
    assert (fault.line, fault.element) == (10, "t")
    assert "第 4 列" in fault.message
    assert "column 4" in fault.message


def test_every_edition_of_the_standard_that_we_read_is_read() -> None:
    for year in ("20191111", "20211108", "20230324"):
        space = f"https://www.omg.org/spec/DMN/{year}/MODEL/"
        assert judged(definitions(decision("t", SCALE, "1 | 1"), space=space)).ok


def test_a_table_too_large_to_be_judged_is_played_all_the_same() -> None:
    rows = [f"{n} | {n}" for n in range(600)]
    data = table(SCALE, *rows)
    assert [one.rule for one in judged(data).warnings] == ["dmn.too_large"]
    assert read(data).rows[-1].number == 600


def test_cells_with_loops_are_not_tried_and_share_one_budget_when_they_are_played() -> None:
    slow = "some i in 1..99999 satisfies ? = i"
    data = table(SCALE, *[f"{slow} | count(for i in 1..99999 return i)"] * 300, policy="FIRST")
    assert rules(data, "own") == []
    assert play(data, n=-1).hits == ()
    assert play(data, n=3).hits[0] == 1


def test_a_file_with_too_much_to_read_is_refused_unread() -> None:
    data = table(SCALE, *[f"{', '.join(['1'] * 300)} | 1"] * 300)
    assert rules(data) == ["dmn.table"]


def test_a_search_for_gaps_gives_up_when_it_is_too_long() -> None:
    half = 13
    rows = [["-"] * 2 * half for _ in range(2 * half)]
    for n in range(half):
        rows[2 * n][n] = rows[2 * n + 1][n] = rows[2 * n][half + n] = "true"
        rows[2 * n + 1][half + n] = "false"
    rows.append(["false"] * half + ["-"] * half)
    columns = ", ".join(f"b{n}:boolean" for n in range(2 * half))
    data = table(
        f"{columns} -> out:number", *(" | ".join([*row, "1"]) for row in rows), policy="FIRST"
    )
    assert [one.rule for one in judged(data).warnings] == ["dmn.too_large"]


def test_a_last_row_for_everything_else_closes_every_gap() -> None:
    rows = [" | ".join(["true" if n == k else "-" for k in range(30)]) + " | 1" for n in range(30)]
    columns = ", ".join(f"b{n}:boolean" for n in range(30))
    data = table(f"{columns} -> out:number", *rows, " | ".join(["-"] * 30 + ["0"]), policy="FIRST")
    assert rules(data, "own") == []


def test_columns_a_file_may_not_have_are_named() -> None:
    data = table(SCALE, "1 | 1").replace(b"<rule>", b"<script/><rule>", 1)
    assert rules(data) == ["dmn.unsupported"]
