"""What of a case somebody may read: the office all of it, the applicant no names and no notes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.case.actor import LAW, Actor
from domain.case.envelope import Meta, Recorded
from domain.case.seen import MASK, act_seen, event_seen, is_person, task_seen, variables_seen
from domain.kernel.json import Json
from tests.examples.filing import CLERK, PROVINCE, SCHOOL, TO_EXAMINE
from tests.golden.events import shapes
from tests.spec.driver import given

CASE = given(*TO_EXAMINE).case
NOON = datetime(2024, 4, 26, 4, tzinfo=UTC)
NAMES = re.compile(r"person|people|expert|inspector|officer|reviewer|contact|_by$|^by$|^who$|^to$")
NO_PERSON = frozenset((  # they sound like it
    "batch.site_denied.by", "batch.site_permitted.by",
))  # fmt: skip


def recorded(type_: str, data: Json, actor: Actor = CLERK) -> Recorded:
    """Return an event as it lies in the store."""
    meta = Meta(
        case=CASE.id, actor=actor, channel="api:clerk", command="c-1", cause="", cite="",
        received_at=NOON, effective_at=NOON, wall=NOON,
    )  # fmt: skip
    return Recorded(
        epoch=1, position=9, tenant="demo", stream=CASE.id, version=9, event_id="e-9", type=type_,
        schema=1, data=data, meta=meta, recorded_at=NOON, prev_hash="", hash="",
    )  # fmt: skip


@pytest.mark.parametrize("reader", [CLERK, PROVINCE])
def test_the_office_and_those_above_read_an_event_as_it_is(reader: Actor) -> None:
    for one in (
        recorded("case.noted", {"text": "x"}),
        recorded("filing.assessed", {"experts": []}),
    ):
        assert event_seen(one, reader, CASE) == one


@pytest.mark.parametrize(
    "type_", ["case.noted", "case.assigned", "command.refused", "filing.selection_seen"]
)
def test_what_the_office_does_within_itself_is_not_for_the_applicant(type_: str) -> None:
    assert event_seen(recorded(type_, {"text": "x"}), SCHOOL, CASE) is None


def test_ones_own_act_is_read_as_it_was_written() -> None:
    for type_ in ("command.refused", "filing.submitted"):
        one = recorded(type_, {"exception": {"approved_by": "p-chief"}}, SCHOOL)
        assert event_seen(one, SCHOOL, CASE) == one


def test_persons_are_hidden_however_deep_they_stand_and_the_shape_stays() -> None:
    data: Json = {
        "experts": ["p-1", "p-2"],
        "exception": {"reason": "确需", "approved_by": "p-chief"},
        "excluded": [{"who": {"name": "p-3", "years": 2}, "reason": "回避"}],
        "contact": "",
        "passed": True,
    }
    seen = event_seen(recorded("filing.assessed", data), SCHOOL, CASE)
    assert seen is not None
    assert seen.data == {
        "experts": [MASK, MASK],
        "exception": {"reason": "确需", "approved_by": MASK},
        "excluded": [{"who": {"name": MASK, "years": 2}, "reason": "回避"}],
        "contact": "",
        "passed": True,
    }
    assert seen.meta.actor == replace(CLERK, person=MASK)
    assert seen.meta.channel == "api"


def test_variables_tell_no_whole_identity_number_and_the_applicant_of_no_person() -> None:
    number, part = "43010219900101123X", "4301**********123X"
    told: Json = {
        "id_number": number,
        "learners": [{"identity": number, "contact": 13800000000, "score": 2}],
        "id_card": [number],
        "approved_by": "p-chief",
        "note": number,  # under a name that promises none: a text like others
    }
    shown = {"id_number": part, "id_card": [part], "note": number}
    assert variables_seen(told, CLERK, CASE) == {
        **shown,
        "learners": [{"identity": part, "contact": 13800000000, "score": 2}],
        "approved_by": "p-chief",
    }
    assert variables_seen(told, SCHOOL, CASE) == {
        **shown, "learners": [{"identity": part, "score": 2}],
    }  # fmt: skip


def test_the_law_has_no_name_to_hide() -> None:
    seen = event_seen(recorded("filing.deemed_accepted", {}, LAW), SCHOOL, CASE)
    assert seen is not None
    assert seen.meta.actor == LAW


def test_without_an_organisation_nobody_is_ones_own_side() -> None:
    nobody = Actor(role="exam.staff")
    assert not act_seen(replace(nobody, person="p-x"), nobody, CASE)
    assert act_seen(SCHOOL, SCHOOL, CASE)
    assert not act_seen(CLERK, SCHOOL, CASE)
    assert act_seen(SCHOOL, CLERK, CASE)


def test_whose_task_it_is_is_told_to_those_whose_task_it_is() -> None:
    task = replace(CASE.tasks[0], assignee="p-clerk", done_by="p-clerk")
    assert task_seen(task, CLERK, CASE) == task
    hidden = task_seen(task, SCHOOL, CASE)
    assert (hidden.assignee, hidden.done_by) == (MASK, MASK)
    free = task_seen(replace(task, assignee="", done_by="law"), SCHOOL, CASE)
    assert (free.assignee, free.done_by) == ("", "law")
    ours = replace(task, holder="applicant")
    assert task_seen(ours, SCHOOL, CASE) == ours


def test_every_field_of_an_event_that_tells_of_a_person_is_hidden() -> None:
    open_ = [
        f"{event}.{field}"
        for event, versions in shapes().items()
        for shape in versions.values()
        for field in _fields(shape)
        if NAMES.search(field) and not is_person(field)
    ]
    assert not set(open_) - NO_PERSON, "name them in `domain.case.seen`, or here if none is told"


def _fields(shape: object) -> list[str]:
    if isinstance(shape, list):
        return [name for one in shape for name in _fields(one)]
    if not isinstance(shape, dict):
        return []
    return [*shape, *(name for one in shape.values() for name in _fields(one))]
