"""`batch.report`: what a plan opens, and what turns it away (HN-2022-1 二(三), 二(六)–(八))."""

from datetime import date
from typing import Any

import pytest

from domain.case.refusals import Malformed, OutsideJurisdiction, RoleRequired
from domain.case.state import Party
from domain.kernel.errors import Refusal
from domain.law.book import NoRule
from domain.procedures.evaluation.batch import refusals as r
from domain.registers import blocks
from domain.registers.blocks import Block
from domain.registers.institutions import Bar
from tests.examples.batch import (
    ADDRESS,
    CANDIDATES,
    IN_TIME,
    STAFF,
    SUPERVISOR,
    ZHUZHOU,
    act,
    approved,
    bank,
    barred,
    filed_elsewhere,
    holds,
    office,
    own_people,
    planned,
    registered,
    reported,
    site,
)
from tests.examples.filing import CLERK, FOREIGN_CLERK, SCHOOL, USCC
from tests.spec.driver import cst, given

SUSPENSION = Block(
    what="suspension", since=cst("2024-05-20 09:00"), cite="RS-2021-57B 13", case="s"
)
FILM = Block(what="video", since=cst("2024-05-20 00:00"), cite="HN-2022-1 四(十七)", case="b")


def test_a_plan_in_time_opens_a_case_and_waits_for_the_center() -> None:
    then = given(office=office()).when(reported())
    then.then("case.opened", "batch.reported", "task.opened", "process.moved").now(
        "received", "batch_decision"
    )
    assert then.case.applicant == Party(organisation=USCC, name="长沙甲培训学校", kind="school")
    assert "PC" in then.case.number


def test_the_last_admissible_day_and_the_place_on_file_are_frozen_in_the_report() -> None:
    event = given(office=office()).when(reported()).event("batch.reported")
    assert event.last_admissible_day == date(2024, 6, 5)
    assert (event.filed_address, event.external, event.gaps) == (ADDRESS, False, ())


def test_a_plan_of_one_day_ends_on_the_day_it_begins() -> None:
    event = given(office=office()).when(reported(ends_on=None)).event("batch.reported")
    assert event.ends_on == date(2024, 6, 15)


def test_an_exam_that_ends_before_it_begins_is_malformed() -> None:
    given(office=office()).when(reported(ends_on="2024-06-14")).then_refused(Malformed)


@pytest.mark.parametrize(
    ("left_out", "gap"),
    [
        ("exam_plan", "exam_plan"),
        ("candidates", "candidates"),
        ("mode", "mode"),
        ("fee", "fee"),
        ("site", "place"),
        ("exam_staff", "exam_staff"),
        ("assessors", "assessors"),
    ],
)
def test_what_is_left_out_is_taken_in_and_shown_to_the_center(left_out: str, gap: str) -> None:
    """Cite: HN-2022-1 二(三)."""
    without: dict[str, Any] = {left_out: None}
    then = given(office=office()).when(reported(**without))
    assert then.event("batch.reported").gaps == (gap,)
    then.now("received", "batch_decision")


@pytest.mark.parametrize(
    ("blank", "gap"),
    [({"exam_plan": " "}, "exam_plan"), ({"exam_staff": ["", "  "]}, "exam_staff"),
     ({"assessors": ["", " "], "group_leader": ""}, "assessors")],
)  # fmt: skip
def test_a_blank_is_left_out_too(blank: dict[str, Any], gap: str) -> None:
    """Cite: HN-2022-1 二(三)."""
    assert given(office=office()).when(reported(**blank)).event("batch.reported").gaps == (gap,)


@pytest.mark.parametrize("its", [{}, {"address": ""}, {"address": "  "}, {"address": None}])
def test_a_site_without_an_address_is_taken_in_and_its_place_is_a_gap(its: dict[str, Any]) -> None:
    then = given(office=office()).when(reported(site={"name": "本校"} | its))
    assert then.event("batch.reported").gaps == ("place",)
    then.now("received", "batch_decision")
    given(reported(site={"name": "本校"} | its), office=office()).when(approved()).then(
        "batch.approved", "…"
    )


def test_without_an_address_a_site_in_another_city_is_external_all_the_same() -> None:
    then = given(office=office()).when(reported(site={"name": "基地", "jurisdiction": ZHUZHOU}))
    then.now("received", "batch_site_request")


def test_a_fee_of_nothing_is_no_gap() -> None:
    assert given(office=office()).when(reported(fee=0)).event("batch.reported").gaps == ()


def test_who_named_a_candidate_twice_named_one() -> None:
    twice = [*CANDIDATES, CANDIDATES[0]]
    event = given(office=office()).when(reported(candidates=twice)).event("batch.reported")
    assert event.candidates == CANDIDATES


def test_without_an_annual_plan_there_is_no_batch() -> None:
    """Cite: HN-2022-1 二(三)."""
    then = given(office=office(claims=[bank()])).when(reported()).then_refused(r.NoAnnualPlan)
    assert then.outcome.evidence["year"] == 2024
    assert then.outcome.cite == "HN-2022-1 二(三)"


def test_the_plan_of_another_year_does_not_help() -> None:
    known = office(claims=[planned("2025-06", year=2025), bank()])
    given(office=known).when(reported()).then_refused(r.NoAnnualPlan)


@pytest.mark.parametrize(
    "changes",
    [
        {"level": 3},
        {"occupation_code": "6-20-01-01"},
        {"starts_on": "2024-07-15", "ends_on": None},
    ],
)
def test_level_occupation_and_month_must_stand_in_the_plan(changes: dict[str, Any]) -> None:
    given(office=office()).when(reported(**changes)).then_refused(r.NotInPlan)


@pytest.mark.parametrize("level", [3, 4])
def test_what_is_not_filed_cannot_be_evaluated(level: int) -> None:
    """Level 3 is not in the filed scope; without an institution code nothing is filed."""
    its = registered() if level == 3 else registered(code="")
    known = office(its, claims=[planned("2024-06", level=level), bank(level)])
    given(office=known).when(reported(level=level)).then_refused(r.OutOfScope)


@pytest.mark.parametrize("nobody", [None, "", "  "])
def test_every_exam_needs_an_internal_supervisor(nobody: str | None) -> None:
    """Cite: HN-2022-1 二(八)."""
    sent = reported(internal_supervisor=nobody)
    given(office=office()).when(sent).then_refused(r.InternalSupervisorMissing)


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({"internal_supervisor": "p-a2"}, "p-a2"),
        ({"group_leader": SUPERVISOR}, SUPERVISOR),
        ({"candidates": ["p-c1", "p-staff-1"]}, "p-staff-1"),
        ({"candidates": ["p-a3"]}, "p-a3"),
        ({"candidates": ["p-c1", SUPERVISOR]}, SUPERVISOR),
    ],
)
def test_who_examines_is_not_examined_and_who_supervises_does_not_assess(
    changes: dict[str, Any], who: str
) -> None:
    then = given(office=office()).when(reported(**changes)).then_refused(r.Recusal)
    assert then.outcome.evidence["person"] == who
    assert then.outcome.cite == "HN-2022-1 二(八)"


def test_staff_may_assess_as_well_for_no_text_forbids_it() -> None:
    given(office=office()).when(reported(assessors=[*STAFF, "p-a1"])).then("case.opened", "…")


def test_no_batch_while_the_institution_is_suspended() -> None:
    known = office()
    holds(known, blocks.claim(USCC, SUSPENSION))
    then = given(office=known).when(reported()).then_refused(r.InstitutionSuspended)
    assert then.outcome.evidence["since"] == "2024-05-20"
    holds(known, blocks.lifted(USCC, "suspension", "s"))
    given(office=known).when(reported()).then("case.opened", "…")


def test_a_suspension_in_the_register_counts_from_its_day() -> None:
    known = office(registered(bars=(Bar(kind="suspended", since=date(2024, 6, 3)),)))
    given(office=known).when(reported(IN_TIME)).then_refused(r.InstitutionSuspended)
    given(office=known).when(reported("2024-06-02 23:59:59")).then("case.opened", "…")


def test_no_batch_while_the_film_of_an_earlier_one_is_outstanding() -> None:
    """Cite: HN-2022-1 四(十七)."""
    known = office()
    holds(known, blocks.claim(USCC, FILM))
    then = given(office=known).when(reported()).then_refused(r.VideoOutstanding)
    assert then.outcome.evidence["case"] == "b"


def test_who_is_barred_on_the_first_exam_day_cannot_take_part() -> None:
    over = office(registered(), barred("p-c2", date(2024, 6, 14)))
    given(office=over).when(reported()).then("case.opened", "…")
    known = office(registered(), barred("p-c2", date(2024, 6, 15)))
    then = given(office=known).when(reported()).then_refused(r.CandidateBarred)
    assert then.outcome.evidence == {"candidate": "p-c2", "until": "2024-06-15", "count": 1}


@pytest.mark.parametrize("mode", ["exam", None])
def test_an_exam_needs_a_reported_question_bank(mode: str | None) -> None:
    """Cite: HN-2022-1 二(七)."""
    known = given(office=office(claims=[planned("2024-06")]))
    known.when(reported(mode=mode)).then_refused(r.QuestionBankNotReported)


def test_a_review_needs_none() -> None:
    known = given(office=office(claims=[planned("2024-06")]))
    known.when(reported(mode="review")).then("case.opened", "…")


@pytest.mark.parametrize(
    ("known", "wins"),
    [
        (office(registered(code=""), claims=[]), r.NoAnnualPlan),
        (office(registered(code=""), claims=[planned("2024-07")]), r.NotInPlan),
        (office(registered(code=""), claims=[planned("2024-06")]), r.OutOfScope),
    ],
)
def test_the_first_refusal_of_the_list_wins(known: object, wins: type[Refusal]) -> None:
    sent = reported(internal_supervisor="", candidates=[*STAFF])
    given(office=known).when(sent).then_refused(wins)  # type: ignore[arg-type]


def test_a_missing_supervisor_is_told_before_recusal_bars_and_bank() -> None:
    known = office(claims=[planned("2024-06")])
    sent = reported(internal_supervisor="", candidates=["p-a1"])
    given(office=known).when(sent).then_refused(r.InternalSupervisorMissing)


def test_before_its_text_the_lead_time_is_not_known() -> None:
    known = office(claims=[planned("2022-05", year=2022), bank()])
    sent = reported("2022-04-20 09:00", starts_on="2022-05-14", ends_on=None, mode="review")
    given(office=known).when(sent).then_refused(NoRule)


def test_only_an_institution_reports() -> None:
    given(office=office()).when(reported(by=CLERK)).then_refused(RoleRequired)


def test_another_center_cannot_decide() -> None:
    given(reported(), office=office()).when(approved(by=FOREIGN_CLERK)).then_refused(
        OutsideJurisdiction
    )


def test_a_plan_can_be_reported_at_another_address_only_as_external() -> None:
    known = office()
    holds(known, filed_elsewhere("长沙市示例路9号"))
    then = given(office=known).when(reported())
    assert then.event("batch.reported").external
    then.now("received", "batch_site_request")


def test_a_place_the_register_does_not_know_is_a_gap() -> None:
    known = office()
    holds(known, filed_elsewhere(""))
    event = given(office=known).when(reported()).event("batch.reported")
    assert (event.external, event.gaps) == (False, ("filed_place",))


def test_an_external_site_needs_the_institutions_own_people_where_it_has_listed_them() -> None:
    """Cite: HN-2022-1 二(八)."""
    known = office(registered(), own_people(*STAFF))
    then = given(office=known).when(reported(site=site())).then_refused(r.StaffNotOwn)
    assert then.outcome.evidence["people"] == SUPERVISOR
    everybody = office(registered(), own_people(*STAFF, SUPERVISOR))
    given(office=everybody).when(reported(site=site())).then("case.opened", "…")


def test_at_the_filed_place_people_of_others_may_help() -> None:
    given(office=office(registered(), own_people("p-else"))).when(reported()).then(
        "case.opened", "…"
    )


def test_people_never_listed_are_a_gap() -> None:
    event = given(office=office()).when(reported(site=site())).event("batch.reported")
    assert event.gaps == ("staff_list",)


def test_a_rejection_says_why_and_on_what_ground_and_ends_the_case() -> None:
    why = {"reasons": ["漏报考评人员"], "legal_basis": ["HN-2022-1 二(三)"]}
    then = given(reported(), office=office()).when(act("2024-06-06 10:00", CLERK, "reject", **why))
    then.then(
        "batch.rejected", "notice.issued", "notice.served", "task.completed", "case.closed", "…"
    ).now("refused", "batch_rejected")


@pytest.mark.parametrize(
    "why", [{}, {"reasons": ["漏报"]}, {"legal_basis": ["HN-2022-1 二(三)"]}, {"reasons": [" "]}]
)
def test_a_rejection_without_reasons_or_ground_is_refused(why: dict[str, Any]) -> None:
    then = given(reported(), office=office()).when(act("2024-06-06 10:00", CLERK, "reject", **why))
    assert then.outcome.code == "law.reasons_required"


def test_an_approval_sends_a_letter_and_the_exam_begins() -> None:
    then = given(reported(), office=office()).when(approved())
    then.then(
        "batch.approved",
        "notice.issued",
        "notice.served",
        "task.completed",
        "task.opened",
        "process.moved",
    ).now("accepted", "batch_exam")
    assert then.case.notices[-1].kind == "batch.approval"


def test_the_institution_cannot_approve_its_own_plan() -> None:
    given(reported(), office=office()).when(approved(by=SCHOOL)).then_refused(RoleRequired)
