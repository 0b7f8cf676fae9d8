"""Who is to leave: with open batches, merged twice, barred, and outside Hunan."""

from dataclasses import replace

import pytest

from domain.case.actor import Actor
from domain.case.refusals import Malformed
from domain.law.book import NoRule
from domain.procedures.filing.refusals import WrongAuthority
from domain.procedures.filing_change.refusals import ChangeBatchesOpen, ChangeNotFiled
from domain.registers import codes, open_batches
from domain.registers.institutions import Bar
from tests.examples import batch
from tests.examples.filing import REVIEWER as REVIEWER_AT_HOME
from tests.examples.filing import SCHOOL, USCC, Said
from tests.examples.filing_change import (
    CODE,
    accepted,
    approved,
    entry,
    item,
    office,
    on_file,
    requested,
)
from tests.examples.national import CLERK, KUNMING, ORGANISATION, PLAZA, REVIEWER
from tests.spec.driver import Office, Sent, cst, given

A, B = "52430100MJJ00000A1", "52430100MJJ00000B2"
JUNE = ("2024-06-04 09:00", "2024-06-05 09:00", "2024-06-06 09:00")
MERGED = "53530100MJJ00000A1"


def with_a_batch() -> Office:
    """Return an office where the school has reported a batch, and another one is on file."""
    theirs = batch.office()
    theirs.register(on_file(A, "Y000043000008"))
    given(batch.reported(), office=theirs, case_id="batch")
    return theirs


def withdrawn(at: str) -> Sent:
    """The school takes its batch back."""
    return Sent(cst(at), SCHOOL, "case.withdraw", {"reason": "取消"})


def test_who_has_open_batches_leaves_once_they_have_ended() -> None:
    """Local practice: no text says what becomes of them."""
    theirs = with_a_batch()
    past = given(requested("exit", JUNE[0]), accepted(JUNE[1]), office=theirs)
    then = past.when(approved(JUNE[2]))
    then.then_refused(ChangeBatchesOpen)
    assert "local practice" in then.outcome.en
    theirs.play("batch", withdrawn("2024-06-06 10:00"))
    assert theirs.reading([open_batches.key(USCC)])[open_batches.key(USCC)].count == 0
    past.when(approved("2024-06-06 11:00")).now("closed", "change_made")
    assert entry(theirs) is None


def test_who_has_open_batches_is_not_merged_away_but_may_absorb() -> None:
    theirs = with_a_batch()
    other = replace(SCHOOL, organisation=A)
    away = requested("merger", JUNE[0], by=other, merged=[USCC])
    given(away, accepted(JUNE[1]), office=theirs, case_id="x").when(approved(JUNE[2])).then_refused(
        ChangeBatchesOpen
    )
    own = requested("merger", JUNE[0], merged=[A])
    given(own, accepted(JUNE[1]), office=theirs, case_id="y").when(approved(JUNE[2])).now("closed")


def test_a_batch_that_can_no_longer_end_keeps_nobody_from_leaving() -> None:
    theirs = batch.office()
    given(*batch.HELD, office=theirs, case_id="batch")
    assert theirs.play("batch", withdrawn("2024-09-02 09:00")).decision.outcome.kind == "refused"
    sent = requested("exit", "2024-09-03 09:00", by=SCHOOL)
    past = given(sent, accepted("2024-09-04 09:00"), office=theirs)
    own = {"reason": "录像灭失", "approved_by": REVIEWER_AT_HOME.person}
    past.when(approved("2024-09-05 09:00", exception=own)).then_refused(ChangeBatchesOpen)
    others = own | {"approved_by": "p-director"}
    then = past.when(approved("2024-09-06 09:00", exception=others)).now("closed", "change_made")
    assert then.event("change.approved").exception.reason == "录像灭失"


NEW = {"name": "新机构", "uscc": USCC, "type": "school"}


@pytest.mark.parametrize(
    ("kind", "own", "foreign"),
    [
        ("details", {"details": {"address": "新址"}}, {"merged": [A]}),
        ("details", {"details": {"address": "新址"}}, {"institution": NEW}),
        ("details", {"details": {"address": "新址"}}, {"scope": [item()]}),
        ("increment", {"scope": [item()]}, {"merged": [A]}),
        ("increment", {"scope": [item()]}, {"details": {"address": "新址"}}),
        ("exit", {}, {"merged": [A]}),
        ("exit", {}, {"details": {"staff": ["p-1"]}}),
    ],
)
def test_no_change_brings_another_one_with_it(kind: str, own: Said, foreign: Said) -> None:
    """Who asks for a new address does not end the filing of another institution by it."""
    theirs = office(on_file(), on_file(A, "Y000043000008"))
    then = given(office=theirs).when(requested(kind, **own, **foreign)).then_refused(Malformed)
    assert f"/{next(iter(foreign))}" in then.outcome.zh
    given(office=theirs).when(requested(kind, **own)).then("…")


def test_of_two_mergers_that_name_the_same_institution_the_second_finds_nothing() -> None:
    theirs = office(on_file(), on_file(A, "Y000043000008"), on_file(B, "Y000043000009"))
    first = given(requested("merger", merged=[B]), accepted(), office=theirs, case_id="x")
    by_other = requested("merger", by=replace(SCHOOL, organisation=A), merged=[B])
    second = given(by_other, accepted(), office=theirs, case_id="y")
    first.when(approved()).now("closed")
    second.when(approved()).then_refused(ChangeNotFiled)
    pool = codes.retired_key("Y000043000009")
    assert theirs.reading([pool])[pool].count == 1


@pytest.mark.parametrize("absorbed", [True, False])
def test_no_bar_ends_by_a_merger(*, absorbed: bool) -> None:
    bar = Bar(kind="bad_record")
    theirs = office(replace(on_file(A, "S000043000001"), bars=(bar,)), on_file(B, "S000043000002"))
    if absorbed:
        theirs.register(on_file())
    new = {"name": "新机构", "uscc": USCC, "type": "school"}
    formed = requested("merger", merged=[A, B], institution=new)
    sent = requested("merger", merged=[A, B]) if absorbed else formed
    given(sent, accepted(), office=theirs).when(approved()).now("closed")
    found = entry(theirs)
    assert found is not None
    assert found.bars == (bar,)
    assert (found.institution_code == CODE) is absorbed


# ---- outside Hunan


def in_kunming() -> Office:
    """Return an office with two social organisations of Kunming."""
    return office(
        on_file(PLAZA, "S000053000001", "social_organisation", jurisdiction=KUNMING),
        on_file(MERGED, "S000053000002", "enterprise", jurisdiction=KUNMING),
    )


def asked(kind: str, by: Actor = ORGANISATION, **payload: Said) -> Sent:
    """An organisation of Kunming asks for a change."""
    return replace(requested(kind, by=by, **payload), variant="social_organisation")


def made() -> tuple[Sent, Sent]:
    """The center of Kunming accepts, and makes the change."""
    return replace(accepted(), by=CLERK), approved(by=REVIEWER)


def test_a_social_organisation_elsewhere_leaves_by_the_national_rule() -> None:
    """Cite: RSJ-2019-2 四(一)."""
    accept, approve = made()
    theirs = in_kunming()
    then = given(asked("exit"), accept, office=theirs).when(approve).now("closed", "change_made")
    assert then.fact("directory.removed").cite == "RSJ-2019-2 四(一)"
    pool = codes.retired_key("S000053000001")
    assert theirs.reading([pool])[pool].count == 1


def test_elsewhere_too_the_body_a_merger_forms_gets_a_code_for_the_public() -> None:
    """Cite: RSJ-2019-2 四(二)."""
    new = {"name": "昆明合并公司", "uscc": "53530100MJJ00000C3", "type": "enterprise"}
    by = replace(ORGANISATION, organisation=new["uscc"])
    accept, approve = made()
    sent = asked("merger", by=by, merged=[PLAZA, MERGED], institution=new)
    then = given(sent, accept, office=in_kunming()).when(approve).now("closed")
    assert then.event("directory.published").institution_code == "S000053000003"


def test_where_no_text_speaks_of_increments_there_are_none() -> None:
    scope = [{"occupation_code": "6-20-01-01", "occupation": "钳工", "level": 4}]
    then = given(office=in_kunming()).when(asked("increment", scope=scope))
    then.then_refused(NoRule)
    assert then.outcome.evidence["key"] == "change.increment"


@pytest.mark.parametrize(
    ("variant", "by"), [("hunan", ORGANISATION), ("social_organisation", SCHOOL)]
)
def test_a_change_is_made_by_the_rules_of_its_own_place(variant: str, by: Actor) -> None:
    theirs = in_kunming()
    theirs.register(on_file())
    sent = replace(requested("exit", by=by), variant=variant)
    given(office=theirs).when(sent).then_refused(WrongAuthority)
