"""Whole filings on a real Temporal server and a real PostgreSQL, the workflow sandbox on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.command import Opening
from domain.kernel.json import Json
from domain.kernel.times import in_china
from infra.local import TemporalServer
from tests.examples.national import (
    EMPLOYER,
    EXPERT_DESK,
    LATE_BRANCH,
    MINISTRY,
    YUNNAN,
    national,
)
from tests.examples.papers import text_of
from tests.workflows.filing import (
    ANSWER,
    ASSESSOR,
    CLERK,
    FILING,
    FRIDAY,
    REVIEWER,
    SCHOOL,
    SUPPLEMENT,
    Office,
    office,
    settings_of,
)

pytestmark = pytest.mark.asyncio
ASSESSED: Json = {"passed": True, "opinion": "符合条件", "experts": ["p-e1", "p-e2", "p-e3"]}


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    settings = settings_of(database, temporal_server.address, tmp_path)
    async with office(settings) as at_work:
        yield at_work


async def approve(at_work: Office, case: str) -> None:
    await at_work.do(case, "filing.assess", ASSESSOR, ASSESSED)
    outcome = await at_work.do(case, "filing.approve", REVIEWER)
    assert outcome.kind == "done", outcome.code


async def test_a_filing_runs_to_its_receipt(at_work: Office) -> None:
    case = await at_work.open()
    assert (await at_work.do(case, "filing.accept", CLERK)).kind == "done"
    await approve(at_work, case)
    assert await at_work.ended(case) == (await at_work.case(case)).version
    ended = await at_work.case(case)
    assert (ended.status, ended.jobs) == ("closed", ())


@pytest.mark.parametrize("frozen", [True, False])
async def test_the_common_filing_costs_what_the_budget_says(
    at_work: Office, *, frozen: bool
) -> None:
    await at_work.move(FRIDAY + timedelta(hours=1), frozen=frozen)
    case = await at_work.open()
    first_run = await at_work.run_id(case)
    await at_work.do(case, "filing.accept", CLERK)
    await approve(at_work, case)
    await at_work.ended(case)
    letters = len((await at_work.case(case)).notices)
    assert await at_work.run_id(case) == first_run
    assert len(await at_work.history(case)) <= 32 + 7 * letters


async def test_a_closed_case_takes_a_late_branch_and_sends_its_letter(at_work: Office) -> None:
    opening = Opening(procedure="filing", variant="national_employer")
    payload = national(branches=None).payload
    stored = await at_work.received("filing.submit", payload, EMPLOYER, opening=opening)
    case = await at_work.decided(stored)
    await at_work.do(case, "filing.accept", MINISTRY)
    await at_work.do(case, "filing.assess", EXPERT_DESK, ASSESSED)
    await at_work.do(case, "filing.approve", MINISTRY)
    closed = await at_work.ended(case)
    branch: Json = {"branch": LATE_BRANCH, "passed": True}
    assert (await at_work.do(case, "filing.file_branch", YUNNAN, branch)).kind == "done"
    assert await at_work.ended(case) > closed
    after = await at_work.case(case)
    assert (after.status, after.jobs) == ("closed", ())
    assert all(one.digest for one in after.notices)


async def test_every_letter_lies_in_the_files_under_its_digest(at_work: Office) -> None:
    case = await at_work.open()
    await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    await at_work.do(case, "filing.supplement", SCHOOL, ANSWER)
    await at_work.do(case, "filing.accept", CLERK)
    await approve(at_work, case)
    await at_work.ended(case)
    notices = (await at_work.case(case)).notices
    pages = [at_work.parts.files.get(one.digest) for one in notices]
    texts = [page.decode() if page else "" for page in pages]
    assert ["补正告知书" in texts[0], "受理通知书" in texts[1], "备案回执" in texts[2]] == [
        True
    ] * 3
    assert "缺少消防证明" in texts[0]
    assert notices[0].number in texts[0]
    printed = [at_work.parts.files.get(one.printed) for one in notices]
    for notice, content in zip(notices, printed, strict=True):
        assert content is not None
        assert notice.number in text_of(content)
        assert notice.pages == 1
    rendered = [one for one in await at_work.events(case) if one.type == "notice.rendered"]
    assert {one.meta.actor.role for one in rendered} == {"system"}


async def test_a_supplement_and_silence_lead_to_deemed_acceptance_on_the_day_of_the_law(
    at_work: Office,
) -> None:
    """HN-2022-1 一(二): seven working days after the supplement was complete."""
    case = await at_work.open()
    await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    await at_work.do(case, "filing.supplement", SCHOOL, ANSWER)
    due = at_work.sandbox.next_due(at_work.tenant)
    assert due is not None
    assert in_china(due) == "2024-05-10T00:00:00+08:00"
    await at_work.move(due + timedelta(days=3))
    late = await at_work.do(
        case,
        "filing.refuse_acceptance",
        CLERK,
        {"reasons": ["场地不足"], "legal_basis": ["HN-2022-1 一(一)"]},
    )
    assert (late.kind, late.code) == ("refused", "case.wrong_stage")
    deemed = [one for one in await at_work.events(case) if one.type == "filing.deemed_accepted"]
    assert [(one.meta.actor.role, one.meta.effective_at) for one in deemed] == [("law", due)]
    await approve(at_work, case)
    await at_work.ended(case)


async def test_the_timer_alone_lets_the_law_act(at_work: Office) -> None:
    """HN-2022-1 一(二): what was missing did not come, so the filing counts as abandoned."""
    case = await at_work.open()
    await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    due = at_work.sandbox.next_due(at_work.tenant)
    assert due is not None
    await at_work.move(due - timedelta(seconds=1), frozen=False)
    await at_work.wake(case)  # the clock was moved: the timer is armed anew, for one second
    await at_work.ended(case)
    abandoned = [one for one in await at_work.events(case) if one.type == "filing.deemed_abandoned"]
    assert [one.meta.effective_at for one in abandoned] == [due]
    assert (await at_work.case(case)).status == "abandoned"


async def test_an_act_received_before_midnight_counts_however_late_it_is_processed(
    at_work: Office,
) -> None:
    case = await at_work.open()
    due = at_work.sandbox.next_due(at_work.tenant)
    assert due is not None
    await at_work.move(due - timedelta(seconds=1))
    stored = await at_work.received("filing.accept", {}, CLERK, case=case)
    await at_work.move(due + timedelta(hours=1))
    await at_work.wake(case)
    await at_work.decided(stored)
    assert (await at_work.outcome(stored)).kind == "done"
    assert "filing.deemed_accepted" not in await at_work.types(case)


async def test_a_refused_opening_leaves_neither_a_case_nor_a_conductor(at_work: Office) -> None:
    payload: Json = {
        "institution": {"name": "甲", "uscc": SCHOOL.organisation, "type": "school"},
        "scope": [{"occupation_code": "6-18-01-01", "level": 4}],
    }
    stored = await at_work.received("filing.submit", payload, SCHOOL, opening=FILING)
    turn = await at_work.take(stored.command.case_id, stored.command.id)
    assert (turn.outcome, turn.code) == ("refused", "filing.commitment_missing")
    await at_work.ended(stored.command.case_id)
    assert at_work.parts.cases.any_case(at_work.tenant, stored.command.case_id) is None


async def test_a_command_after_the_end_is_refused_and_recorded_by_a_fresh_run(
    at_work: Office,
) -> None:
    case = await at_work.open()
    await at_work.do(case, "case.withdraw", SCHOOL)
    await at_work.ended(case)
    late = await at_work.do(case, "filing.accept", CLERK)
    assert (late.kind, late.code) == ("refused", "case.closed")
    await at_work.ended(case)


async def test_one_request_fifty_times_at_once_has_one_effect(at_work: Office) -> None:
    case = await at_work.open()
    acts = await asyncio.gather(
        *(at_work.received("filing.accept", {}, CLERK, case=case, key="once") for _ in range(50))
    )
    assert len({one.command.id for one in acts}) == 1
    turns = await asyncio.gather(*(at_work.take(case, one.command.id) for one in acts[:8]))
    assert {turn.outcome for turn in turns} == {"done"}
    assert (await at_work.types(case)).count("filing.accepted") == 1


async def test_nothing_personal_reaches_temporal(at_work: Office) -> None:
    case = await at_work.open()
    await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    seen = (await at_work.handle(case).fetch_history()).to_json()
    for planted in ("p-school", "p-clerk", "p-principal", "524300007QN1NLFJTT", "长沙"):
        assert planted not in seen
