"""A letter by mail in a real browser: it stands out, is void and told anew, proved and fetched."""

from pathlib import Path

import pytest

from tests.browser.conftest import House, NewVisitor
from tests.browser.watching import Watched
from tests.console.browsing import apply
from tests.console.test_letters import ask

SLIP = b"%PDF-1.7 signed %%EOF"


@pytest.mark.parametrize(
    ("width", "scripts"), [(390, True), (1280, False)], ids=["narrow", "no-scripts"]
)
def test_a_letter_by_mail_is_void_told_anew_and_its_service_proved(
    house: House, visitor: NewVisitor, tmp_path: Path, width: int, *, scripts: bool
) -> None:
    number = apply(house.office)
    ask(house.office, number, service="mail")
    house.office.now("2026-10-30T09:00:00+08:00")
    reviewer = visitor(house.url, width=width, scripts=scripts).sign_in("reviewer")
    reviewer.says("仍未送达")
    reviewer.look("workbench")
    _void(reviewer, number)
    slip = tmp_path / "回执.pdf"
    slip.write_bytes(SLIP)
    _serve(reviewer, number, slip)
    with reviewer.page.expect_download() as fetched:
        reviewer.page.get_by_text("下载凭证文件").click()
    assert Path(fetched.value.path()).read_bytes() == SLIP


def _void(reviewer: Watched, number: str) -> None:
    """Declare the letter void, with the form kept as a draft on the way."""
    page = reviewer.page
    reviewer.go(f"/notices/{number}.n-1")
    reviewer.look("letter-under-way")
    reviewer.follow("作废重发")
    page.check("input[name=notice]")
    page.fill("#reason", "邮寄地址写错")
    page.check("input[name=service][value=mail]")
    reviewer.press("保存草稿")
    reviewer.says("草稿由 p-reviewer 于")
    assert page.input_value("#reason") == "邮寄地址写错"
    reviewer.look("draft-of-an-act")
    page.get_by_role("button", name="下一步").last.click()
    reviewer.says("文号不再使用")
    reviewer.look("void-preview")
    reviewer.press("确认并作废重发")
    reviewer.go(f"/notices/{number}.n-1")
    reviewer.says("这份文书已作废")
    reviewer.look("void-letter")


def _serve(reviewer: Watched, number: str, slip: Path) -> None:
    """Record the service of the new letter with a scanned slip."""
    page = reviewer.page
    reviewer.go(f"/notices/{number}.n-2")
    reviewer.follow("登记送达")
    page.check("input[name=notice]")
    page.check("input[name=method][value=mail]")
    page.fill("#proof", "EMS 12")
    page.set_input_files("#proof_digest", slip)
    page.get_by_role("button", name="下一步").last.click()
    reviewer.says("您填写的内容")
    reviewer.press("确认并登记送达")
    reviewer.go(f"/notices/{number}.n-2")
    reviewer.look("served-with-proof")
