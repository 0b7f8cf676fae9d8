"""Acting on a case: preview, one act per form, refusals that keep the input, a busy system."""

from domain.case.letter import letter
from tests.console.browsing import Visitor, apply, ask_for_premises, hidden, words
from tests.console.office import Office

REASONS = {"reasons": "场地不足", "legal_basis": "HN-2022-1 一(一)"}


def test_the_preview_is_the_letter_that_is_issued(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/filing.refuse_acceptance"
    fields = {**hidden(clerk.see(path)), **REASONS}
    preview = clerk.send(path, **fields, step="preview")
    clerk.send(path, **hidden(preview), step="sign")
    case = office.case()
    events = office.services.cases.any_timeline("demo", case.id)
    issued = next(one for one in events if one.type == "notice.issued")
    act = [one for one in events if one.meta.command == issued.meta.command]
    assert office.services.press.part(letter(case, act, case.notices[0].id)) in preview.text


def test_the_preview_names_letter_clock_and_next_step_and_changes_nothing(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/filing.request_supplement"
    before = office.case()
    preview = clerk.send(
        path, **hidden(clerk.see(path)), step="preview", missing="premises",
        **{"reason-premises": "缺少平面图"}, working_days="5",
    )  # fmt: skip
    said = words(preview)
    assert "补正告知书" in said
    assert "“补正期限”开始计算，截至 2026年9月29日（周二） 24:00" in said
    assert "逾期未补正的，视为放弃申请" in said
    assert office.case() == before


def test_a_double_click_makes_one_act(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/case.note"
    fields = {**hidden(clerk.see(path)), "text": "已电话告知", "step": "sign"}
    clerk.send(path, **fields)
    clerk.send(path, **fields)
    assert office.case().notes == 1


def test_the_same_form_with_other_words_is_not_taken(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/case.note"
    fields = {**hidden(clerk.see(path)), "step": "sign"}
    clerk.send(path, **fields, text="一")
    page = clerk.send(path, **fields, text="二")
    assert page.status_code == 409
    assert "这个表单已经提交过" in words(page)


def test_a_conflict_shows_what_the_other_did_and_keeps_the_input(office: Office) -> None:
    number = apply(office)
    late, path = Visitor(office, "reviewer"), f"/cases/{number}/acts/filing.refuse_acceptance"
    form = hidden(late.see(path))
    ask_for_premises(office, number)
    page = late.send(path, **form, **REASONS, step="sign")
    assert page.status_code in (409, 412)
    assert "一次性告知补正：缺 1 项材料" in words(page)
    assert "场地不足" in page.text
    assert hidden(page)["key"] != form["key"]


def test_a_disabled_act_stays_visible_with_its_reason(office: Office) -> None:
    number = apply(office)
    page = words(Visitor(office, "clerk").see(f"/cases/{number}"))
    assert "现在不能做的" in page
    assert "鉴定中心审核" in page


def test_reasons_are_asked_for_at_the_field(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/filing.refuse_acceptance"
    page = clerk.send(path, **hidden(clerk.see(path)), reasons="场地不足", step="preview")
    assert page.status_code == 422
    assert 'href="#legal_basis"' in page.text
    assert "场地不足" in page.text


def test_an_act_received_while_nobody_decides_is_told_with_its_time(office: Office) -> None:
    number = apply(office)
    office.conductor.away = True
    clerk = Visitor(office, "clerk")
    page = clerk.act(f"/cases/{number}/acts/case.note", text="已电话告知")
    assert "系统繁忙，您的操作已登记（收到时间 2026年9月21日（周一） 09:00），将自动继续" in words(
        page
    )
    assert "系统繁忙" not in words(Visitor(office, "operator").see(f"/my/cases/{number}"))
    office.conductor.away = False
    office.conductor.look(office.case().id)
    assert office.case().notes == 1


def test_nothing_is_said_to_be_registered_when_the_store_is_away(office: Office) -> None:
    number = apply(office)
    clerk, path = Visitor(office, "clerk"), f"/cases/{number}/acts/case.note"
    fields = hidden(clerk.see(path))
    office.health.wrong = ("database away",)
    page = clerk.send(path, **fields, text="已电话告知", step="sign")
    assert page.status_code == 503
    assert office.case().notes == 0


def test_a_task_can_be_taken_and_tells_who_did_it(office: Office) -> None:
    number = apply(office)
    clerk, case = Visitor(office, "clerk"), office.case()
    path = f"/tasks/{case.id}.t-1"
    assert "由您办理" in words(clerk.send(f"{path}/claim", **hidden(clerk.see(path))))
    assert "p-clerk" in words(Visitor(office, "reviewer").see("/tasks"))
    ask_for_premises(office, number)
    assert "这项任务已经办结" in words(clerk.see(path))


def test_the_applicant_reads_no_internal_note(office: Office) -> None:
    number = apply(office)
    Visitor(office, "clerk").act(f"/cases/{number}/acts/case.note", text="内部看法")
    assert "内部看法" in words(Visitor(office, "reviewer").see(f"/cases/{number}/timeline"))
    assert "内部看法" not in Visitor(office, "operator").see(f"/my/cases/{number}").text


def test_an_office_of_another_city_knows_nothing(office: Office) -> None:
    number = apply(office)
    stranger = Visitor(office, "zhuzhou-clerk")
    assert stranger.see(f"/cases/{number}").status_code == 404
    assert stranger.see(f"/tasks/{office.case().id}.t-1").status_code == 404
    assert number not in stranger.see("/cases").text


def test_the_province_may_read_and_not_act(office: Office) -> None:
    number = apply(office)
    province = Visitor(office, "province-reviewer")
    page = province.see(f"/cases/{number}")
    assert page.status_code == 200
    assert f"/cases/{number}/acts/filing.accept" not in page.text
