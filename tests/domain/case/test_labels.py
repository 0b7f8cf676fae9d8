"""What codes are called: general words, those of folders, and the longest end of a path."""

import pytest

from domain.case.labels import label, rule_of, word, words


def test_a_code_nobody_named_is_called_by_itself() -> None:
    assert word("stage", "nowhere", "zh") is None
    assert label("stage", "nowhere", "zh") == "nowhere"
    assert label("nothing", "x", "en") == "x"


def test_a_folder_names_its_codes_in_both_languages() -> None:
    words({"stage": {"test.here": ("此处", "Here")}})
    words({"stage": {"test.here": ("此处", "Here")}})  # the same words again
    assert (label("stage", "test.here", "zh"), label("stage", "test.here", "en")) == (
        "此处",
        "Here",
    )


def test_a_code_is_not_called_two_things() -> None:
    words({"stage": {"test.there": ("彼处", "There")}})
    with pytest.raises(ValueError, match=r"test\.there is already called"):
        words({"stage": {"test.there": ("别处", "Elsewhere")}})
    assert label("stage", "test.there", "en") == "There"


def test_there_are_no_words_of_a_kind_nobody_asks_for() -> None:
    with pytest.raises(ValueError, match="no kind of words guesses"):
        words({"guesses": {}})


def test_a_field_is_called_by_the_longest_end_of_its_path_that_has_a_name() -> None:
    words({"field": {"test.opinion": ("意见", "Opinion"), "test.act.opinion": ("结论", "Result")}})
    assert label("field", "test.act.opinion", "en") == "Result"
    assert label("field", "other.test.opinion", "en") == "Opinion"
    assert label("field", "other.reason", "en") == "Reasons"
    assert word("field", "other.unheard", "en") is None
    assert word("stage", "other.withdrawn", "en") is None  # codes of other kinds are no paths


def test_a_procedure_may_have_its_own_rule_for_a_general_command() -> None:
    assert "考试第一天" in rule_of("batch", "case.withdraw", "zh")
    assert "考试" not in rule_of("filing", "case.withdraw", "zh")
    assert rule_of("filing", "no.such", "en") == ""
