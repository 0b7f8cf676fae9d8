"""Citations compare by meaning and are written in one form."""

import pytest

from domain.law.book import LawBook
from domain.law.citation import canonical, same_clause, split


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("HN-2022-1 一(二)", "HN-2022-1 一(二)"),
        ("HN-2022-1 (二)", "HN-2022-1 一(二)"),
        ("HN-2022-1 二", "HN-2022-1 二"),
        ("HN-2022-1 十七", "HN-2022-1 四(十七)"),
        ("HN-2022-1 四（二十）", "HN-2022-1 四(二十)"),
        ("HN-2022-1 1(2)", "HN-2022-1 一(二)"),
        ("HN-2022-1 一(一)(二)", "HN-2022-1 一(一), 一(二)"),
        ("HN-2022-1-F5 三(三)7", "HN-2022-1-F5 三(三)7"),
        ("HN-2022-1-F5 一(二)", "HN-2022-1-F5 一(二)"),
        ("HN-2022-1-F5 6(2)", "HN-2022-1-F5 一(二)2"),  # as RS-2021-57B counts
        ("HN-2022-1-F5 14(6)", "HN-2022-1-F5 三(三)6"),
        ("HN-2022-1-F5 14(七)", "HN-2022-1-F5 三(三)8"),  # its item 7 is the annex's own
        ("HN-2022-1-F5 15", "HN-2022-1-F5 三(四)"),
        ("RS-2021-57B 14(六)", "RS-2021-57B 14(6)"),
        ("57B 14(六)", "RS-2021-57B 14(6)"),
        ("57A 二(十)4", "RS-2021-57A 二(十)4"),
        ("RS-2021-57A 二(七)2(1)", "RS-2021-57A 二(七)2(1)"),
        ("RS-2021-57B 第十四条第（六）项", "RS-2021-57B 14(6)"),
        ("rsj-2019-3 一(2), 二(2)", "RSJ-2019-3 一(2), 二(2)"),
        ("RSJ-2019-3 一(二)", "RSJ-2019-3 一(2)"),
        ("YU-2020-19 四(二)、YUG-2020-1 9", "YU-2020-19 四(二), YUG-2020-1 9"),
        ("ZJ-2022-1 10, 10, 12", "ZJ-2022-1 10, 12"),
        ("RS-2020-17 二十一", "RS-2020-17 21"),
        ("ZJ-2022-1 二〇", "ZJ-2022-1 20"),
        ("ZJ-2020-54", "ZJ-2020-54"),
        ("Local practice", "local practice"),
        ("本地惯例", "local practice"),
        ("RS-2021-57B 19, local practice", "RS-2021-57B 19, local practice"),
    ],
)
def test_a_citation_has_one_canonical_form(written: str, form: str) -> None:
    assert canonical(written) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    "written",
    [
        "",
        "场地不足",
        "(二)",
        "HN-2022-1 一(三)",
        "HN-2022-1 (二十一)",
        "HN-2022-1 (零)",
        "HN-2022-1 x",
        "HN-2022-1,",
        "YUG-2020-1 100",
        "HN-2022-1-F5 一百",
        "local practice, 9",
        "RS-2021-57B 19 or so",
    ],
)
def test_what_cites_nothing_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match=r"citation|clause"):
        canonical(written)


def test_the_part_numeral_of_a_clause_numbered_through_is_optional() -> None:
    assert same_clause("HN-2022-1 二(三)", "HN-2022-1 (三)")
    assert not same_clause("HN-2022-1 (二)", "HN-2022-1 (三)")


def test_the_part_numeral_of_a_clause_numbered_anew_is_needed() -> None:
    assert not same_clause("RS-2021-57A 一(十)", "RS-2021-57A 二(十)")


def test_the_order_of_cited_clauses_has_no_meaning() -> None:
    assert same_clause("ZJ-2022-1 10, 12", "ZJ-2022-1 12, 10")


def test_each_clause_can_stand_alone() -> None:
    assert split("ZJ-2022-1 10, 12") == ("ZJ-2022-1 10", "ZJ-2022-1 12")


def test_every_clause_listed_in_a_text_is_canonical_and_known(book: LawBook) -> None:
    for text in book.texts:
        for clause in text.clauses:
            assert canonical(clause.cite) == clause.cite
            assert book.clause(clause.cite) == clause
            assert clause.zh
            assert clause.en


def test_the_hunan_clauses_are_numbered_through_as_the_text_lists_them(book: LawBook) -> None:
    (hunan,) = [text for text in book.texts if text.id == "HN-2022-1"]
    through = [f"HN-2022-1 ({n})" for n in range(1, 21)]
    assert [clause.cite for clause in hunan.clauses] == [canonical(one) for one in through]


def test_the_book_does_not_know_a_clause_it_does_not_list(book: LawBook) -> None:
    assert book.knows("HN-2022-1 (二), local practice")
    assert not book.knows("RS-2021-57B 25")
    assert book.clause("RS-2021-57B 25") is None
