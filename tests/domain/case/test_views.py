"""What readers see: sentences, lights, possible acts, titles (API §4, CONSOLE §2)."""

from datetime import date

import pytest

from domain.case import views
from domain.case.labels import label
from domain.case.state import Case
from domain.case.views.waiting import wait
from domain.kernel.events import registered
from domain.law.clock import Due, Paused
from domain.process.model import Definition
from tests.domain.case.test_terms_moved import suspended
from tests.domain.case.test_which_refusal import STAGES
from tests.examples.filing import (
    ANYBODY,
    ASSESSOR,
    CLERK,
    MONDAY,
    OBJECTED,
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_ASSESS,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    acting,
    approved,
    assessed,
    listed,
    refused,
    resolved,
    submitted,
    supplied,
)
from tests.spec.driver import TENANT, cst, given, world

IN_2026 = (submitted("2026-09-28 10:12:41"), listed("2026-10-12 15:30"))
READ = "2026-10-16 09:00"


def said(case: Case, at: str, language: str) -> str:
    """Return the wait sentence."""
    now = cst(at)
    return views.next_sentence(case, world(), now, language)  # type: ignore[arg-type]


def test_the_sentence_of_the_interface_description() -> None:
    case = given(*IN_2026).case
    assert said(case, READ, "zh") == (
        "等待长沙甲培训学校补正材料，截至2026年10月26日（周一），还有6个工作日"
    )
    assert said(case, READ, "en") == (
        "Waiting for 长沙甲培训学校 to supply what is missing, until Monday 26 October 2026, "
        "6 working days left"
    )
    found = views.wait(case, world(), cst(READ))
    assert found is not None
    assert (found.role, found.task) == ("institution.operator", "filing.supplement")
    assert (found.until, found.cite) == (date(2026, 10, 26), "HN-2022-1 一(二)")


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        ("2024-05-09 09:00", "，截至2024年5月9日（周四），今天截止", "which is today"),
        ("2024-05-08 09:00", "还有1个工作日", "1 working day left"),
        ("2024-04-29 09:00", "还有5个工作日", "5 working days left"),
    ],
)
def test_the_sentence_counts_down(at: str, zh: str, en: str) -> None:
    case = given(*TO_EXAMINE).case
    assert said(case, at, "zh").startswith("等待长沙市鉴定中心作出受理决定")
    assert said(case, at, "zh").endswith(zh)
    assert said(case, at, "en").endswith(en)


def test_a_flag_overdue_is_said_so_and_lit_red() -> None:
    case = given(submitted("2022-05-05 09:00")).case
    assert "已超期" in said(case, "2022-06-01 09:00", "zh")
    assert said(case, "2022-06-01 09:00", "en").endswith("working days overdue")
    assert views.case_light(case, cst("2022-06-01 09:00"), world()) == "red"
    assert views.if_nothing_happens(case, world()) is None


def test_a_suspended_term_is_said_so_and_lit_grey() -> None:
    case = given(*TO_EXAMINE, suspended("2024-04-29 09:00")).case
    assert said(case, "2024-05-05 09:00", "zh").endswith("，期限已暂停")
    assert said(case, "2024-05-05 09:00", "en").endswith("; the term is suspended")
    assert views.case_light(case, cst("2024-05-05 09:00"), world()) == "grey"
    assert isinstance(views.ledger(case.deadlines[0], world().calendar), Paused)


def test_where_no_text_sets_a_term_that_is_said() -> None:
    case = given(*TO_DECIDE).case
    assert said(case, "2024-05-05 09:00", "zh") == "等待长沙市鉴定中心作出备案决定，法规未定期限"
    assert said(case, "2024-05-05 09:00", "en").endswith("; no text sets a term")
    assert views.case_light(case, cst("2024-05-05 09:00"), world()) == "none"


def test_while_a_notice_runs_the_public_is_waited_for_unless_somebody_objected() -> None:
    case = given(*ON_NOTICE).case
    assert said(case, "2024-05-07 09:00", "zh").startswith(
        "公示期进行中，截至2024年5月11日（周六）"
    )
    assert said(case, "2024-05-07 09:00", "en").startswith("The public notice is running, until")
    assert said(given(*OBJECTED).case, "2024-05-07 12:00", "zh").startswith(
        "等待长沙市鉴定中心处理异议"
    )


def test_an_office_without_a_known_name_is_named_by_its_code() -> None:
    case = given(submitted(jurisdiction="430199")).case
    assert said(case, "2024-04-27 09:00", "zh").startswith("等待430199 鉴定中心")


def test_an_ended_case_waits_for_nobody() -> None:
    case = given(*TO_EXAMINE, refused()).case
    assert views.wait(case, world(), cst("2024-05-05 09:00")) is None
    assert said(case, "2024-05-05 09:00", "zh") == "办件已结束：不予受理／不予备案"
    assert said(case, "2024-05-05 09:00", "en") == "The case has ended: Refused"


@pytest.mark.parametrize(
    ("past", "event", "zh"),
    [
        (TO_EXAMINE, "filing.deemed_accepted", "逾期未作出不予受理决定的，视为受理"),
        (TO_SUPPLEMENT, "filing.deemed_abandoned", "逾期未补正的，视为放弃申请"),
        (ON_NOTICE, "", "公示期满且异议处理完毕后，进入备案决定"),
    ],
)
def test_what_happens_if_nothing_happens(past: tuple[object, ...], event: str, zh: str) -> None:
    found = views.if_nothing_happens(given(*past).case, world())  # type: ignore[arg-type]
    assert found is not None
    assert (found.event, found.sentence("zh")) == (event, zh)
    assert found.sentence("en")


def test_the_light_turns_amber_near_the_end_and_says_what_became_of_it() -> None:
    case = given(*TO_EXAMINE).case
    clock, calendar = case.deadlines[0], world().calendar
    assert views.light(clock, cst("2024-04-29 09:00"), calendar) == "green"
    assert views.light(clock, cst("2024-05-07 09:00"), calendar) == "amber"
    met = given(*TO_SUPPLEMENT).case.deadlines[0]
    assert views.light(met, cst("2024-05-20 09:00"), calendar) == "done"
    past = given(*TO_EXAMINE)
    past.office.wait("a", cst("2024-05-20 09:00"))
    assert views.light(past.case.deadlines[0], cst("2024-05-20 09:00"), calendar) == "law"
    unsure = given(submitted("2026-12-30 09:00")).case.deadlines[0]
    assert views.light(unsure, cst("2026-12-31 09:00"), calendar) == "provisional"


def test_the_ledger_is_counted_from_the_frozen_term() -> None:
    past = given(*TO_EXAMINE, listed("2024-04-29 10:00", working_days=5))
    ledger = views.ledger(past.case.deadlines[-1], world().calendar)
    assert isinstance(ledger, Due)
    assert (ledger.due, ledger.ledger[-1].n) == (date(2024, 5, 9), 5)


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_shown_as_possible_is_not_refused_for_where_the_case_is(stage: str) -> None:
    past = given(*STAGES[stage])
    for actor in (SCHOOL, CLERK, ASSESSOR, REVIEWER, ANYBODY):
        found = views.actions(world(), TENANT, past.case, actor, cst("2024-05-08 12:00"))
        names = [one.name for one in found]
        assert "filing.submit" not in names
        assert "notice.record_rendering" not in names
        for one in found:
            assert one.label("zh")
            assert one.if_match in ("any", "exact")
            assert one.allowed is (one.why_not is None)
            if one.why_not is not None:
                assert one.why_not.text("zh")
                assert one.why_not.text("en")


def test_why_not_says_the_stage_the_role_or_the_same_person() -> None:
    def why(past: tuple[object, ...], actor: object, name: str) -> str:
        case = given(*past).case  # type: ignore[arg-type]
        now = cst("2024-05-08 12:00")
        found = views.actions(world(), TENANT, case, actor, now)  # type: ignore[arg-type]
        one = next(one for one in found if one.name == name)
        return one.why_not.code if one.why_not else ""

    assert why(TO_DECIDE, REVIEWER, "filing.approve") == ""
    assert why(TO_DECIDE, ASSESSOR, "filing.approve") == "case.same_person"
    assert why(TO_DECIDE, CLERK, "filing.approve") == "case.role_required"
    assert why(TO_EXAMINE, CLERK, "filing.request_supplement") == ""
    answered = (*TO_SUPPLEMENT, supplied("2024-05-06 10:00", "premises", "staff"))
    assert why(answered, CLERK, "filing.request_supplement") == "filing.supplement_once"
    assert why(ON_NOTICE, REVIEWER, "filing.approve") == "filing.publicity_running"
    assert why(ON_NOTICE, ANYBODY, "filing.object") == ""
    assert why(TO_EXAMINE, ASSESSOR, "deadline.resume") == "case.wrong_stage"
    assert why(TO_EXAMINE, ASSESSOR, "deadline.suspend") == ""
    assert why(TO_SUPPLEMENT, CLERK, "notice.serve") == "case.wrong_stage"
    assert why((*TO_EXAMINE, refused()), CLERK, "case.note") == "case.closed"


def test_every_event_of_a_long_filing_has_a_title_in_both_languages() -> None:
    past = given(*OBJECTED)
    past.when(suspended("2024-05-07 13:00", key="filing.publicity")).then("…")
    done = given(*TO_SUPPLEMENT, supplied("2024-04-30 10:00", "staff"), office=None, case_id="b")
    closed = given(*TO_DECIDE, approved("2024-05-20 10:00"), case_id="c")
    told = {}
    for one in (past, done, closed):
        for recorded in one.office.streams[one.case_id]:
            told[recorded.type] = views.title(recorded, "zh", one.case, world())
            assert views.title(recorded, "en", one.case, world())
    assert told["filing.supplement_requested"] == "一次性告知补正：缺 2 项材料"
    assert told["filing.supplemented"] == "补正材料：仍缺 1 项"
    assert told["filing.approved"] == "准予备案：机构代码 Y000043000001，回执 案卷演示〔2024〕2号"
    assert told["notice.served"] == "送达：电子送达"
    assert told["deadline.opened"].startswith("期限起算：")


def test_titles_say_how_it_went() -> None:
    past = given(*SOCIAL_TO_ASSESS, assessed(passed=False), case_id="a")
    past.when(acting("2024-05-02 10:00", ASSESSOR, "case.assign", to="p-x")).then("…")
    answered = given(*TO_SUPPLEMENT, supplied("2024-04-30 10:00", "premises", "staff"))
    upheld = given(*OBJECTED, resolved(upheld=True))
    dismissed = given(*OBJECTED, resolved())
    full = given(*TO_EXAMINE)
    longer = acting(
        "2024-04-29 09:00", ASSESSOR, "deadline.extend",
        key="filing.acceptance", amount=1, reason="x", cite="y",
    )  # fmt: skip
    full.when(longer)
    said = [
        {
            one.type: views.title(one, language, past_.case, world())
            for one in past_.office.streams["a"]
        }
        for past_ in (past, answered, upheld, dismissed, full)
        for language in ("zh", "en")
    ]
    assert said[0]["filing.assessed"] == "评估：未通过"
    assert said[1]["filing.assessed"] == "Assessed: not passed"
    assert said[1]["case.assigned"] == "Assigned: p-x"
    assert said[2]["filing.supplemented"] == "补正材料：材料补齐"
    assert said[3]["filing.supplemented"] == "Materials supplied: complete"
    assert said[4]["filing.objection_resolved"] == "异议处理：成立"
    assert said[5]["filing.objection_resolved"] == "Objection decided: upheld"
    assert said[6]["filing.objection_resolved"] == "异议处理：不成立"
    assert said[8]["command.refused"].startswith("未予办理：受理期限（至多 7）")
    assert "does not let" in said[9]["command.refused"]


def test_every_event_and_command_has_words() -> None:
    from domain.case.commands import SPECS  # noqa: PLC0415  – beside its use

    for type_ in registered():
        if not type_.startswith("test."):
            assert label("event", type_, "zh") != type_, type_
    for name, spec in SPECS.items():
        assert spec.zh != name
        assert spec.label("en") != name
    assert label("event", "nobody.said", "zh") == "nobody.said"
    assert label("nothing", "x", "en") == "x"


def test_every_task_of_the_diagram_has_words() -> None:
    diagram: Definition | None = world().definitions.current("filing", "hunan")
    assert diagram is not None
    for node in diagram.nodes.values():
        if node.kind == "user" and node.task.form:
            assert label("task", node.task.form, "zh") != node.task.form


def test_a_letter_under_way_is_not_called_a_wait_without_a_term() -> None:
    case = given(*TO_EXAMINE, listed(MONDAY, service="mail")).case
    view = wait(case, world(), cst(TUESDAY))
    assert view is not None
    assert view.sentence("zh").endswith("，期限自送达之日的次日起计算")
    assert view.sentence("en").endswith("; the term starts once the letter is served")
