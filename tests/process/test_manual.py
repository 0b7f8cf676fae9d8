"""The manual page of a process: steps in order, clocks with law and clause, in two languages."""

import re
from pathlib import Path

import pytest

from domain.process.manual import steps
from domain.process.picture import NoLayoutError
from infra.law_data import load_law_book
from infra.manual_page import manual_page
from tests.examples.versions import definition_of, shipped
from tests.process.drawn import (
    boundary,
    catch,
    define,
    draw,
    end,
    event_gateway,
    exclusive,
    message,
    parallel,
    start,
    subprocess,
    timer,
    user,
)

BILL = Path(__file__).parents[2] / "examples" / "processes" / "bill-payment.bpmn"
FILING = definition_of(shipped())


def test_steps_come_in_order_with_their_ways_through_gateways_and_their_clocks() -> None:
    model = draw("s > b > x > [n = 1] u > c > e; x > a* > e; t > e3", s=start(), a=user(),
                 b=user(), c=user(), x=exclusive(), e=end(), e3=end(),
                 t=boundary("b", timer("P3D"), interrupting=False),
                 u=subprocess("s2 > d > e2", s2=start(), d=user(), e2=end()))  # fmt: skip
    found = list(steps(model, "p"))
    assert [(one.number, one.node.id) for one in found][:2] == [("1", "b"), ("2", "u")]
    assert ("2.1", "d", 1) in [(one.number, one.node.id, one.depth) for one in found]
    first = found[0]
    assert [(way.said, way.target.id) for way in first.ways] == [("n = 1", "u"), ("", "a")]
    (clock,) = first.clocks
    assert (str(clock.timer), clock.interrupting) == ("P3D", False)
    assert [way.target.id for way in clock.ways] == ["e3"]


def test_a_step_comes_after_all_that_leads_to_it_and_a_cycle_where_it_is_entered() -> None:
    model = draw("s > f > a > j > z > x > e; x > [n = 1] a2 > z2 > e2; f > b > j; d > c > j",
                 s=start(), f=parallel(), j=parallel(), x=exclusive('default="x_e"'), e=end(),
                 e2=end(), d=boundary("b", timer("P1D")),
                 **{name: user() for name in ("a", "b", "c", "z", "a2", "z2")})  # fmt: skip
    assert [one.node.id for one in steps(model, "p")] == ["a", "b", "c", "z", "a2", "z2"]
    turns = draw("s > m > a > g > c > e; g > t > b > m", s=start(), m=exclusive(), a=user(),
                 g=event_gateway(), c=catch(message("M")), t=catch(timer("P30D")), b=user(),
                 e=end())  # fmt: skip
    found = list(steps(turns, "p"))
    assert [one.node.id for one in found] == ["a", "c", "t", "b"]
    assert found[2].clocks[0].ways == ()


def test_a_plain_process_is_told_with_its_forms_and_spans_in_either_order_of_languages() -> None:
    model = define(BILL.read_bytes())
    page = manual_page(model, model.processes["bill_payment"], load_law_book())
    zh, en = (part.split("</section>")[0] for part in page.split("<section ")[1:])
    assert "账单等待缴费消息" in zh
    assert "A bill waits" not in zh
    assert ("A bill waits" in en, "账单等待缴费消息" in en) == (True, False)
    assert ("填写" in zh, "金额（元）" in zh) == (True, True)
    assert ("30 日" in zh, "30 days" in en) == (True, True)


def test_a_page_tells_the_filing_in_chinese_then_in_english_with_law_and_clause() -> None:
    page = manual_page(FILING, FILING.processes["filing_hunan"], load_law_book())
    zh, en = (part.split("</section>")[0] for part in page.split("<section ")[1:])
    for said in ("受理审查", "鉴定中心", "filing.acceptance", "7个工作日 → 视为受理",
                 "HN-2022-1 一(二) 备案受理、补正与视为受理"):  # fmt: skip
        assert said in zh
    for said in ("the center", "7 working days", "Refuse acceptance",
                 "acceptance, supplement, silence accepts"):  # fmt: skip
        assert said in en
    assert "The center tells in time" in en
    assert "The center tells in time" not in zh


def test_a_page_needs_nothing_else_and_runs_nothing() -> None:
    page = manual_page(FILING, FILING.processes["filing_hunan"], load_law_book())
    assert not re.search(r"<script|<link|src=|@import|url\((?!#)", page)
    assert page.count("<svg") == 1


def test_a_diagram_without_layout_has_no_page() -> None:
    model = draw("s > a > e", s=start(), a=user(), e=end())
    with pytest.raises(NoLayoutError):
        manual_page(model, model.processes["p"], load_law_book())
