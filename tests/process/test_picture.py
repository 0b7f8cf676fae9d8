"""The picture: a diagram's own layout as SVG, with names, position and words for the blind."""

import pytest
from lxml import etree

from domain.process.layout import Bounds
from domain.process.model import Definition
from domain.process.picture import NoLayoutError, svg
from domain.process.picture_shapes import text_block, wrapped
from tests.process.drawn import (
    boundary,
    call,
    cancel,
    compensate,
    complex_gateway,
    define,
    draw,
    end,
    error,
    event_subprocess,
    exclusive,
    file,
    message,
    process,
    signal,
    start,
    subprocess,
    task,
    timer,
    transaction,
    undo,
    undoes,
    user,
)

SVG = "{http://www.w3.org/2000/svg}"
NOTE = "<bpmn:documentation>X &lt;1&gt;</bpmn:documentation>"


def laid_out(data: bytes, shapes: dict[str, str], edges: dict[str, str]) -> Definition:
    """A file with a layout: `x y width height` by element, `x,y x,y …` by flow."""
    drawn = ""
    for element, numbers in shapes.items():
        x, y, width, height = numbers.split()
        box = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
        label = f"<di:BPMNLabel>{box}</di:BPMNLabel>" if element == "x" else ""
        drawn += f'<di:BPMNShape bpmnElement="{element}">{box}{label}</di:BPMNShape>'
    for element, points in edges.items():
        ways = "".join(
            '<dd:waypoint x="{}" y="{}"/>'.format(*point.split(",")) for point in points.split()
        )
        drawn += f'<di:BPMNEdge bpmnElement="{element}">{ways}</di:BPMNEdge>'
    spaces = (
        'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
        ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
        ' xmlns:dd="http://www.omg.org/spec/DD/20100524/DI"'
    )
    diagram = f"<di:BPMNDiagram {spaces}><di:BPMNPlane>{drawn}</di:BPMNPlane></di:BPMNDiagram>"
    return define(data.replace(b"</bpmn:definitions>", diagram.encode() + b"</bpmn:definitions>"))


POOL = '<bpmn:collaboration id="co"><bpmn:participant id="pool" name="中心" processRef="p"/></bpmn:collaboration>'  # noqa: E501  – one piece
MODEL = laid_out(
    file(
        POOL,
        process("s > a > x > [true] u > e; x > c* > e; d > e2", s=start(), a=user(NOTE),
        c=call("q"),
                x=exclusive(), e=end(), e2=end(error("E")),
                d=boundary("a", timer("P1D"), interrupting=False),
                u=subprocess("b", b=task()),
                h=event_subprocess("s3 > e3", s3=start(timer("P1D")), e3=end())),
        process("t", "q", t=task()),
    ),
    {"pool": "0 0 900 400", "s": "50 50 36 36", "a": "120 30 100 80", "x": "260 50 50 50",
     "u": "360 20 200 120", "b": "380 50 100 80", "e": "600 50 36 36", "d": "160 92 36 36",
     "e2": "160 200 36 36", "c": "360 200 100 80", "h": "500 200 200 100", "lost": "a 1 2 3"},
    {"s_a": "86,68 120,68", "a_x": "220,70 260,70", "x_u": "310,70 360,70",
     "x_c": "285,100 285,240 360,240",
     "d_e2": "178,128 178,200", "short": "1,1", "noise": "1,1 2,2"},
)  # fmt: skip


def parsed(picture: str) -> etree._Element:
    return etree.fromstring(picture.encode())


def test_a_picture_is_one_svg_with_a_group_for_each_element() -> None:
    root = parsed(svg(MODEL))
    elements = [one.get("data-element") for one in root.iter(f"{SVG}g") if one.get("data-element")]
    assert {"s", "a", "x", "u", "e", "d", "c", "h", "s_a", "x_c"} <= set(elements)
    assert "lost" not in elements
    assert "short" not in elements
    assert elements[-1] == "d"  # boundary events lie on top


def test_the_position_and_the_way_are_marked() -> None:
    root = parsed(svg(MODEL, {"a", "u"}, {"s_a"}))
    marked = {one.get("data-element"): one.get("class") for one in root.iter(f"{SVG}g")}
    assert marked["a"] == "node user active"
    assert marked["u"] == "node subprocess active"
    assert marked["x"] == "node exclusive"
    assert (marked["s_a"], marked["a_x"]) == ("flow taken", "flow")


def test_who_cannot_see_it_is_told_where_the_case_stands() -> None:
    root = parsed(svg(MODEL, {"a"}))
    assert root.get("role") == "img"
    assert [one.text for one in root.iter(f"{SVG}desc")] == ["当前位置：a 环节"]
    titles = [one.text for one in root.iter(f"{SVG}title")]
    assert "a 环节 – X <1>" in titles
    assert "没有进行中的环节" in svg(MODEL)


def test_nothing_in_a_picture_runs_or_loads() -> None:
    picture = svg(MODEL, {"a"}, {"s_a"})
    for word in ("<script", "<style", "style=", "href", "onload", "<image", "<foreignObject"):
        assert word not in picture


def test_the_rarer_elements_have_their_marks() -> None:
    undone = {"d": boundary("a", compensate()), "h": undo(), "tie": undoes("d", "h")}
    inside = transaction("s2 > x", s2=start(), x=end(cancel()))
    data = file(process("s > a > u > g > e; g > e2; k > e3", s=start(), a=task(), u=inside,
                        g=complex_gateway(), k=boundary("u", cancel()), e=end(), e3=end(),
                        e2=end(message("m") + signal("n")), **undone))  # fmt: skip
    places = {"a": "0 0 100 80", "d": "0 70 36 36", "h": "0 200 100 80", "g": "300 0 50 50",
              "u": "150 0 100 80", "k": "150 70 36 36", "e2": "400 0 36 36"}  # fmt: skip
    root = parsed(svg(laid_out(data, places, {})))
    drawn = {one.get("data-element"): one for one in root.iter(f"{SVG}g")}
    mark = f"{SVG}text[@class='mark']"
    marks = {name: [one.text for one in drawn[name].iterfind(f".//{mark}")] for name in places}
    assert marks == {"a": [], "d": ["◁◁"], "h": ["◁◁"], "g": ["✱"], "u": [], "k": ["✕"],
                     "e2": ["⬠"]}  # fmt: skip
    assert len(list(drawn["u"].iter(f"{SVG}rect"))) == 2
    assert list(drawn["g"].iter(f"{SVG}polygon"))


def test_a_diagram_without_layout_cannot_be_drawn() -> None:
    with pytest.raises(NoLayoutError, match="DI"):
        svg(draw("s > e", s=start(), e=end()))


def test_long_names_are_wrapped_chinese_anywhere_latin_between_words() -> None:
    assert wrapped("一二三四五六七", 36) == ["一二三", "四五六", "七"]
    assert wrapped("review the filing", 60) == ["review", "the", "filing"]
    assert wrapped("备案 OK 了", 200) == ["备案 OK 了"]
    assert wrapped("一" * 30, 36)[-1] == "一一一…"
    assert wrapped("", 10) == []
    assert text_block("", Bounds(0, 0, 10, 10), "name") == ""


def test_names_from_the_file_cannot_break_out_of_the_picture() -> None:
    data = file(process("s > a > e", s=start(), a=task(), e=end())).replace(
        "a 环节".encode(), b"&lt;script&gt;x&lt;/script&gt;"
    )
    picture = svg(laid_out(data, {"a": "0 0 100 80"}, {}))
    assert "<script" not in picture
    parsed(picture)
