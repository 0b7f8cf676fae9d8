"""The reader: hostile until proven otherwise. Whatever it refuses, it refuses fast and small."""

import socket
import tracemalloc
from pathlib import Path

import pytest

from domain.process.faults import Fault
from infra.bpmn_xml.judging import judge
from infra.bpmn_xml.reader import MAX_BYTES, read
from tests.pace import took
from tests.process.drawn import HEAD, end, exclusive, file, judged, process, start, task

GOOD = file(process("s > a > e", s=start(), a=task(), e=end()))
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
FAST = 0.2  # seconds
SMALL = 50_000_000  # bytes


def refusal(data: bytes) -> Fault:
    """Return the only fault of a file that is refused in time and space."""
    spent = took(lambda: read(data, "hostile.bpmn"))
    tracemalloc.start()
    reading = read(data, "hostile.bpmn")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < FAST
    assert most < SMALL
    assert reading.drawing is None
    (fault,) = reading.faults
    return fault


def test_a_good_file_is_read_and_known_by_its_bytes() -> None:
    reading = read(GOOD, "good.bpmn")
    assert reading.drawing is not None
    assert reading.drawing.hash.startswith("sha256:")
    assert read(GOOD + b"\n", "good.bpmn").drawing != reading.drawing


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE definitions>",
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
        f'<!DOCTYPE d [<!ENTITY e0 "x">{BOMB}]>',
        "<!-- first --><?pi ?>\n<!DOCTYPE d>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_doctype_is_refused(doctype: str, encoding: str) -> None:
    assert refusal((doctype + GOOD.decode()).encode(encoding)).rule == "file.doctype"


def test_a_long_prolog_that_may_hide_a_doctype_is_refused() -> None:
    hidden = b"<!-- " + b"x" * 200_000 + b" --><!DOCTYPE d>" + GOOD
    assert refusal(hidden).rule == "file.doctype"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"not xml", b"<a", GOOD[:-5], GOOD + b"<x/>", b"\xff\xfe\x00\x00" + GOOD, b"\x00<a/>",
        b'<?xml version="1.0" encoding="utf-7"?>' + GOOD,
        b'<?xml version="1.0" encoding="ebcdic-cp-us"?>',
        GOOD.replace(b"<bpmn:task", b"<bpmn:task>&unknown;</bpmn:task><bpmn:task"),
    ],
)  # fmt: skip
def test_what_is_no_xml_is_refused_with_its_line(data: bytes) -> None:
    fault = refusal(data)
    assert fault.rule == "file.xml"
    assert fault.line >= 1
    assert fault.element is None


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 100_000,
        b"<a>" * 100 + b"</a>" * 100,
        HEAD.encode() + b'<bpmn:sequenceFlow id="f"/>' * 1_000_000 + b"</bpmn:definitions>",
        b" " * (MAX_BYTES + 1),
        HEAD.encode() + b"<x/>" * 100_000 + b"</bpmn:definitions>",
        (HEAD + "<b>" * 80 + "</b>" * 80 + "</bpmn:definitions>").encode(),
    ],
)
def test_what_is_too_large_or_too_deep_is_refused(data: bytes) -> None:
    assert refusal(data).rule in ("file.size", "file.xml", "file.bpmn")


def test_expressions_are_read_up_to_a_bound() -> None:
    long, numbers = "z" * 1_000, range(30)
    ways = "; ".join(f'x > [n = "{long}{number}"] a{number} > e' for number in numbers)
    tasks = {f"a{number}": task() for number in numbers}
    found = judged(f"s > x; {ways}", s=start(), x=exclusive(), e=end(), **tasks)
    assert [one.rule for one in found.faults] == ["file.size"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_tag_with_many_attributes_is_refused(encoding: str) -> None:
    attributes = " ".join(f"a{n} = '{n}>'" for n in range(50_000))
    wide = GOOD.decode().replace("<bpmn:task", f"<bpmn:task {attributes}")
    assert refusal(wide.encode(encoding)).rule == "file.size"


def test_many_tags_with_many_attributes_are_read_in_time() -> None:
    attributes = " ".join(f'a{n}="{n}"' for n in range(50))
    many = f"<bpmn:task {attributes}/>" * 5_000
    wide = GOOD.replace(b"<bpmn:startEvent", many.encode() + b"<bpmn:startEvent")
    assert took(lambda: read(wide, "wide.bpmn")) < 5 * FAST


def test_a_note_may_hold_many_equal_signs() -> None:
    note = f"<bpmn:documentation>{'a = 1, ' * 500}</bpmn:documentation>"
    assert judge(file(process("s > a > e", s=start(), a=task(note), e=end())), "note.bpmn").ok


def test_another_root_is_refused() -> None:
    assert refusal(b"<definitions/>").rule == "file.bpmn"


def test_nothing_is_read_from_disk_or_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def no_network(*_args: object) -> None:
        raise AssertionError("the reader asked the network")

    monkeypatch.setattr(socket, "socket", no_network)
    secret = tmp_path / "secret.xml"
    secret.write_text("<leak>yes</leak>")
    include = (
        f'<bpmn:task id="x"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude"'
        f' href="{secret}"/></bpmn:task><?xml-stylesheet href="{secret}"?>'
    )
    data = GOOD.replace(b"<bpmn:task", include.encode() + b"<bpmn:task", 1)
    reading = read(data, "include.bpmn")
    assert reading.drawing is not None
    assert all("yes" not in one.text for one in reading.drawing.root.walk())
    assert all(one.tag != "leak" for one in reading.drawing.root.walk())


@pytest.mark.parametrize(
    "inside",
    [
        '<bpmn:scriptTask id="x"><bpmn:script>1</bpmn:script></bpmn:scriptTask>',
        '<bpmn:choreographyTask id="x"/>',
        '<bpmn:unheardOf id="x"/>',
    ],
)
def test_what_would_run_foreign_code_is_refused_at_load(inside: str) -> None:
    verdict = judge(GOOD.replace(b"<bpmn:task", inside.encode() + b"<bpmn:task", 1), "script.bpmn")
    assert "element.unsupported" in {one.rule for one in verdict.faults}
    assert {one.element for one in verdict.faults} >= {"x"}
    assert verdict.definition is None


def test_foreign_extensions_are_read_over_and_never_run() -> None:
    listener = (
        '<bpmn:extensionElements><c:executionListener xmlns:c="http://camunda.org/schema/1.0/bpmn"'
        ' class="java.lang.Runtime" event="start"/></bpmn:extensionElements>'
    )
    data = file(process("s > a > e", s=start(), a=task(listener), e=end()))
    assert judge(data, "listener.bpmn").ok


def test_gbk_and_utf_16_files_are_read() -> None:
    text = GOOD.decode()
    for encoding in ("gbk", "utf-16"):
        data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
        reading = read(data, "gbk.bpmn")
        assert reading.drawing is not None
        assert reading.drawing.by_id["a"].get("name") == "a 环节"


def test_flows_and_nodes_may_lack_an_id() -> None:
    data = GOOD.replace(b'<bpmn:sequenceFlow id="s_a"', b"<bpmn:sequenceFlow").replace(
        b'<bpmn:sequenceFlow id="a_e"', b"<bpmn:sequenceFlow"
    )
    definition = judge(data, "nameless.bpmn").definition
    assert definition is not None
    assert set(definition.flows) == {"sequenceFlow.1", "sequenceFlow.2"}


def test_a_broken_schema_is_a_warning_and_speaks_against_deploying() -> None:
    data = GOOD.replace(b"<bpmn:task", b"<bpmn:task implementation='y'", 1)
    played = judge(data, "schema.bpmn")
    assert played.ok
    assert "file.schema" in {one.rule for one in played.warnings}
    assert "file.schema" in {one.rule for one in judge(data, "schema.bpmn", "deployed").faults}
