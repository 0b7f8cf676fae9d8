"""文书与送达: the sheet as it was sent, its files and its service, for both sides."""

from urllib.parse import unquote

from tests.console.browsing import Visitor, apply, hidden, words
from tests.console.office import Office
from tests.examples.papers import text_of


def ask(office: Office, number: str, **more: str) -> None:
    """List what the filing lacks."""
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/filing.request_supplement"
    answer = clerk.send(
        path, **hidden(clerk.see(path)), step="sign", missing="premises",
        **{"reason-premises": "缺少平面图"}, working_days="5", **more,
    )  # fmt: skip
    assert answer.is_success, words(answer)


def test_a_letter_has_a_page_with_its_sheet_its_files_and_its_service(office: Office) -> None:
    number = apply(office)
    ask(office, number)
    (letter,) = office.case().notices
    clerk = Visitor(office, "clerk")
    assert f"/notices/{number}.n-1" in clerk.see(f"/cases/{number}/notices").text
    page = clerk.see(f"/notices/{number}.n-1")
    said = words(page)
    for one in (letter.number, "缺少平面图", letter.printed, letter.digest, "电子送达", "核验码"):
        assert one in said
    pdf = clerk.see(f"/notices/{number}.n-1/pdf")
    assert letter.number in text_of(pdf.content)
    assert unquote(pdf.headers["content-disposition"]).endswith(f"{letter.number}.pdf")
    assert "送达回证" in text_of(clerk.see(f"/notices/{number}.n-1/service").content)


def test_the_institution_reads_its_letters_and_receipt_under_my(office: Office) -> None:
    number = apply(office)
    ask(office, number)
    operator = Visitor(office, "operator")
    assert f"/my/notices/{number}.n-1" in operator.see(f"/my/cases/{number}").text
    assert "缺少平面图" in words(operator.see(f"/my/notices/{number}.n-1"))
    assert operator.see(f"/my/notices/{number}.n-1/pdf").content.startswith(b"%PDF-")
    receipt = text_of(operator.see(f"/my/cases/{number}/receipt.pdf").content)
    assert "收件不等于受理" in receipt
    assert number in receipt


def test_letters_of_others_and_letters_that_are_not_look_alike(office: Office) -> None:
    number = apply(office)
    ask(office, number)
    stranger = Visitor(office, "zhuzhou-clerk")
    for path in (f"/notices/{number}.n-1", f"/notices/{number}.n-1/pdf", "/notices/x.n-1"):
        assert stranger.see(path).status_code == 404
    assert Visitor(office, "clerk").see(f"/notices/{number}.n-9").status_code == 404


def test_a_failed_service_is_told_and_the_next_way_starts_the_window(office: Office) -> None:
    number = apply(office)
    ask(office, number, service="mail")
    clerk = Visitor(office, "clerk")
    page = clerk.see(f"/notices/{number}.n-1")
    assert "还没有送达" in words(page)
    failed, served = (f"/cases/{number}/acts/notice.{one}" for one in ("attempt", "serve"))
    assert failed in page.text
    assert served in page.text
    told = {"notice": "n-1", "method": "mail", "at": "2026-09-21T09:00", "reason": "无人签收"}
    assert clerk.send(failed, **hidden(clerk.see(failed)), **told, step="sign").is_success
    said = words(clerk.see(f"/notices/{number}.n-1"))
    for one in ("送达未成", "邮寄送达", "无人签收", "还没有送达"):
        assert one in said
    assert "filing.supplement" not in {one.key for one in office.case().deadlines}
    told = {"notice": "n-1", "method": "in_person", "at": "2026-09-21T09:00", "proof": "张某签收"}
    assert clerk.send(served, **hidden(clerk.see(served)), **told, step="sign").is_success
    said = words(clerk.see(f"/notices/{number}.n-1"))
    for one in ("直接送达", "张某签收", "无人签收"):
        assert one in said
    assert "filing.supplement" in {one.key for one in office.case().deadlines}
