"""JSON in and out: strict, with every fault named by its place."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import pytest

from domain.kernel.canonical import LARGEST
from domain.kernel.codec import from_json, received, to_json
from domain.kernel.faults import MalformedError
from domain.kernel.json import Json
from domain.kernel.limits import MOST_LINE, MOST_TEXT, Between, Filled, Line, Shaped, Word
from tests.spec.driver import cst


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A part."""

    n: Annotated[int, Between(1, 5)]
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """A whole."""

    name: Annotated[str, Filled()]
    at: datetime
    parts: Annotated[tuple[Inner, ...], Filled()] = (Inner(n=1),)
    pair: tuple[str, int] = ("", 0)
    kind: Literal["a", "b"] = "a"
    when: date | datetime | None = None
    code: Annotated[str, Shaped(r"\d+", "数字", "digits")] | None = None
    sure: bool = False
    more: Json = field(default_factory=dict)
    any: object = None
    which: Annotated[str, Filled()] | Inner | None = None


WHOLE = {"name": "x", "at": "2024-04-26T17:00:00+08:00"}


def faults(data: object) -> list[tuple[str, str]]:
    """Return place and code of every fault."""
    with pytest.raises(MalformedError) as caught:
        from_json(Outer, data)
    assert all(one.zh and one.en for one in caught.value.faults)
    return [(one.pointer, one.code) for one in caught.value.faults]


def test_a_text_or_a_record_is_told_apart_by_its_shape() -> None:
    for one in ("x", Inner(n=2), None):
        whole = Outer(name="x", at=cst("2024-04-26 17:00"), which=one)
        assert from_json(Outer, to_json(whole)) == whole
    assert faults(WHOLE | {"which": ""}) == [("/which", "type")]
    assert faults(WHOLE | {"which": {"n": 9}}) == [("/which/n", "type")]
    assert faults(WHOLE | {"which": 7}) == [("/which", "type")]


def test_two_records_cannot_be_told_apart() -> None:
    @dataclass(frozen=True)
    class Other:
        which: Inner | Outer

    with pytest.raises(TypeError, match="told apart"):
        from_json(Other, {"which": {}})


def test_what_is_written_is_read_back_equal() -> None:
    whole = Outer(
        name="x", at=cst("2024-04-26 17:00"), parts=(Inner(n=2, on=date(2024, 1, 2)),),
        pair=("a", 1), kind="b", when=cst("2024-04-26 17:00"), code="12", sure=True,
        more={"a": [1, None, True]}, any={"b": 1},
    )  # fmt: skip
    written = to_json(whole)
    assert written["at"] == "2024-04-26T09:00:00Z"
    assert from_json(Outer, written) == whole


def test_a_field_at_its_default_is_left_out_and_comes_back() -> None:
    whole = Outer(name="x", at=datetime(2024, 4, 26, 9, tzinfo=UTC))
    assert to_json(whole) == {"name": "x", "at": "2024-04-26T09:00:00Z"}
    assert from_json(Outer, to_json(whole)) == whole


def test_a_day_may_stand_where_an_instant_may() -> None:
    assert from_json(Outer, WHOLE | {"when": "2024-04-26"}).when == date(2024, 4, 26)


def test_every_fault_is_found_at_once() -> None:
    assert faults({"name": 1, "parts": [{"n": 9}, {"m": 1}], "sure": 1, "pair": ["a"]}) == [
        ("/at", "field"), ("/name", "type"), ("/parts/0/n", "type"), ("/parts/1/m", "field"),
        ("/parts/1/n", "field"), ("/pair", "type"), ("/sure", "type"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"at": "2024-04-26T17:00:00"}, ("/at", "date")),
        ({"at": "2024-02-30T17:00:00+08:00"}, ("/at", "date")),
        ({"at": "0001-01-01T00:00:00+08:00"}, ("/at", "date")),
        ({"at": 5}, ("/at", "type")),
        ({"when": "2024-02-30"}, ("/when", "date")),
        ({"when": "2024-02-03T10:00:00"}, ("/when", "date")),
        ({"when": "20240203"}, ("/when", "date")),
        ({"when": 5}, ("/when", "type")),
        ({"parts": [{"n": True}]}, ("/parts/0/n", "type")),
        ({"parts": [{"n": 1.0}]}, ("/parts/0/n", "type")),
        ({"parts": [{"n": 1, "on": "x"}]}, ("/parts/0/on", "date")),
        ({"parts": [{"n": 1, "on": 1}]}, ("/parts/0/on", "type")),
        ({"parts": []}, ("/parts", "type")),
        ({"parts": "x"}, ("/parts", "type")),
        ({"parts": [1]}, ("/parts/0", "type")),
        ({"pair": "x"}, ("/pair", "type")),
        ({"kind": "c"}, ("/kind", "type")),
        ({"kind": None}, ("/kind", "type")),
        ({"code": "x"}, ("/code", "type")),
        ({"name": " "}, ("/name", "type")),
        ({"name": "\ud800"}, ("/name", "type")),
        ({"more": []}, ("/more", "type")),
        ({"a/b~c": 1}, ("/a~1b~0c", "field")),
    ],
)
def test_each_fault_has_its_code_and_place(change: Json, expected: tuple[str, str]) -> None:
    assert faults({**WHOLE, **change}) == [expected]


def test_the_whole_must_be_an_object() -> None:
    assert faults([]) == [("", "type")]


def test_a_limit_without_end_says_so() -> None:
    assert Between(1).holds(10**9)
    assert (Between(1).en, Between(1, 5).en) == ("at least 1", "1 to 5")
    assert (Between(1).zh, Between(1, 5).zh) == ("须不小于 1", "须为 1 至 5")


def test_what_has_no_form_in_json_is_our_fault() -> None:
    with pytest.raises(TypeError):
        to_json(5)
    with pytest.raises(TypeError):
        to_json(Outer(name="x", at=cst("2024-01-01 00:00"), any={1, 2}))
    with pytest.raises(TypeError):
        from_json(complex, 5)
    with pytest.raises(TypeError):
        from_json(tuple[int | str, ...], [5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sends."""

    id: Annotated[str, Word()] = ""
    code: Annotated[str, Word(Shaped(r"\d-\d", "形如 1-2", "such as 1-2"))] | None = None
    name: Annotated[str, Line()] = ""
    text: str = ""
    count: int = 0
    raw: object = None
    more: Json = field(default_factory=dict)


def sent_faults(data: object) -> list[tuple[str, str]]:
    """Return place and code of every fault of what somebody sends."""
    with pytest.raises(MalformedError) as caught:
        received(Sent, data)
    assert all(one.zh and one.en for one in caught.value.faults)
    return [(one.pointer, one.code) for one in caught.value.faults]


def test_what_is_compared_is_taken_in_one_form() -> None:
    taken = received(
        Sent, {"id": "\u3000Ｐ－１  a ", "code": " １-２ ", "name": " 甲（乙） ", "text": "\n，好 "}
    )
    assert taken == Sent(id="P-1 a", code="1-2", name="甲（乙）", text="，好")


@pytest.mark.parametrize("unseen", ["a\u200b", "a\u202eb", "a\x07b", "\ue000"])
def test_an_id_holds_nothing_invisible(unseen: str) -> None:
    assert sent_faults({"id": unseen, "name": unseen}) == [("/id", "type"), ("/name", "type")]


@pytest.mark.parametrize(
    "sent",
    [
        {"id": "x" * (MOST_LINE + 1)},
        {"id": "\ufdfa" * MOST_LINE},
        {"name": "x" * (MOST_LINE + 1)},
        {"text": "x" * (MOST_TEXT + 1)},
        {"code": "1-２x"},
        {"count": LARGEST + 1},
        {"count": -LARGEST - 1},
        {"raw": 1.5},
        {"raw": LARGEST + 1},
        {"raw": "x" * (MOST_TEXT + 1)},
    ],
)
def test_whatever_is_sent_has_an_end(sent: Json) -> None:
    assert sent_faults(sent) == [(f"/{next(iter(sent))}", "type")]


def test_raw_json_is_bounded_all_the_way_down() -> None:
    assert sent_faults({"more": {"a/b": [{"c": "\x00"}]}, "raw": {"x" * 10_001: 1}}) == [
        ("/raw", "type"), ("/more/a~1b/0/c", "type"),
    ]  # fmt: skip
    assert received(Sent, {"more": {"a": [None, True, " x "]}}).more == {"a": [None, True, "x"]}


def test_what_was_recorded_is_read_as_it_was() -> None:
    old = {"id": " x\u200b" * 999, "code": "９", "name": "\n", "text": " x ", "count": LARGEST + 1}
    assert to_json(from_json(Sent, old)) == old


def test_a_digit_of_a_shape_is_an_ascii_one() -> None:
    assert Shaped(r"\d", "数字", "a digit").holds("5")
    assert not Shaped(r"\d", "数字", "a digit").holds("５")


@pytest.mark.parametrize("name", ["parts", "pair", "kind", "when", "code", "sure"])
def test_null_is_a_field_left_out_where_it_may_be(name: str) -> None:
    assert received(Outer, {**WHOLE, name: None}) == received(Outer, WHOLE)


@pytest.mark.parametrize("name", ["parts", "when", "sure"])
def test_an_empty_text_is_a_list_a_day_or_a_truth_value_left_out(name: str) -> None:
    assert received(Outer, {**WHOLE, name: ""}) == received(Outer, WHOLE)
    assert faults({**WHOLE, name: ""})  # what was recorded is read as strictly as ever


@pytest.mark.parametrize("change", [{"name": None}, {"at": ""}, {"parts": [None]}, {"sure": "no"}])
def test_null_is_a_fault_where_something_must_stand(change: Json) -> None:
    with pytest.raises(MalformedError):
        received(Outer, {**WHOLE, **change})
