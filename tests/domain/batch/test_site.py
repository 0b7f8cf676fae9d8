"""An external site: one permit or, across cities, two, for this batch alone (HN-2022-1 二(六))."""

from typing import Any

import pytest

from domain.case.actor import Actor
from domain.case.refusals import (
    Malformed,
    OutsideJurisdiction,
    RoleRequired,
    TaskAlreadyDone,
    WrongStage,
)
from domain.case.views.waiting import wait
from domain.procedures.evaluation.batch import refusals as r
from infra.event_store.sights import brief_of
from tests.examples.batch import (
    ADDRESS,
    MIDNIGHT,
    OTHER_CENTER,
    STAFF,
    SUPERVISOR,
    ZHUZHOU,
    act,
    approved,
    office,
    own_people,
    permitted,
    registered,
    reported,
    site,
    site_requested,
)
from tests.examples.filing import BUREAU, CLERK, FOREIGN_CLERK, PLACE, REVIEWER, SCHOOL
from tests.spec.driver import Sent, cst, given, world

EXTERNAL = reported(site=site())
ASKED = (EXTERNAL, site_requested())
HALF = (*ASKED, permitted("2024-06-04 10:00"))
BOTH = (*HALF, permitted("2024-06-05 10:00", OTHER_CENTER))
WHY = {"reasons": ["没有视频监控"]}


def test_an_external_plan_waits_for_the_institution_to_ask() -> None:
    then = given(office=office()).when(EXTERNAL).now("received", "batch_site_request")
    assert [one.element for one in then.case.tasks] == ["request_site"]


def test_no_approval_before_the_site_is_asked_for() -> None:
    then = given(EXTERNAL, office=office()).when(approved("2024-06-04 10:00"))
    then.then_refused(r.SiteNotPermitted)
    assert then.outcome.cite == "HN-2022-1 二(六)"


def test_in_the_own_city_one_permit_clears_the_site() -> None:
    asked = (reported(site=site("430104")), site_requested(place="430104"))
    then = given(*asked, office=office()).when(permitted("2024-06-04 10:00"))
    then.then("batch.site_permitted", "batch.site_cleared", "notice.issued", "…").now(
        "received", "batch_decision"
    )
    assert then.event("batch.site_cleared").centers == (PLACE,)


def test_across_cities_both_centers_must_permit_and_one_is_not_enough() -> None:
    then = given(*ASKED, office=office()).when(permitted("2024-06-04 10:00"))
    then.then("batch.site_permitted", "task.completed", "task.opened", "process.moved")
    then.now("received", "batch_site_permit")
    refused = given(*HALF, office=office()).when(approved("2024-06-05 09:00"))
    refused.then_refused(r.SiteNotPermitted)
    assert refused.outcome.evidence["lacking"] == "株洲市"


def test_a_site_in_a_district_of_another_city_is_that_citys_centers_to_permit() -> None:
    asked = given(EXTERNAL, site_requested(place="430203"), office=office())
    assert asked.case.offices == (ZHUZHOU,)
    asked.when(permitted("2024-06-04 10:00"))
    asked.when(permitted("2024-06-05 10:00", OTHER_CENTER)).now("received", "batch_decision")


@pytest.mark.parametrize(("first", "second"), [(CLERK, OTHER_CENTER), (OTHER_CENTER, CLERK)])
def test_in_either_order_the_second_permit_clears_it_and_sends_the_letter(
    first: Actor, second: Actor
) -> None:
    past = (*ASKED, permitted("2024-06-04 10:00", first, external_supervisor="p-x"))
    then = given(*past, office=office()).when(permitted("2024-06-05 10:00", second))
    cleared = then.event("batch.site_cleared")
    assert cleared.centers == (PLACE, ZHUZHOU)
    assert cleared.external_supervisor == "p-x"
    assert then.case.notices[-1].kind == "batch.site_permit"


def test_the_centers_agree_on_one_external_supervisor() -> None:
    """Cite: HN-2022-1 二(八)."""
    past = given(*ASKED, permitted("2024-06-04 10:00", external_supervisor="p-x"), office=office())
    other = permitted("2024-06-05 10:00", OTHER_CENTER, external_supervisor="p-y")
    then = past.when(other).then_refused(Malformed)
    assert "p-x" in then.outcome.zh
    assert "HN-2022-1 二(八)" in then.outcome.zh
    agreed = permitted("2024-06-05 11:00", OTHER_CENTER, external_supervisor="p-x")
    assert past.when(agreed).event("batch.site_cleared").external_supervisor == "p-x"


@pytest.mark.parametrize("person", ["p-a1", "p-a3", "p-c2", STAFF[0], SUPERVISOR])
def test_who_works_or_is_examined_is_no_external_supervisor(person: str) -> None:
    """RS-2020-53 16: nothing that touches on their being impartial; HN-2022-1 二(八): recusal."""
    past = given(*ASKED, office=office())
    then = past.when(permitted("2024-06-04 10:00", external_supervisor=person))
    then.then_refused(r.Recusal)
    assert then.outcome.evidence["person"] == person


@pytest.mark.parametrize(
    ("past", "zh"),
    [
        (ASKED, "长沙市鉴定中心、株洲市鉴定中心"),
        (HALF, "株洲市鉴定中心"),
        ((*ASKED, permitted("2024-06-04 10:00", OTHER_CENTER)), "长沙市鉴定中心"),
        (BOTH, "长沙市鉴定中心"),  # to decide on the plan
    ],
)
def test_the_case_waits_for_the_centers_whose_permit_is_still_to_come(
    past: tuple[Sent, ...], zh: str
) -> None:
    case = given(*past, office=office()).case
    for seen in (case, brief_of(case)):  # on its page, and on lists, which come without its data
        view = wait(seen, world(), cst("2024-06-05 12:00"))
        assert view is not None
        assert view.organisation == zh


def test_with_every_permit_the_plan_can_be_approved() -> None:
    given(*BOTH, office=office()).when(approved()).then("batch.approved", "…")


def test_one_center_does_not_permit_twice() -> None:
    again = permitted("2024-06-05 10:00", REVIEWER)
    given(*HALF, office=office()).when(again).then_refused(TaskAlreadyDone)


def test_the_other_center_may_only_permit_or_deny() -> None:
    case = given(*HALF, office=office())
    assert case.case.offices == (ZHUZHOU,)
    reject = act("2024-06-05 10:00", OTHER_CENTER, "reject", **WHY, legal_basis=["x"])
    case.when(reject).then_refused(OutsideJurisdiction)


def test_a_center_that_is_not_concerned_may_not_permit() -> None:
    third = OTHER_CENTER.__class__(
        person="p", role="center.clerk", organisation="c-430300", jurisdiction="430300"
    )
    asked = given(*ASKED, office=office())
    asked.when(permitted("2024-06-05 10:00", third)).then_refused(OutsideJurisdiction)
    asked.when(permitted("2024-06-05 10:00", BUREAU)).then_refused(RoleRequired)


def test_before_it_is_asked_the_other_center_does_not_know_of_the_case() -> None:
    case = given(EXTERNAL, office=office())
    assert case.case.offices == ()
    case.when(permitted("2024-06-04 10:00", OTHER_CENTER)).then_refused(OutsideJurisdiction)
    case.when(permitted("2024-06-04 10:00")).then_refused(WrongStage)


@pytest.mark.parametrize("by", [CLERK, OTHER_CENTER])
def test_a_denial_gives_the_application_back_and_another_may_follow(by: Actor) -> None:
    then = given(*ASKED, office=office()).when(act("2024-06-05 10:00", by, "deny_site", **WHY))
    then.then(
        "batch.site_denied", "notice.issued", "notice.served", "task.completed", "task.opened", "…"
    ).now("received", "batch_site_request")
    again = given(
        *ASKED,
        act("2024-06-05 10:00", CLERK, "deny_site", **WHY),
        site_requested("2024-06-05 11:00", place="430104"),
        office=office(),
    ).when(permitted("2024-06-05 12:00"))
    again.now("received", "batch_decision")


def test_a_denial_takes_back_the_permit_already_given() -> None:
    past = (*HALF, act("2024-06-05 10:00", OTHER_CENTER, "deny_site", **WHY))
    again = (*past, site_requested("2024-06-05 11:00"))
    given(*again, office=office()).when(permitted("2024-06-05 12:00")).now(
        "received", "batch_site_permit"
    )


def test_who_has_permitted_the_site_does_not_deny_it_as_well() -> None:
    case = given(*HALF, office=office())
    case.when(act("2024-06-05 10:00", CLERK, "deny_site", **WHY)).then_refused(TaskAlreadyDone)


@pytest.mark.parametrize("why", [{}, {"reasons": [""]}])
def test_a_denial_says_why(why: dict[str, Any]) -> None:
    then = given(*ASKED, office=office()).when(act("2024-06-05 10:00", CLERK, "deny_site", **why))
    assert then.outcome.code == "law.reasons_required"


def test_a_site_may_still_be_asked_for_while_the_plan_is_examined() -> None:
    then = given(reported(), office=office()).when(site_requested())
    then.then("batch.site_requested", "task.cancelled", "task.opened", "process.moved")
    then.now("received", "batch_site_permit")
    assert then.case.data.external  # type: ignore[attr-defined]


def test_people_of_others_cannot_work_at_a_site_asked_for_later() -> None:
    known = office(registered(), own_people(*STAFF))
    given(reported(), office=known).when(site_requested()).then_refused(r.StaffNotOwn)


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_external_site_is_asked_for_with_its_special_reason(reason: str) -> None:
    """Cite: HN-2022-1 二(六)."""
    then = given(EXTERNAL, office=office()).when(site_requested(reason=reason))
    assert then.outcome.code == "law.reasons_required"


def test_the_filed_place_needs_no_permit() -> None:
    asked = act("2024-06-04 09:00", SCHOOL, "request_external_site", site=site(address=ADDRESS))
    given(reported(), office=office()).when(asked).then_refused(Malformed)


def test_the_center_may_reject_the_plan_while_the_site_is_open() -> None:
    reject = act(
        "2024-06-05 10:00", CLERK, "reject", reasons=["漏报"], legal_basis=["HN-2022-1 二(三)"]
    )
    for past in ((EXTERNAL,), ASKED, HALF):
        then = given(*past, office=office()).when(reject).now("refused", "batch_rejected")
        assert "case.closed" in then.types


def test_too_late_is_told_before_the_missing_permit() -> None:
    late = reported(MIDNIGHT, site=site())
    given(late, office=office()).when(approved()).then_refused(r.TooLate)


def test_after_approval_no_other_site_is_taken() -> None:
    past = (reported(), approved())
    given(*past, office=office()).when(site_requested("2024-06-10 09:00")).then_refused(WrongStage)


def test_a_center_of_another_city_does_not_decide_on_a_site_in_ours() -> None:
    past = (reported(site=site("430104")), site_requested(place="430104"))
    given(*past, office=office()).when(permitted("2024-06-04 10:00", FOREIGN_CLERK)).then_refused(
        OutsideJurisdiction
    )
