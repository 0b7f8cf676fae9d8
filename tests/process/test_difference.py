"""Two versions of a diagram: what changed, in words and as a picture."""

from dataclasses import replace

import pytest
from lxml import etree

from domain.process.difference import Change, What, difference, marks
from domain.process.difference_words import told
from domain.process.model import Definition
from domain.process.picture import NoLayoutError, svg
from domain.process.picture_difference import difference_svg
from infra.bpmn_xml.judging import judge, judge_tables
from tests.examples.versions import definition_of, edited, shipped
from tests.process.drawn import (
    Part,
    boundary,
    catch,
    draw,
    end,
    exclusive,
    file,
    message,
    own,
    process,
    service,
    start,
    task,
    timer,
    user,
)
from tests.process.tabled import table

SVG = "{http://www.w3.org/2000/svg}"
OLD, NEW = definition_of(shipped()), definition_of(edited())
LINE = draw("s > a > b > e", s=start(), a=user(), b=user(), e=end())


def found(old: Definition, new: Definition) -> list[tuple[str, str, str]]:
    """Return each change as (kind, what, element), and hold that it can be told."""
    changes = difference(old, new)
    for one in changes:
        assert all(told(one, language) for language in ("zh", "en"))
    return [(one.kind, one.what, one.element) for one in changes]


def test_the_same_diagram_has_no_difference() -> None:
    assert difference(OLD, OLD) == ()


def test_an_edited_filing_is_told_change_by_change() -> None:
    assert found(OLD, NEW) == [
        ("changed", "name", "examine"),
        ("changed", "id", "evaluate"),
        ("changed", "name", "evaluate"),
        ("removed", "element", "publish_notice"),
        ("added", "element", "confirm"),
        ("changed", "ways", "f_accepted"),
        ("changed", "ways", "f_to_publish"),
        ("removed", "flow", "f_published"),
        ("added", "flow", "f_confirmed"),
    ]
    renamed = difference(OLD, NEW)[0]
    assert told(renamed, "zh") == "修改 收件核验（examine） 名称：受理审查 → 收件核验"
    assert told(renamed, "en") == "changed 收件核验 (examine) name: 受理审查 → 收件核验"


WAYS = "s > x > [n = 1] a > e; x > b* > e2"
ENDS = {"s": start(), "x": exclusive(), "e": end(), "e2": end()}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (LINE, draw("s > a > b > e", s=start(), a=task(), b=user(), e=end()),
         ("changed", "kind", "a")),
        (draw(WAYS, a=user(), b=user(), **ENDS),
         draw(WAYS.replace("n = 1", "n = 2"), a=user(), b=user(), **ENDS),
         ("changed", "condition", "x_a")),
        (draw("s > c > e", s=start(), c=catch(timer("P1D")), e=end()),
         draw("s > c > e", s=start(), c=catch(timer("P2D")), e=end()),
         ("changed", "timer", "c")),
        (draw("s > c > e", s=start(), c=catch(message("M")), e=end()),
         draw("s > c > e", s=start(), c=catch(message("N")), e=end()),
         ("changed", "message", "c")),
        (LINE, draw("s > a > b > e", s=start(), b=user(), e=end(),
                    a=user(own('task role="center.*" form="f"|cite clause="HN-2022-1 一(二)"'))),
         ("changed", "role", "a")),
        (draw("s > a > b > e; t > e2", s=start(), a=user(), b=user(), e=end(), e2=end(),
              t=boundary("a", timer("P1D"))),
         draw("s > a > b > e; t > e2", s=start(), a=user(), b=user(), e=end(), e2=end(),
              t=boundary("b", timer("P1D"), interrupting=False)),
         ("changed", "attached", "t")),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_named(
    old: Definition, new: Definition, change: tuple[str, str, str]
) -> None:
    assert change in found(old, new)
    back = {(one, what, element) for one, what, element in found(new, old)}
    assert change in back


PLAIN = draw("s > a > e", s=start(), a=user(own('field name="n" type="integer"')), e=end())
CALLS = draw("s > c > e", s=start(), e=end(),
             c=service(own('call endpoint="stock"|input target="n" value="n"')))  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (PLAIN, draw("s > a > e", s=start(), e=end(),
                     a=user(own('field name="n" type="integer" required="true"'))),
         "changed a 环节 (a) form fields: n [n] integer → n [n] integer required"),
        (CALLS, draw("s > c > e", s=start(), e=end(),
                     c=service(own('call endpoint="store"|output target="m" from="/m"'))),
         "changed c 环节 (c) web service: stock; n = n → store; m ← /m"),
        (draw("s > x > [n = 1] a > e; x > [n > 0] b > e2; x > f*", f=end(), a=user(), b=user(),
              **ENDS),
         draw("s > x > [n > 0] b > e2; x > [n = 1] a > e; x > f*", f=end(), a=user(), b=user(),
              **ENDS),
         "changed x 环节 (x) order of ways: a 环节, b 环节 → b 环节, a 环节"),
    ],
)  # fmt: skip
def test_what_a_plain_process_does_is_compared_too(
    old: Definition, new: Definition, change: str
) -> None:
    assert [told(one, "en") for one in difference(old, new)] == [change]
    assert len(found(new, old)) == 1


def test_a_table_is_compared_row_by_row() -> None:
    asks = Part("businessRuleTask", "", own('decision ref="t" result="x"'))
    flow = file(process("s > r > e", s=start(), r=asks, e=end()))

    def asking(*rows: str) -> Definition:
        tables = judge_tables(table("n:number -> out:string", *rows)).decisions
        found = judge(flow, "flow.bpmn", decisions=tables).definition
        assert found is not None
        return found

    old = asking('< 5 | "low"', '>= 5 | "high"')
    (change,) = difference(old, asking('< 5 | "low"', '>= 5 | "top"'))
    assert told(change, "en") == 'changed t (t) decision table: >= 5: "high" → >= 5: "top"'
    (moved,) = difference(old, asking('>= 5 | "high"', '< 5 | "low"'))
    assert moved.before.index("low") < moved.before.index("high")
    assert difference(old, asking('< 5 | "low"', '>= 5 | "high"')) == ()
    bare = replace(old, decisions={})
    assert [one.kind for one in difference(old, bare)] == ["removed"]
    assert [told(one, "zh") for one in difference(bare, old)] == ["新增决策表 t（t）"]


def test_marks_stand_on_both_drawings_under_the_ids_each_has() -> None:
    before, after = marks(difference(OLD, NEW))
    assert (before["assess"], after["evaluate"]) == ("changed", "changed")
    assert (before["publish_notice"], after["confirm"]) == ("removed", "added")
    assert "confirm" not in before
    assert "publish_notice" not in after


def test_the_picture_shows_both_versions_with_a_legend_and_signs_besides_colours() -> None:
    root = etree.fromstring(difference_svg(OLD, NEW).encode())
    classes = {one.get("data-element"): one.get("class") for one in root.iter(f"{SVG}g")}
    assert classes["confirm"] == "node user added"
    assert classes["f_published"] == "flow removed"
    assert classes["evaluate"] == "node user changed"
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert {"新增 added", "删除 removed", "修改 changed", "+", "−", "~"} <= set(texts)
    assert {"旧版 · old version", "新版 · new version"} <= set(texts)
    assert len(root.findall(f"{SVG}svg")) == 2


def test_a_version_without_layout_cannot_be_drawn() -> None:
    with pytest.raises(NoLayoutError):
        difference_svg(OLD, LINE)


def test_a_picture_counts_how_often_an_element_was_reached() -> None:
    root = etree.fromstring(svg(OLD, counts={"examine": 12}).encode())
    assert [one.text for one in root.iter(f"{SVG}text") if one.get("class") == "badge"] == ["12×"]


def test_a_change_without_a_name_goes_by_its_id() -> None:
    assert told(Change("added", "flow", "f1", ""), "en") == "added flow f1"


def test_the_values_of_a_change_are_told_in_chinese_too() -> None:
    def said(what: What, before: str, after: str) -> str:
        return told(Change("changed", what, "a", "核对", before, after), "zh")

    fields = said(
        "fields", "金额 [n] integer; 日 [d] date", "金额 [n] integer required; 日 [d] date"
    )
    assert fields.endswith("金额 [n] integer; 日 [d] date → 金额 [n] integer 必填; 日 [d] date")
    assert said("default", "", "yes").endswith("— → 是")
    assert said("interrupting", "no", "").endswith("否 → —")
    assert said("name", "user", "yes").endswith("user → yes")  # as the author wrote it
