"""A batch while it runs: eligibility, sign-in, violations, the end of the exam."""

from dataclasses import replace
from datetime import date

import pytest

from domain.case.decision import FactKey
from domain.case.refusals import (
    HasEnded,
    Malformed,
    OutsideJurisdiction,
    RoleRequired,
    WrongStage,
)
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.facts import of
from domain.registers import open_batches
from tests.examples.batch import (
    APPROVED,
    FILM,
    HEAD,
    OTHER_CENTER,
    STAFF_MEMBER,
    SUPERVISOR,
    act,
    approved,
    barred,
    exam,
    filmed,
    finished,
    office,
    passed,
    permitted,
    registered,
    reported,
    results,
    scored,
    site,
    site_requested,
)
from tests.examples.filing import CLERK, OTHER_SCHOOL, SCHOOL, USCC, Said
from tests.spec.driver import Sent, cst, given

SIGNED = {"signed_by": ["p-staff-1", "p-staff-2"], "facts": "携带手机"}


def checked(at: str = "2024-06-12 09:00", who: str = "p-c1", **more: Said) -> Sent:
    """The institution records whether a candidate is eligible."""
    return act(at, SCHOOL, "check_candidate", **({"candidate": who, "eligible": True} | more))


def signed_in(who: str, at: str = "2024-06-15 08:30") -> Sent:
    """Somebody signs in."""
    return act(at, STAFF_MEMBER, "sign_in", person=who, place="第一考场", method="face")


def violated(
    who: str = "p-c2",
    clause: str = "RS-2021-57B 5(1)",
    at: str = "2024-06-15 10:00",
    **more: Said,
) -> Sent:
    """Staff record a violation."""
    said = {"candidate": who, "clause": clause, **SIGNED} | more
    return act(at, STAFF_MEMBER, "record_violation", **said)


def test_a_candidate_is_found_eligible_with_scanned_proofs_before_and_after_approval() -> None:
    """Cite: HN-2022-1 二(四)."""
    proofs = [{"name": "学历证书", "digest": FILM}]
    early = given(reported(), office=office()).when(checked("2024-06-04 09:00", proofs=proofs))
    early.then("batch.candidate_checked", "process.moved")
    assert early.event("batch.candidate_checked").proofs[0].digest == FILM
    late = given(*APPROVED, office=office()).when(checked())
    late.then("batch.candidate_checked", "process.moved")


def test_the_last_word_on_a_candidate_counts() -> None:
    past = (*APPROVED, checked(eligible=False, reasons=["工作年限不足"]))
    case = given(*past, office=office())
    case.when(signed_in("p-c1")).then_refused(Malformed)
    then = case.when(checked("2024-06-13 09:00"))
    assert (then.case.data.eligible, then.case.data.ineligible) == (("p-c1",), ())  # type: ignore[attr-defined]
    case.when(signed_in("p-c1")).then("batch.signed_in", "process.moved")


def test_a_stranger_is_neither_checked_nor_accused() -> None:
    case = given(*APPROVED, office=office())
    for sent in (checked(who="p-x"), violated("p-x")):
        case.when(sent).then_refused(Malformed)


def test_a_stranger_who_signs_in_is_taken_in_and_shown_to_the_center() -> None:
    then = given(*APPROVED, signed_in("p-x"), office=office()).when(signed_in("p-x"))
    assert then.event("batch.signed_in").part == "unlisted"
    batch = of(then.case.data)
    assert (batch.unlisted, batch.signed_in, batch.gaps) == (("p-x",), (), ("unlisted_people",))


def test_the_head_of_the_exam_signs_herself_in() -> None:
    itself = act("2024-06-15 08:00", HEAD, "sign_in", person=HEAD.person)
    then = given(*APPROVED, office=office()).when(itself)
    assert then.event("batch.signed_in").part == "staff"


def test_the_external_supervisor_the_centers_agreed_on_signs_in() -> None:
    """Cite: HN-2022-1 二(八)."""
    agreed = (
        reported(site=site()),
        site_requested(),
        permitted("2024-06-04 10:00"),
        permitted("2024-06-04 11:00", OTHER_CENTER, external_supervisor="p-external"),
        approved(),
    )
    then = given(*agreed, office=office()).when(signed_in("p-external"))
    assert then.event("batch.signed_in").part == "staff"


def test_who_is_barred_meanwhile_is_not_found_eligible() -> None:
    known = office()
    case = given(*APPROVED, office=known)
    known.register(registered(), barred("p-c1", date(2024, 12, 31)))
    case.when(checked()).then_refused(r.CandidateBarred)
    case.when(checked(eligible=False)).then("batch.candidate_checked", "process.moved")


def test_after_the_exam_nobody_is_checked_or_signed_in_any_more() -> None:
    case = given(*APPROVED, finished(), office=office())
    for sent in (
        checked("2024-06-17 09:00"),
        signed_in("p-c1", "2024-06-17 09:00"),
        finished("2024-06-17 09:00"),
    ):
        case.when(sent).then_refused(WrongStage)


def test_before_approval_nobody_signs_in() -> None:
    given(reported(), office=office()).when(signed_in("p-c1")).then_refused(WrongStage)


@pytest.mark.parametrize(
    ("who", "part"),
    [("p-c1", "candidate"), ("p-staff-1", "staff"), ("p-a1", "staff"), (SUPERVISOR, "staff")],
)
def test_candidates_and_those_who_work_sign_in(who: str, part: str) -> None:
    then = given(*APPROVED, office=office()).when(signed_in(who))
    then.then("batch.signed_in", "process.moved").now("accepted", "batch_exam")
    assert then.event("batch.signed_in").part == part


def test_the_exam_counts_each_candidate_who_signed_in_once() -> None:
    past = (*APPROVED, signed_in("p-c1"), signed_in("p-c1"), signed_in("p-c2"), signed_in("p-a1"))
    then = given(*past, office=office()).when(finished())
    assert then.event("batch.finished").signed_in == 2


def test_only_people_of_the_exam_sign_in_and_only_of_this_institution() -> None:
    case = given(*APPROVED, office=office())
    by_school = act("2024-06-15 08:30", SCHOOL, "sign_in", person="p-c1")
    case.when(by_school).then_refused(RoleRequired)
    other = exam("exam.staff", "p-o").__class__(
        person="p-o", role="exam.staff", organisation="other", jurisdiction="430100"
    )
    case.when(act("2024-06-15 08:30", other, "sign_in", person="p-c1")).then_refused(
        OutsideJurisdiction
    )
    case.when(act("2024-06-15 08:30", OTHER_SCHOOL, "check_candidate", candidate="p-c1",
                  eligible=True)).then_refused(OutsideJurisdiction)  # fmt: skip


@pytest.mark.parametrize(
    "signers", [[], ["p-staff-1"], ["p-staff-1", "p-staff-1"], ["p-staff-1", " "]]
)
def test_one_person_alone_records_no_violation(signers: list[str]) -> None:
    """Cite: RS-2021-57B 16."""
    then = given(*APPROVED, office=office()).when(violated(signed_by=signers))
    then.then_refused(r.TwoPeopleRequired)
    assert then.outcome.cite == "RS-2021-57B 16"


def test_a_violation_is_left_for_the_sanction_procedure_to_pick_up() -> None:
    known = office()
    then = given(*APPROVED, violated(), office=known).when(violated("p-c3", "57B 6(二)"))
    then.then("batch.violation_recorded", "process.moved")
    event = then.event("batch.violation_recorded")
    assert (event.finding, event.clause) == (2, "RS-2021-57B 6(2)")
    key = FactKey("finding", USCC)
    found = known.reading([key])[key].items
    assert [(one["candidate"], one["clause"]) for one in found] == [
        ("p-c2", "RS-2021-57B 5(1)"),
        ("p-c3", "RS-2021-57B 6(2)"),
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("HN-2022-1-F5 一(二)", "HN-2022-1-F5 一(二)"),
        ("HN-2022-1-F5 6(2)", "HN-2022-1-F5 一(二)2"),
        ("RS-2021-57B 6(二)", "RS-2021-57B 6(2)"),
    ],
)
def test_a_violation_may_name_the_guide_or_hunans_own_annex(written: str, kept: str) -> None:
    then = given(*APPROVED, office=office()).when(violated(clause=written))
    assert then.event("batch.violation_recorded").clause == kept


@pytest.mark.parametrize("clause", ["手机", "XX-2021-1 5", "5(1)"])
def test_a_violation_names_a_clause_of_a_known_text(clause: str) -> None:
    given(*APPROVED, office=office()).when(violated(clause=clause)).then_refused(Malformed)


def test_what_the_film_shows_after_the_exam_is_recorded_until_the_archive() -> None:
    past = (*APPROVED, finished(), scored(), results(), passed("2024-06-18 15:00"))
    later = violated(at="2024-06-18 16:00")
    then = given(*past, office=office()).when(later).now("decided", "batch_video")
    then.then("batch.violation_recorded", "process.moved")
    archived = given(*past, filmed("2024-06-18 15:30"), office=office())
    archived.when(later).then_refused(HasEnded)


def test_before_approval_there_is_no_violation() -> None:
    given(reported(), office=office()).when(violated()).then_refused(WrongStage)


def test_only_staff_record_violations_and_only_the_head_ends_the_exam() -> None:
    case = given(*APPROVED, office=office())
    case.when(act("2024-06-15 10:00", HEAD, "record_violation", candidate="p-c1",
                  clause="57B 5", **SIGNED)).then_refused(RoleRequired)  # fmt: skip
    case.when(act("2024-06-16 18:00", STAFF_MEMBER, "finish", on="2024-06-16")).then_refused(
        RoleRequired
    )
    case.when(act("2024-06-16 18:00", CLERK, "finish", on="2024-06-16")).then_refused(RoleRequired)


@pytest.mark.parametrize("on", ["2024-06-14", "2024-06-17"])
def test_the_exam_ends_between_its_first_day_and_today(on: str) -> None:
    given(*APPROVED, office=office()).when(finished(on=on)).then_refused(Malformed)


def test_the_end_opens_film_and_scores_side_by_side() -> None:
    then = given(*APPROVED, office=office()).when(finished())
    then.then(
        "batch.finished",
        "task.completed",
        "task.opened",
        "task.opened",
        "deadline.opened",
        "process.moved",
    ).now("accepted", "batch_scores")
    waiting = {one.element for one in then.case.tasks if one.state == "open"}
    assert waiting == {"upload_video", "enter_scores"}


def test_a_late_score_does_not_wait_for_the_film() -> None:
    then = given(*APPROVED, finished(), office=office()).when(scored())
    then.then("batch.scores_entered", "task.completed", "task.opened", "process.moved")


WITHDRAWN = Sent(cst("2024-06-17 09:00"), SCHOOL, "case.withdraw", {"reason": "停电"})
THE_NIGHT_BEFORE = replace(WITHDRAWN, at=cst("2024-06-14 23:59:59"))


@pytest.mark.parametrize(
    ("past", "withdrawn"),
    [((reported(),), WITHDRAWN), (APPROVED, THE_NIGHT_BEFORE)],
    ids=["never approved", "called off"],
)
def test_a_batch_that_is_never_held_is_withdrawn(past: tuple[Sent, ...], withdrawn: Sent) -> None:
    """Local practice: no text says what becomes of it."""
    case = given(*past, office=office())
    case.when(withdrawn).now("withdrawn", "withdrawn")
    mine = open_batches.key(USCC)
    assert case.office.reading([mine])[mine].count == 0


@pytest.mark.parametrize(
    "done",
    [
        act("2024-06-15 08:00", STAFF_MEMBER, "sign_in", person="p-c1"),
        filmed("2024-06-15 18:00", covers=["theory"]),
        finished(),
    ],
    ids=lambda sent: sent.do,
)
def test_once_held_a_batch_is_not_withdrawn_any_more(done: Sent) -> None:
    """Else a film that is due could be evaded."""
    case = given(*APPROVED, done, office=office())
    case.when(WITHDRAWN).then_refused(WrongStage)


def test_from_its_first_day_an_approved_batch_is_not_withdrawn_though_nothing_is_recorded() -> None:
    """HN-2022-1 四(十七): a film that is due, and the block for its want, are not evaded."""
    case = given(*APPROVED, office=office())
    case.when(replace(WITHDRAWN, at=cst("2024-06-15 00:00"))).then_refused(WrongStage)
    case.when(WITHDRAWN).then_refused(WrongStage)
