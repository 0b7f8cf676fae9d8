"""A law text that contradicts itself, lacks a value or cites what is not there is not loaded."""

from datetime import date

import pytest

from domain.law.book import LawBook, LawBookError, NoRule, Quota, Rule
from domain.law.occupations import parse_occupations
from domain.law.reading import law_book
from infra.law_data import load_law_book, load_occupations

TERM = {"key": "a.term", "at": "1", "amount": 5, "unit": "working_day", "anchor": "receipt"}
QUOTA = {"key": "a.quota", "at": "2", "amount": 3}
RULE = {"key": "a.rule", "at": "2", "values": ["x"]}
ON = date(2024, 1, 1)


def text(**change: object) -> dict[str, object]:
    clauses = [{"at": "1", "zh": "一", "en": "one"}, {"at": "2", "zh": "二", "en": "two"}]
    return {
        "id": "XX-2020-1",
        "zh": "示例",
        "en": "sample",
        "jurisdiction": "430000",
        "since": date(2020, 1, 1),
        "clauses": clauses,
        "terms": [TERM],
        "quotas": [QUOTA],
        "rules": [RULE],
    } | change


def test_a_text_answers_with_its_own_clauses() -> None:
    book = law_book([text()])
    quota, rule = book.quota("a.quota", "430100", ON), book.rule("a.rule", "430100", ON)
    assert isinstance(quota, Quota)
    assert isinstance(rule, Rule)
    assert (quota.cite, rule.cite, rule.values) == ("XX-2020-1 2", "XX-2020-1 2", ("x",))
    assert isinstance(book.quota("a.quota", "000000", ON), NoRule)


def test_a_text_that_lost_its_force_answers_for_the_days_before() -> None:
    book = law_book([text(until=date(2021, 12, 31))])
    assert isinstance(book.quota("a.quota", "430000", date(2021, 12, 31)), Quota)
    assert isinstance(book.quota("a.quota", "430000", date(2022, 1, 1)), NoRule)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": None}, "id is a text"),
        ({"id": "XX-2020-1 ?"}, "not a citation"),
        ({"zh": 1}, "zh is a text"),
        ({"jurisdiction": "43"}, "not a jurisdiction code"),
        ({"since": "2020-01-01"}, "since is a day"),
        ({"since": None}, "since is a day"),
        ({"clauses": [{"at": "1", "zh": "一"}]}, "en is a text"),
        ({"clauses": []}, "cites clauses it does not list"),
        ({"terms": "none"}, "terms is a list"),
        ({"terms": [TERM | {"amount": 0}]}, "amount is a whole number"),
        ({"terms": [TERM | {"amount": True}]}, "amount is a whole number"),
        ({"terms": [TERM | {"unit": "week"}]}, "'week' is none of"),
        ({"terms": [TERM | {"at": "3"}]}, "cites clauses it does not list"),
        ({"terms": [TERM | {"at": "third"}]}, "not a citation"),
        ({"terms": [TERM | {"until": "soon"}]}, "until is a day"),
        ({"terms": [TERM | {"variants": "hunan"}]}, "variants is a list"),
        ({"quotas": [QUOTA | {"levels": ["town"]}]}, "'town' is none of"),
        ({"rules": [RULE | {"values": [1]}]}, "values is a list"),
        ({"terms": [TERM, TERM | {"amount": 7}]}, "two answers to a.term"),
        ({"quotas": [QUOTA, QUOTA | {"levels": ["city"]}]}, "two answers to a.quota"),
        (
            {"rules": [RULE | {"variants": ["a", "b"]}, RULE | {"variants": ["b"]}]},
            "two answers to a.rule",
        ),
    ],
)
def test_a_faulty_text_is_refused_with_what_is_wrong(change: dict[str, object], fault: str) -> None:
    with pytest.raises(LawBookError, match=fault):
        law_book([text(**change)])


@pytest.mark.parametrize(
    "second",
    [
        {"variants": ["a"]},
        {"since": date(2022, 1, 1), "until": date(2022, 12, 31)},
    ],
)
def test_rules_for_other_cases_or_other_days_stand_beside_each_other(
    second: dict[str, object],
) -> None:
    first = QUOTA | {"until": date(2021, 12, 31)}
    for quotas in ([first, first | second], [first | second, first]):
        assert isinstance(law_book([text(quotas=quotas)]).quota("a.quota", "430000", ON), NoRule)


def test_a_rule_for_a_city_stands_beside_one_for_counties() -> None:
    city, county = QUOTA | {"levels": ["city"]}, QUOTA | {"levels": ["county"], "amount": 1}
    book = law_book([text(quotas=[city, county])])
    found = [book.quota("a.quota", place, ON) for place in ("430100", "430103")]
    assert [one.amount for one in found if isinstance(one, Quota)] == [3, 1]
    assert isinstance(book.quota("a.quota", "430000", ON), NoRule)


def test_the_shipped_texts_hold_together(book: LawBook) -> None:
    assert load_law_book() is book
    assert len({one.id for one in book.texts}) == len(book.texts)


def test_the_register_knows_the_occupations_everyone_relies_on() -> None:
    register = load_occupations()
    names = ["6-18-01-01", "6-20-01-01", "4-10-01-06", "4-12-01-01"]
    found = [register.get(code) for code in names]
    assert [one.name for one in found if one] == ["车工", "钳工", "家政服务员", "汽车维修工"]
    assert all(one.standard and not one.licence for one in found if one)
    assert [one.category for one in found if one] == ["6", "6", "4", "4"]
    assert register.get("9-99-99-99") is None


def test_a_scenarios_occupations_join_the_register() -> None:
    added = parse_occupations(
        {"occupations": [{"code": "2-02-01-01", "name": "x", "standard": False}]}
    )
    joined = load_occupations().also({one.code: one for one in added.all()})
    found = joined.get("2-02-01-01")
    assert found is not None
    assert not found.standard
    assert len(joined.all()) == len(load_occupations().all()) + 1


@pytest.mark.parametrize(
    "entries",
    [[{"code": "6-18-01-01"}], [{"name": "x"}], [{"code": "a", "name": "x"}] * 2, ["x"]],
)
def test_an_occupation_needs_a_code_of_its_own_and_a_name(entries: list[object]) -> None:
    with pytest.raises(ValueError, match="code of its own"):
        parse_occupations({"occupations": entries})
