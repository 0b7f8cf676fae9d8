"""文书与送达: the sheet as it was sent, its files and its service, for both sides."""

from urllib.parse import unquote

from domain.case.paper_code import paper_code
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


def test_a_proof_is_uploaded_with_the_service_and_fetched_by_both_sides(office: Office) -> None:
    number = apply(office)
    ask(office, number, service="mail")
    clerk, served = Visitor(office, "clerk"), f"/cases/{number}/acts/notice.serve"
    form = clerk.see(served)
    assert 'enctype="multipart/form-data"' in form.text
    told = {"notice": "n-1", "method": "mail", "at": "2026-09-21T09:00", "proof": "EMS 12"}
    wrong = ("回执.pdf", b"no pdf at all", "application/pdf")
    page = clerk.upload(served, {"proof_digest-file": wrong}, **hidden(form), **told)
    assert page.status_code == 422
    assert "的内容不是 PDF" in words(page)
    slip = ("回执.pdf", b"%PDF-1.7 signed %%EOF", "application/pdf")
    page = clerk.upload(served, {"proof_digest-file": slip}, **hidden(form), **told)
    assert "回执.pdf" not in office.case().notices[0].proof_digest
    assert clerk.send(served, **hidden(page), step="sign").is_success
    (letter,) = office.case().notices
    assert letter.proof_digest.startswith("sha256:")
    for login, here in (
        ("clerk", f"/notices/{number}.n-1"),
        ("operator", f"/my/notices/{number}.n-1"),
    ):
        visitor = Visitor(office, login)
        page = visitor.see(here)
        assert letter.proof_digest in page.text
        assert "EMS 12" in words(page)
        assert visitor.see(f"/cases/{number}/files/{letter.proof_digest}").content == slip[1]
    assert f"files/{letter.proof_digest}" in clerk.see(f"/cases/{number}/notices").text
    stranger = Visitor(office, "zhuzhou-clerk")
    assert stranger.see(f"/cases/{number}/files/{letter.proof_digest}").status_code == 404
    assert letter.proof_digest in text_of(
        clerk.see(f"/notices/{number}.n-1/service").content
    ).replace("\n", "")


def test_a_letter_not_served_for_long_stands_out_on_every_list(office: Office) -> None:
    number = apply(office)
    ask(office, number, service="mail")
    clerk = Visitor(office, "clerk")
    pages = ("/", "/cases", f"/cases/{number}")
    assert not any("仍未送达" in words(clerk.see(one)) for one in pages)
    assert "文书送达" in words(clerk.see("/deadlines"))
    office.now("2026-10-30T09:00:00+08:00")
    said = "个工作日仍未送达"
    for path in pages:
        assert said in words(clerk.see(path))
    assert "文书送达" in words(clerk.see("/deadlines?column=late"))
    assert "仍未送达" not in words(Visitor(office, "operator").see(f"/my/cases/{number}"))


def test_a_letter_is_void_and_both_letters_and_the_check_page_say_so(office: Office) -> None:
    number = apply(office)
    ask(office, number, service="mail")
    reviewer, path = Visitor(office, "reviewer"), f"/cases/{number}/acts/notice.void"
    assert path in reviewer.see(f"/notices/{number}.n-1").text
    told = {"notice": "n-1", "reason": "邮寄地址写错", "service": "electronic"}
    page = reviewer.send(path, **hidden(reviewer.see(path)), **told)
    assert f"哪份文书 补正告知书 {office.case().notices[0].number}" in words(page)
    assert "文书送达至" not in words(page)  # the office's own term is no matter of the letter
    for said in ("作废，文号不再使用", "缺少平面图", "文书；该文书已作废，以本通知为准"):
        assert said in words(page)
    assert reviewer.send(path, **hidden(page), step="sign").is_success
    old, new = office.case().notices
    page = reviewer.see(f"/notices/{number}.n-1")
    assert "这份文书已作废" in words(page)
    assert f"/notices/{number}.n-2" in page.text
    assert path not in page.text
    assert "代替已作废的" in words(reviewer.see(f"/notices/{number}.n-2"))
    assert "已作废" in words(reviewer.see(f"/cases/{number}/notices"))
    code = paper_code(office.case().id, "n-1", old.number)
    check = Visitor(office).see(f"/verify/paper?number={old.number}&code={code}")
    assert "作废" in words(check)
    assert "请以代替它的文书为准" in words(check)
    assert new.served_at is not None
    assert "邮寄地址写错" in text_of(reviewer.see(f"/notices/{number}.n-1/service").content)
