"""The tree 国家 → 省 → 市 → 县 in GB/T 2260 codes."""

import pytest

from domain.law.jurisdiction import ancestors, city, contains, is_code, level, name


def test_a_district_lies_in_its_city_its_province_and_the_country() -> None:
    assert ancestors("430103") == ("430103", "430100", "430000", "000000")
    assert ancestors("430100") == ("430100", "430000", "000000")
    assert ancestors("000000") == ("000000",)


def test_the_code_says_the_level() -> None:
    codes = ("000000", "430000", "430100", "430103")
    assert [level(one) for one in codes] == ["country", "province", "city", "county"]


def test_the_upper_node_contains_the_lower_and_itself() -> None:
    assert contains("430000", "430103")
    assert contains("430103", "430103")
    assert not contains("430103", "430000")
    assert not contains("410000", "430103")


@pytest.mark.parametrize(
    "text", ["", "43", "4301034", "43010x", "４３０１０３", "430003", "000100"]
)
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_code(text)
    with pytest.raises(ValueError, match="jurisdiction code"):
        level(text)
    with pytest.raises(ValueError, match="jurisdiction code"):
        contains("430000", text)
    with pytest.raises(ValueError, match="jurisdiction code"):
        contains(text, "430000")


def test_names_are_advisory() -> None:
    assert name("430103") == "长沙市天心区"
    assert name("659999") is None


@pytest.mark.parametrize(
    ("code", "its_city"),
    [
        ("430203", "430200"),
        ("430200", "430200"),
        ("419001", "419001"),  # directly under its province
        ("430000", "430000"),
        ("000000", "000000"),
        ("110105", "110000"),
        ("500229", "500000"),
    ],
)
def test_a_district_lies_in_its_city_and_what_lies_in_none_stands_for_itself(
    code: str, its_city: str
) -> None:
    assert city(code) == its_city
