"""A case goes on in another version of its diagram: tokens, tasks and terms follow as chosen."""

from datetime import date

import pytest

from domain.case.actor import OPERATOR, Actor
from domain.case.refusals import (
    AlreadyThere,
    HasEnded,
    Malformed,
    NotMovable,
    RoleRequired,
    UnknownDiagram,
)
from domain.kernel.errors import Refusal
from domain.process.marking import Marking
from tests.examples.filing import (
    CLERK,
    MONDAY,
    OBJECTED,
    ON_NOTICE,
    REVIEWER,
    SOCIAL_TO_PUBLISH,
    TO_ASSESS,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    Said,
    accepted,
    acting,
    approved,
    assessed,
    listed,
    refused,
)
from tests.examples.versions import EVALUATE, definition_of, edited, shipped, world_keeping
from tests.spec.driver import Given, Office, Sent, cst, given

OPS = Actor(person="p-admin", role=OPERATOR, organisation="anjuan")
OTHER_TERM = edited().replace(b"law:filing.acceptance", b"law:filing.supplement")
NO_TERM = shipped().replace(b"law:filing.acceptance", b"P30D")
BAD_EFFECT = edited().replace(b'name="filing.deemed_accepted"', b'name="filing.nothing"')
VERSIONS = (edited(), OTHER_TERM, BAD_EFFECT)
NEW, OTHER, BAD = (definition_of(one).hash for one in VERSIONS)
LATER = "2024-04-30 12:00"


def filed(*past: Sent) -> Given:
    """A filing with a past, where other diagrams are kept."""
    return given(*past, office=Office(world=world_keeping(*VERSIONS)))


def migrating(at: str = LATER, by: Actor = OPS, **said: Said) -> Sent:
    """The operator moves the case to the edited diagram."""
    usual = {"to": NEW, "deadlines": "keep", "reason": "环节更名", "mapping": [EVALUATE]}
    return Sent(cst(at), by, "process.migrate", usual | said)


def test_a_case_goes_on_in_the_new_diagram_and_its_term_is_kept() -> None:
    before = filed(*TO_EXAMINE)
    term, task = before.case.deadlines, before.case.tasks
    then = before.when(migrating())
    then.then("process.migrated", "process.moved")
    assert then.case.definition == NEW
    assert (then.case.deadlines, then.case.tasks) == (term, task)
    assert then.fact("process.migrated").actor == OPS
    assert then.event("process.migrated").terms[0].choice == "keep"
    last = before.when(accepted("2024-05-06 09:00")).case
    assert [one.element for one in last.tasks if one.state == "open"] == ["confirm"]
    before.when(acting("2024-05-06 10:00", REVIEWER, "accept"))
    assert [one.element for one in before.case.tasks if one.state == "open"] == ["evaluate"]
    before.when(assessed("2024-05-07 09:00"))
    before.when(approved("2024-05-08 09:00")).now("closed", "filed")


def test_a_task_follows_to_its_new_id_with_whoever_has_it() -> None:
    past = acting("2024-04-29 12:00", REVIEWER, "case.assign", to="p-assessor")
    before = filed(*TO_ASSESS, past)
    then = before.when(migrating())
    (carried,) = then.event("process.migrated").tasks
    assert (carried.element, carried.form) == ("evaluate", "filing.assess")
    task = then.case.tasks[-1]
    assert (task.element, task.assignee, task.state) == ("evaluate", "p-assessor", "open")
    assert Marking.from_json(then.case.marking).open == ("evaluate",)


def test_whoever_saw_the_case_before_may_still_act_on_what_they_saw() -> None:
    before = filed(*TO_EXAMINE)
    seen = before.case.own_version
    before.when(migrating())
    act = accepted()
    then = before.when(Sent(cst(LATER), act.by, act.do, act.payload, if_match=seen))
    assert then.outcome.kind == "done"


@pytest.mark.parametrize(
    ("past", "code"),
    [
        (TO_ASSESS, "gone:assess"),
        (SOCIAL_TO_PUBLISH, "gone:publish_notice"),
    ],
)
def test_a_case_on_an_element_that_is_gone_is_named_with_its_reason(
    past: tuple[Sent, ...], code: str
) -> None:
    before = filed(*past)
    version = before.case.version
    then = before.when(migrating(mapping=[]))
    then.then_refused(NotMovable)
    assert then.outcome.evidence["obstacles"] == [code]
    assert then.case.version == version


@pytest.mark.parametrize("past", [TO_EXAMINE, TO_SUPPLEMENT, TO_DECIDE, ON_NOTICE, OBJECTED])
def test_cases_at_every_other_stage_move_and_finish(past: tuple[Sent, ...]) -> None:
    before = filed(*past)
    open_ = [one.element for one in before.case.tasks if one.state == "open"]
    then = before.when(migrating(past[-1].at.strftime("%Y-%m-%d 23:00")))
    then.then("process.migrated", "process.moved")
    assert [one.element for one in then.case.tasks if one.state == "open"] == open_


def test_a_term_kept_lapses_on_its_old_day() -> None:
    before = filed(*TO_EXAMINE)
    before.when(migrating())
    then = before.when_nothing_until("2024-05-10 09:00")
    assert "filing.deemed_accepted" in then.now("accepted", "assess").types
    assert then.event("deadline.lapsed").due == date(2024, 5, 9)
    assert [one.element for one in then.case.tasks if one.state == "open"] == ["evaluate"]


def test_a_term_reset_begins_anew_with_the_move() -> None:
    before = filed(*TO_EXAMINE)
    then = before.when(migrating(deadlines="reset"))
    then.then("process.migrated", "deadline.cancelled", "deadline.opened", "process.moved")
    old, new = then.case.deadlines
    assert (old.state, new.state, new.occurrence) == ("cancelled", "open", 2)
    assert (old.due, new.due) == (date(2024, 5, 9), date(2024, 5, 13))
    assert new.starts == cst(LATER)
    assert before.when_nothing_until("2024-05-14 09:00").types[0] == "deadline.lapsed"


def test_a_term_derived_anew_counts_from_its_old_start_by_the_new_key() -> None:
    before = filed(*TO_EXAMINE)
    then = before.when(migrating(to=OTHER, deadlines="rederive"))
    old, new = then.case.deadlines
    assert (old.key, new.key) == ("filing.acceptance", "filing.supplement")
    assert (new.starts, new.due) == (old.starts, date(2024, 5, 13))


def test_a_term_derived_anew_that_comes_to_the_same_stays_as_it_is() -> None:
    filed(*TO_EXAMINE).when(migrating(deadlines="rederive")).then(
        "process.migrated", "process.moved"
    )


def test_each_term_may_be_treated_by_its_own_key_or_element() -> None:
    for of in ("filing.acceptance", "acceptance_lapsed"):
        choices = [{"of": of, "choice": "keep"}]
        then = filed(*TO_EXAMINE).when(migrating(deadlines="reset", choices=choices))
        then.then("process.migrated", "process.moved")


def test_a_term_gives_way_to_a_timer_of_the_new_diagram() -> None:
    hash_ = definition_of(NO_TERM).hash
    before = given(*TO_EXAMINE, office=Office(world=world_keeping(NO_TERM)))
    then = before.when(migrating(to=hash_, mapping=[]))
    then.then("process.migrated", "deadline.cancelled", "deadline.opened", "process.moved")


def test_a_term_that_would_lapse_at_once_is_not_derived_anew() -> None:
    before = filed(*TO_SUPPLEMENT)
    shorter = edited().replace(b"law:filing.supplement", b"law:filing.acceptance")
    before.office.world = world_keeping(shorter)
    to = definition_of(shorter).hash
    then = before.when(migrating("2024-05-12 09:00", to=to, deadlines="rederive"))
    then.then_refused(NotMovable)
    assert then.outcome.evidence["obstacles"] == ["deadline_past:supplement_lapsed"]


def test_a_suspended_or_extended_term_is_only_kept() -> None:
    suspend = acting(
        MONDAY, REVIEWER, "deadline.suspend", key="filing.acceptance", reason="疫情", cite="通知"
    )
    before = filed(*TO_EXAMINE, suspend)
    before.when(migrating(deadlines="reset")).then_refused(NotMovable)
    then = before.when(migrating())
    assert then.case.deadlines[0].state == "suspended"
    extend = acting(
        "2024-04-29 12:00", REVIEWER, "deadline.extend",
        key="filing.supplement", amount=1, reason="疫情", cite="通知",
    )  # fmt: skip
    longer = filed(*TO_EXAMINE, listed(working_days=5), extend)
    longer.when(migrating(deadlines="rederive")).then_refused(NotMovable)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (migrating(by=CLERK), RoleRequired),
        (migrating(to="sha256:" + "0" * 64), UnknownDiagram),
        (migrating(to=definition_of(shipped()).hash), AlreadyThere),
        (migrating(to=BAD), NotMovable),
        (migrating(mapping=[{"old": "assess", "new": "nowhere"}]), Malformed),
        (migrating(reason=" "), Malformed),
        (migrating(deadlines="forget"), Malformed),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(sent: Sent, kind: type[Refusal]) -> None:
    before = filed(*TO_EXAMINE)
    case = before.case
    before.when(sent).then_refused(kind)
    assert before.case == case


def test_a_case_that_has_ended_is_not_moved() -> None:
    filed(*TO_EXAMINE, refused()).when(migrating()).then_refused(HasEnded)


def test_a_moved_case_is_decided_as_ever() -> None:
    before = filed(*TO_DECIDE)
    before.when(migrating())
    before.when(approved("2024-05-06 09:00")).now("closed", "filed")


def test_the_term_of_a_letter_under_way_belongs_to_no_diagram_and_runs_on() -> None:
    before = filed(*TO_EXAMINE, listed(service="mail"))
    letters = [one for one in before.case.deadlines if one.key == "notice.service"]
    then = before.when(migrating(deadlines="reset"))
    assert [one for one in then.case.deadlines if one.key == "notice.service"] == letters
    assert [one.state for one in letters] == ["open"]
