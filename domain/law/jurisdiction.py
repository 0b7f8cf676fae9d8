"""Jurisdictions (管辖): GB/T 2260 codes as a tree – country, province, city, county."""

from typing import Literal

Level = Literal["country", "province", "city", "county"]

COUNTRY, HENAN, HUNAN = "000000", "410000", "430000"
_LENGTH = len(COUNTRY)
_STEPS: tuple[tuple[int, Level], ...] = ((2, "province"), (4, "city"), (6, "county"))

_MUNICIPALITIES = ("110000", "120000", "310000", "500000")  # 直辖市: a province that is one city
_DIRECTLY_UNDER_A_PROVINCE = "90"  # 省直辖县级行政区划, such as 419001


def is_code(text: str) -> bool:
    """Return whether `text` has the form of a code: six digits, no level left out."""
    if len(text) != _LENGTH or not (text.isascii() and text.isdecimal()):
        return False
    pairs = [text[:2], text[2:4], text[4:]]
    used = [pair != "00" for pair in pairs]
    return used == sorted(used, reverse=True)


def level(code: str) -> Level:
    """Return how high in the tree `code` stands.

    Raises:
        ValueError: `code` is not a jurisdiction code.
    """
    if not is_code(code):
        raise ValueError(f"not a jurisdiction code (six digits, GB/T 2260): {code!r}")
    found: Level = "country"
    for length, step in _STEPS:
        if code[length - 2 : length] != "00":
            found = step
    return found


def ancestors(code: str) -> tuple[str, ...]:
    """Return `code` itself, then each node above it, last the country.

    Raises:
        ValueError: `code` is not a jurisdiction code.
    """
    level(code)
    nodes = [code, *(code[:length].ljust(_LENGTH, "0") for length in (4, 2)), COUNTRY]
    return tuple(dict.fromkeys(nodes))


def city(code: str) -> str:
    """Return the city `code` lies in; a municipality (直辖市) is one city, with its districts.

    What lies in no city stands for itself: the country, a province, a county directly under one.

    Raises:
        ValueError: `code` is not a jurisdiction code.
    """
    if province(code) in _MUNICIPALITIES:
        return province(code)
    in_a_city = level(code) == "county" and code[2:4] != _DIRECTLY_UNDER_A_PROVINCE
    return f"{code[:4]}00" if in_a_city else code


def province(code: str) -> str:
    """Return the province `code` lies in; the country stands for itself."""
    return code[:2].ljust(_LENGTH, "0")


def contains(upper: str, lower: str) -> bool:
    """Return whether `lower` is `upper` or lies within it.

    Raises:
        ValueError: one of them is not a jurisdiction code.
    """
    level(upper)
    return upper in ancestors(lower)


def provinces() -> tuple[str, ...]:
    """Return every node directly below the country."""
    return tuple(one for one in _NAMES if level(one) == "province")


def name(code: str) -> str | None:
    """Return the Chinese name of `code` where the advisory table has it, for display only."""
    return _NAMES.get(code)


_NAMES = {
    "000000": "全国",
    "110000": "北京市",
    "120000": "天津市",
    "130000": "河北省",
    "140000": "山西省",
    "150000": "内蒙古自治区",
    "210000": "辽宁省",
    "220000": "吉林省",
    "230000": "黑龙江省",
    "310000": "上海市",
    "320000": "江苏省",
    "330000": "浙江省",
    "340000": "安徽省",
    "350000": "福建省",
    "360000": "江西省",
    "370000": "山东省",
    "410000": "河南省",
    "410100": "郑州市",
    "420000": "湖北省",
    "430000": "湖南省",
    "430100": "长沙市",
    "430102": "长沙市芙蓉区",
    "430103": "长沙市天心区",
    "430104": "长沙市岳麓区",
    "430105": "长沙市开福区",
    "430111": "长沙市雨花区",
    "430112": "长沙市望城区",
    "430121": "长沙县",
    "430181": "浏阳市",
    "430182": "宁乡市",
    "430200": "株洲市",
    "430300": "湘潭市",
    "430400": "衡阳市",
    "430500": "邵阳市",
    "430600": "岳阳市",
    "430700": "常德市",
    "430800": "张家界市",
    "430900": "益阳市",
    "431000": "郴州市",
    "431100": "永州市",
    "431200": "怀化市",
    "431300": "娄底市",
    "433100": "湘西土家族苗族自治州",
    "440000": "广东省",
    "450000": "广西壮族自治区",
    "460000": "海南省",
    "500000": "重庆市",
    "510000": "四川省",
    "520000": "贵州省",
    "530000": "云南省",
    "530100": "昆明市",
    "540000": "西藏自治区",
    "610000": "陕西省",
    "620000": "甘肃省",
    "630000": "青海省",
    "640000": "宁夏回族自治区",
    "650000": "新疆维吾尔自治区",
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
}
