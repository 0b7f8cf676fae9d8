"""Selection on merit: rivals for a place are shown and recorded, not refused (HN-2022-1 一(一))."""

from domain.case.actor import Actor
from domain.case.command import Command
from domain.case.decide import facts_wanted
from domain.case.decision import Claim, FactKey
from domain.procedures.filing.refusals import QuotaExceeded
from domain.registers import places
from domain.registers.institutions import ScopeItem
from tests.domain.filing.test_decision import full
from tests.examples.filing import (
    ASSESSOR,
    CLERK,
    PLACE,
    REVIEWER,
    Said,
    acting,
    approved,
    institution,
    item,
    listed,
    submitted,
    supplied,
)
from tests.examples.national import social
from tests.spec.driver import TENANT, Given, Office, Sent, cst, given, world

MAY = "2024-05-20 10:00"
TO_NOTICE = (
    acting("2024-04-29 10:00", CLERK, "accept"),
    acting("2024-04-30 10:00", ASSESSOR, "assess", passed=True),
    acting("2024-05-06 10:00", CLERK, "publish_notice"),
)


def applied(name: str, at: str = "2024-04-26 17:00", **changes: Said) -> Sent:
    """A social organisation applies for turners in Changsha."""
    by = Actor(
        person=f"p-{name}", role="institution.operator", organisation=name, jurisdiction=PLACE
    )
    its = institution("social_organisation", uscc=name, name=name)
    return submitted(at, by=by, institution=its, **changes)


def waiting(office: Office) -> set[str]:
    """Return the cases known to wait for a place."""
    return {one.holder for one in standing(office)}


def standing(office: Office) -> list[Claim]:
    """Return what the open applications claim."""
    claimed = office.claimed.values()
    return [one for one in claimed if one.kind == "filing.waiting" and not one.released]


def to_decide(office: Office, case_id: str, **changes: Said) -> Given:
    """Bring an organisation to its decision."""
    past = given(applied(case_id, **changes), *TO_NOTICE, office=office, case_id=case_id)
    office.wait(case_id, cst("2024-05-16 00:00"))
    return past


def test_those_with_computerised_exams_come_first_then_the_oldest() -> None:
    """优先选择已实现智能化考试的机构.

    Cite: HN-2022-1 一(一).
    """
    office = Office()
    given(applied("early", "2024-04-22 09:00", computerised=False), office=office, case_id="early")
    given(applied("late", "2024-04-25 09:00"), office=office, case_id="late")
    given(applied("other", scope=[item(job="x")]), office=office, case_id="other")
    past = given(applied("mine", computerised=False), TO_NOTICE[0], office=office, case_id="mine")
    then = past.when(TO_NOTICE[1]).now("in_review")
    seen = then.event("filing.selection_seen").candidates
    assert [one.name for one in seen] == ["late", "early", "mine"]
    assert [one.computerised for one in seen] == [True, False, False]


def test_it_is_seen_again_with_the_approval_and_refuses_nobody() -> None:
    office = full(2)
    given(applied("rival"), office=office, case_id="rival")
    past = to_decide(office, "mine", computerised=False)
    then = past.when(approved(MAY)).now("closed")
    then.then("filing.approved", "directory.published", "filing.selection_seen", "…")
    assert [one.name for one in then.event("filing.selection_seen").candidates] == ["rival", "mine"]


def test_whoever_is_alone_is_selected_without_a_word() -> None:
    then = to_decide(Office(), "mine").when(approved(MAY)).now("closed")
    assert "filing.selection_seen" not in then.types


def test_elsewhere_no_text_prefers_computerised_exams() -> None:
    office = Office()
    given(social("2024-03-01 09:00", computerised=False), office=office, case_id="first")
    other = Actor(person="p", role="institution.operator", organisation="o", jurisdiction="530100")
    clerk = Actor(person="p-1", role="center.reviewer", jurisdiction="530100")
    past = given(
        social(by=other, computerised=True, scope=[item(job="x")]),
        acting("2024-03-06 10:00", clerk, "accept"), office=office, case_id="second",
    )  # fmt: skip
    then = past.when(acting("2024-03-08 10:00", clerk, "assess", passed=True))
    assert [one.case for one in then.event("filing.selection_seen").candidates] == [
        "first",
        "second",
    ]


def test_a_case_that_ended_waits_for_no_place() -> None:
    office = Office()
    given(applied("a"), office=office, case_id="a")
    given(applied("b"), office=office, case_id="b")
    given(applied("c"), listed("2024-04-29 10:00", "staff"), office=office, case_id="c")
    given(submitted(), office=office, case_id="school")
    assert waiting(office) == {"a", "b", "c"}
    by = Actor(person="p-a", role="institution.operator", organisation="a", jurisdiction=PLACE)
    given(office=office, case_id="a").when(acting("2024-04-29 10:00", by, "case.withdraw"))
    assert waiting(office) == {"b", "c"}
    office.wait("c", cst("2024-06-01 00:00"))
    assert waiting(office) == {"b"}
    to_decide(office, "d").when(approved(MAY)).now("closed")
    assert waiting(office) == {"b"}


def test_a_case_that_moved_waits_where_it_moved_to() -> None:
    office = Office()
    past = given(applied("a"), office=office, case_id="a")
    past.when(
        acting("2024-04-29 10:00", REVIEWER, "case.transfer", jurisdiction="430103", reason="x")
    )
    keys = {one.key for one in standing(office)}
    assert keys
    assert all("430103" in one for one in keys)


def test_receipt_counts_from_the_day_the_supplement_was_complete() -> None:
    """Cite: HN-2022-1 一(二)."""
    office = Office()
    by = Actor(person="p-a", role="institution.operator", organisation="a", jurisdiction=PLACE)
    complete = supplied("2024-05-06 10:00", "staff")
    given(
        applied("a"), listed("2024-04-29 10:00", "staff"),
        Sent(complete.at, by, complete.do, complete.payload), office=office, case_id="a",
    )  # fmt: skip
    assert {one.data["received"] for one in standing(office)} == {"2024-05-06T02:00:00Z"}


# ---- the race for the last place


def test_two_approvals_ask_for_the_same_place_under_one_lock() -> None:
    """The place is a fact both decisions want, so whoever reads second sees the first."""
    office = full(2)
    wanted = []
    for case_id in ("a", "b"):
        case = to_decide(office, case_id).case
        command = Command(
            id=f"c-{case_id}",
            case_id=case_id,
            name="filing.approve",
            payload={},
            actor=REVIEWER,
            channel="spec",
            received_at=cst(MAY),
        )
        wanted.append(set(facts_wanted(world(), TENANT, case, command)))
    turner = ScopeItem(occupation_code="6-18-01-01", job="车工", level=4)
    assert places.key(PLACE, turner, "job") in wanted[0] & wanted[1]
    assert FactKey("series", "institution:43:S") in wanted[0] & wanted[1]


def test_of_five_approvals_for_three_places_three_succeed_whatever_their_order() -> None:
    for order in ("abcde", "edcba", "caebd"):
        office = Office()
        for case_id in order:
            to_decide(office, case_id)
        outcomes = [given(office=office, case_id=one).when(approved(MAY)).outcome for one in order]
        assert [one.code for one in outcomes] == ["", "", "", *[QuotaExceeded.code] * 2]
        assert [one.evidence.get("taken") for one in outcomes[3:]] == [3, 3]


def test_an_organisation_with_two_jobs_of_an_occupation_takes_one_place_of_it_elsewhere() -> None:
    """Cite: RS-2021-57A 二(四)."""
    office = Office()
    scope = [item(job="普通车工"), item(job="数控车工")]
    clerk = Actor(person="p-1", role="center.reviewer", jurisdiction="530100")
    chief = Actor(person="p-2", role="center.reviewer", jurisdiction="530100")
    past = given(
        social(scope=scope), acting("2024-03-06 10:00", clerk, "accept"),
        acting("2024-03-08 10:00", clerk, "assess", passed=True),
        acting("2024-03-11 10:00", clerk, "publish_notice"), office=office,
    )  # fmt: skip
    office.wait("a", cst("2024-03-20 00:00"))
    past.when(acting("2024-03-21 10:00", chief, "approve")).now("closed")
    kinds = [one.kind for one in office.claimed.values()]
    assert kinds.count("filing.place") == 2
    assert kinds.count("filing.occupation_place") == 1
