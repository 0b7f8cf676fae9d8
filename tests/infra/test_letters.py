"""Letters on paper: what stands in the PDF and the HTML, the same bytes for the same sheet."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from domain.case.letter import record_of_service
from domain.case.sheet import Sheet
from infra.letters import press as press_module
from infra.letters.press import LetterPress, has_font
from tests.examples.filing import CLERK, MONDAY, REVIEWER, TO_EXAMINE, acting, listed
from tests.examples.papers import sizes_of, text_of, widest
from tests.press import FONTS
from tests.spec.driver import given

LAYOUT = Path(press_module.__file__).parent / "letter.typ"
SITE = "https://cases.example"
TRICKS = '#panic("x") *b* _i_ $x^2$ <l> @r [c] \\u{41} // no `raw` "q" \'s\' = h - l + n'
SHEET = Sheet(
    issuer="长沙市鉴定中心",
    title="补正告知书",
    number="案卷演示〔2024〕17号",
    facts=(("办件编号", "430100-BA-2024-000001"), ("统一社会信用代码", "52430100MJJ0000012")),
    addressee="长沙𠮷祥职业培训学校",
    body=[
        "须补正的全部内容如下：",
        ("场地证明：缺少", TRICKS),
        "请于2024年5月9日（含当日）以前办理。",
    ],
    clauses=("HN-2022-1 一(二)",),
    day="2024年4月26日",
    code="BVA3-DYAB-3RJS-QZ5G",
)


@pytest.fixture(scope="module")
def press() -> LetterPress:
    return LetterPress(FONTS, SITE)


def printed(press: LetterPress, sheet: Sheet) -> bytes:
    made = press.print(sheet)
    assert made is not None, "install fonts-noto-cjk"
    return made.content


def test_all_a_letter_says_can_be_read_back_from_its_pdf(press: LetterPress) -> None:
    text = text_of(printed(press, SHEET))
    said = (
        "长沙市鉴定中心", "补正告知书", SHEET.number, "长沙𠮷祥职业培训学校：",
        "52430100MJJ0000012", "2024年5月9日（含当日）", "HN-2022-1一(二)", "2024年4月26日",
        "（盖章）", SHEET.code, f"{SITE}/verify/paper", "第1页/共1页",
    )  # fmt: skip
    assert [one for one in said if one not in text] == []


def test_what_a_letter_says_is_text_and_never_code(press: LetterPress) -> None:
    assert "".join(TRICKS.split()) in text_of(printed(press, SHEET))
    page = press.page(replace(SHEET, addressee="<script>alert(1)</script>&")).decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page
    assert "<script" not in page


def test_the_same_sheet_is_the_same_bytes_in_every_process(press: LetterPress) -> None:
    first, other = printed(press, SHEET), LetterPress(FONTS, SITE)
    assert printed(press, SHEET) == first
    assert printed(other, SHEET) == first
    assert other.page(SHEET) == press.page(SHEET)
    assert printed(press, replace(SHEET, day="2024年4月27日")) != first


def test_a_character_that_no_font_has_stands_as_its_code_point(press: LetterPress) -> None:
    sheet = replace(SHEET, addressee="王\U000323af学校", title="补正\ue000告知书")
    text = text_of(printed(press, sheet))
    assert "王〔U+323AF〕学校" in text
    assert "补正〔U+E000〕告知书" in text
    assert "王\U000323af学校" in press.page(sheet).decode()


@pytest.mark.parametrize(
    "odd",
    ["\ufeff", "\u202e", "\u200b", "\x07", "\t", "\r", "\xad", "\ufffe", "\U0010ffff", "😀",
     "👨\u200d👩\u200d👧", "ا", "क्ष", "e\u0301", "\u2028", "ﷺ", "\ud7ff"],
)  # fmt: skip
def test_whatever_was_typed_is_printed_or_spelled_out(press: LetterPress, odd: str) -> None:
    text = text_of(printed(press, replace(SHEET, addressee=f"甲{odd}乙", body=[odd, (odd,)])))
    assert text.count("甲") == text.count("乙") == 1
    assert "\u202e" not in text


def test_a_long_letter_counts_its_pages(press: LetterPress) -> None:
    made = press.print(replace(SHEET, body=[("很长的理由" * 40,) * 12]))
    assert made is not None
    assert made.pages == len(sizes_of(made.content)) == 4
    assert "第3页/共4页" in text_of(made.content)


def test_a_digest_breaks_at_the_margin_and_reads_back_whole(press: LetterPress) -> None:
    digest = "sha256:" + "ab12" * 16
    content = printed(
        press, replace(SHEET, body=[("申请表：" + digest,)], table=(("凭证", digest),))
    )
    assert text_of(content).count(digest) == 2
    assert widest(content) < 525  # points: the right margin


def test_a_letter_is_a4_and_is_kept_as_pdf_a(press: LetterPress) -> None:
    content = printed(press, SHEET)
    assert sizes_of(content) == [(595, 842)]
    assert b"pdfaid" in content


def test_without_a_font_there_is_html_and_never_a_page_of_boxes(tmp_path: Path) -> None:
    for nowhere in (None, tmp_path, tmp_path / "none"):
        bare = LetterPress(nowhere, SITE)
        assert bare.print(SHEET) is None
        assert "长沙𠮷祥职业培训学校" in bare.page(SHEET).decode()
    assert not has_font(tmp_path)
    assert has_font(FONTS)


def test_without_an_address_the_picture_holds_number_and_code() -> None:
    page = LetterPress(None).page(SHEET).decode()
    assert "<svg" in page
    assert "文书核验页面" in page


def test_the_record_of_service_leaves_room_for_a_pen_and_lists_what_failed(
    press: LetterPress,
) -> None:
    failed = acting(
        "2024-05-06 09:00", CLERK, "notice.attempt",
        notice="n-1", method="mail", at="2024-04-30T15:00:00+08:00", reason="无人签收，退回",
    )  # fmt: skip
    case = given(*TO_EXAMINE, listed(MONDAY, service="mail"), failed).case
    text = text_of(printed(press, record_of_service(case, case.notices[0])))
    said = ("送达回证", "补正告知书", case.notices[0].number, "受送达人", "送达人", "见证人",
            "2024年4月30日15:00邮寄送达：无人签收，退回")  # fmt: skip
    assert [one for one in said if one not in text] == []


def test_the_record_of_a_void_letter_leaves_no_room_for_a_service() -> None:
    told = {"notice": "n-1", "reason": "邮寄地址写错", "service": "mail"}
    case = given(
        *TO_EXAMINE, listed(MONDAY, service="mail"),
        acting("2024-05-06 09:00", REVIEWER, "notice.void", **told),
    ).case  # fmt: skip
    void, new = (dict(record_of_service(case, one).table) for one in case.notices)
    assert "" not in void.values()
    assert void["作废"] == "2024年5月6日09:00作废：邮寄地址写错"
    assert new["送达人"] == ""
    assert "作废" not in new


def test_a_layout_that_changes_gets_a_new_version(press: LetterPress) -> None:
    """Once letters were sent with a version: raise TEMPLATE, and put its line below."""
    seen = hashlib.sha256(press.page(SHEET) + LAYOUT.read_bytes()).hexdigest()[:16]
    assert {press.template: seen} == {"2": "5120a9ed9b8c681f"}
