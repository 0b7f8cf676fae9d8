"""A filing by hand: from the guide to the receipt, through the supplement to the end."""

from hashlib import sha256

import pytest

from tests.console.browsing import (
    INSTITUTION,
    PDF,
    Visitor,
    apply,
    ask_for_premises,
    fill_in,
    hidden,
    words,
)
from tests.console.office import Office

PLAN = ("平面图.png", b"\x89PNG\r\n\x1a\n and so onIEND\xaeB\x60\x82", "image/png")


def test_the_guide_names_terms_and_clauses(office: Office) -> None:
    guide = words(Visitor(office, "operator").see("/apply/filing"))
    assert "7个工作日" in guide
    assert "HN-2022-1 一(二)" in guide


def test_a_draft_goes_on_from_another_device(office: Office) -> None:
    fill_in(Visitor(office, "operator"))
    home = Visitor(office, "principal").see("/my")
    assert "继续填写" in words(home)


def test_a_fault_keeps_what_was_typed_and_names_the_field(office: Office) -> None:
    school = Visitor(office, "operator")
    draft = school.send("/apply/filing").url.path
    page = school.fill(f"{draft}/institution", **(INSTITUTION | {"uscc": "123"}))
    assert page.status_code == 422
    assert "<title>错误：" in page.text
    assert 'href="#uscc"' in page.text
    assert "湖南省长沙市示例路1号" in school.see(f"{draft}/institution").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.pdf", b"not a pdf"),
        ("表.exe", b"%PDF-1.7 %%EOF"),
        ("表.pdf", b"%PDF-1.7"),
        ("表.pdf", b""),
        ("表.zip", b"PK\x03\x04"),
    ],
)
def test_a_file_is_judged_by_its_content(office: Office, name: str, content: bytes) -> None:
    school = Visitor(office, "operator")
    draft = school.send("/apply/filing").url.path
    path = f"{draft}/materials"
    file = (name, content, "application/pdf")
    page = school.upload(path, {"file-application": file}, **hidden(school.see(path)))
    assert page.status_code == 422
    assert name in words(page)


def test_an_oversized_file_is_turned_away_before_it_is_read(office: Office) -> None:
    school = Visitor(office, "operator")
    draft = school.send("/apply/filing").url.path
    big = ("表.pdf", b"%PDF" + bytes(office.services.site.max_upload + 100_000), "application/pdf")
    page = school.upload(f"{draft}/materials", {"file-application": big})
    assert page.status_code == 413
    assert "文件太大" in words(page)


def test_a_missing_material_warns_and_does_not_stop(office: Office) -> None:
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(school)
    principal.fill(f"{draft}/commitment", sign="1")
    page = words(principal.see(f"{draft}/check"))
    assert "缺少材料：场地证明" in page
    assert "确认提交" in page


def test_only_the_principal_signs_and_a_change_takes_the_signature_back(office: Office) -> None:
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(school)
    school.fill(f"{draft}/commitment", sign="1")
    assert "负责人还没有签署承诺" in words(school.see(f"{draft}/check"))
    principal.fill(f"{draft}/commitment", sign="1")
    assert "负责人还没有签署承诺" not in words(school.see(f"{draft}/check"))
    school.fill(f"{draft}/institution", **(INSTITUTION | {"address": "别处"}))
    assert "负责人还没有签署承诺" in words(school.see(f"{draft}/check"))


def test_submitting_twice_makes_one_case(office: Office) -> None:
    school, principal = Visitor(office, "operator"), Visitor(office, "principal")
    draft = fill_in(school)
    principal.fill(f"{draft}/commitment", sign="1")
    fields = hidden(principal.see(f"{draft}/check"))
    first = principal.send(f"{draft}/check", **fields)
    principal.send(f"{draft}/check", **fields)
    assert first.url.path == f"/my/cases/{office.case().number}/receipt"


def test_the_receipt_shows_time_digests_and_the_next_date(office: Office) -> None:
    number = apply(office)
    receipt = words(Visitor(office, "operator").see(f"/my/cases/{number}/receipt"))
    assert "2026年9月21日（周一） 09:00:00" in receipt
    assert "sha256:" in receipt
    assert "2026年10月8日（周四）" in receipt


def test_another_institution_finds_no_case_and_no_draft(office: Office) -> None:
    draft = fill_in(Visitor(office, "operator"))
    number = apply(office)
    other = Visitor(office, "zhuzhou-operator")
    for path in (draft, f"/my/cases/{number}", f"/cases/{number}", f"/my/cases/{number}/receipt"):
        assert other.see(path).status_code == 404


def test_the_wait_sentence_says_who_until_when_and_what_otherwise(office: Office) -> None:
    number = apply(office)
    page = words(Visitor(office, "clerk").see(f"/cases/{number}"))
    assert "等待长沙市鉴定中心作出受理决定，截至2026年10月8日（周四），还有7个工作日" in page
    assert "逾期未作出不予受理决定的，视为受理" in page


def test_a_supplement_is_one_page_one_submit_and_restarts_the_clock(office: Office) -> None:
    number = apply(office)
    ask_for_premises(office, number)
    school, path = Visitor(office, "operator"), f"/my/cases/{number}/corrections"
    page = school.see(path)
    assert "缺少平面图" in words(page)
    office.now("2026-09-22T09:00:00+08:00")
    done = school.upload(path, {"file-premises": PLAN}, **hidden(page), step="send")
    assert "机关办理中" in words(done)
    assert office.case().status == "received"
    assert "现在没有要补正的内容" in words(school.see(path))
    digest = f"sha256:{sha256(PLAN[1]).hexdigest()}"
    receipt = words(school.see(f"/my/cases/{number}/receipt"))
    assert f"2026年9月22日（周二） 09:00:00 {digest}" in receipt
    assert "收到时间 2026年9月21日（周一） 09:00:00" in receipt
    assert "视为收到申请 2026年9月22日（周二） 09:00:00" in receipt


def test_an_incomplete_supplement_warns_once(office: Office) -> None:
    number = apply(office)
    clerk = Visitor(office, "clerk")
    both = {"reason-premises": "缺少平面图", "reason-staff": "缺少证书"}
    clerk.act(
        f"/cases/{number}/acts/filing.request_supplement",
        missing=["premises", "staff"], working_days="5", **both,
    )  # fmt: skip
    school, path = Visitor(office, "operator"), f"/my/cases/{number}/corrections"
    warned = school.upload(path, {"file-premises": PLAN}, **hidden(school.see(path)), step="send")
    assert "还有 1 项没有补" in words(warned)
    assert office.case().status == "correction_required"
    school.send(path, **hidden(warned), step="send")
    assert "补正材料：仍缺 1 项" in words(school.see(f"/my/cases/{number}"))


def test_after_the_last_day_the_page_says_what_the_law_did(office: Office) -> None:
    number = apply(office)
    ask_for_premises(office, number)
    office.now("2026-09-30T00:00:00+08:00")
    page = words(Visitor(office, "operator").see(f"/my/cases/{number}/corrections"))
    assert "至 2026年9月29日（周二） 24:00 未补正，视为放弃申请（HN-2022-1 一(二)）" in page


def test_the_last_second_of_the_last_day_counts(office: Office) -> None:
    number = apply(office)
    ask_for_premises(office, number)
    office.now("2026-09-29T23:59:59+08:00")
    school, path = Visitor(office, "operator"), f"/my/cases/{number}/corrections"
    school.upload(path, {"file-premises": PLAN}, **hidden(school.see(path)), step="send")
    office.now("2026-09-30T00:00:00+08:00")
    assert office.case().status == "received"


def test_silence_accepts_and_two_reviewers_end_it(office: Office) -> None:
    number = apply(office)
    office.now("2026-10-09T00:00:00+08:00")
    first, second = Visitor(office, "reviewer"), Visitor(office, "reviewer-2")
    assert "视为受理 · 依法生效" in words(first.see(f"/cases/{number}"))
    first.act(
        f"/cases/{number}/acts/filing.assess",
        passed="yes", opinion="符合条件", experts="p-expert-1", on_site="yes",
    )  # fmt: skip
    refused = first.act(f"/cases/{number}/acts/filing.approve")
    assert refused.status_code == 409
    done = second.act(f"/cases/{number}/acts/filing.approve")
    assert "机构代码" in words(done)
    assert office.case().status == "closed"


def test_a_material_comes_as_a_download(office: Office) -> None:
    number = apply(office)
    digest = f"sha256:{office.case().data.materials[0].digest[7:]}"  # type: ignore[attr-defined]
    answer = Visitor(office, "clerk").see(f"/cases/{number}/files/{digest}")
    assert answer.content == PDF[1]
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    stranger = Visitor(office, "zhuzhou-clerk")
    assert stranger.see(f"/cases/{number}/files/{digest}").status_code == 404
