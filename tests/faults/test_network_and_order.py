"""Rows 17 and 21–26: lines are cut, requests come twice, in the wrong order, or too late."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

from temporalio.client import Client

from domain.case.turn import Turn
from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.ground import Ground
from tests.faults.rig.history import Act, Told
from tests.faults.rig.load import Load
from tests.faults.rig.office import Office
from tests.faults.rig.proxy import Fate, Proxy
from tests.faults.rig.waiting import until

AT_ONCE = 50  # requests
LATER = (202, 503)  # the same operation, or a database too busy for one more: come again
ROBBED_WITHIN = 60.0  # seconds


def test_an_act_whose_commit_was_not_answered_is_looked_up_and_not_repeated(
    trial: Begin, ground: Ground
) -> None:
    with (
        trial("17", "API ↔ PostgreSQL cut while the COMMIT or its reply travels") as case,
        Proxy(ground.servers.postgres.port) as line,
    ):
        office = case.office()
        standing = filings.opened(office)
        api = ground.part("api", postgres=line)
        api.start()
        api.ready()
        for number in range(case.rounds * 2):
            act = office.act("clerk", "case.note", {"text": f"remark {number}"}, standing)
            fate = case.chance.choice((Fate.REPLY_LOST, Fate.REQUEST_LOST))
            line.rob_commit(fate)
            told = office.send(act, url=api.url)
            assert len(line.robbed) == number + 1
            assert told is None or told.status in {200, 202, 503}
            assert office.insist(act).verdict == "ok"
        lost = line.robbed.count(Fate.REPLY_LOST)
        case.more = f"commits robbed {len(line.robbed)}, of them replies {lost}"
        api.stop()


def test_a_decision_whose_commit_was_not_answered_is_looked_up_and_not_repeated(
    trial: Begin, ground: Ground
) -> None:
    with (
        trial("17", "worker ↔ PostgreSQL cut while the COMMIT or its reply travels") as case,
        Proxy(ground.servers.postgres.port) as line,
    ):
        ground.stand(worker=False)
        worker = ground.part("worker", postgres=line)
        worker.start()
        with Load(case):
            for number in range(case.rounds * 2):
                line.rob_commit(case.chance.choice((Fate.REPLY_LOST, Fate.REQUEST_LOST)))
                until(
                    lambda: len(line.robbed) > number,  # noqa: B023  – asked in this round only
                    "a commit of the worker is robbed",
                    seconds=ROBBED_WITHIN,
                )
        lost = line.robbed.count(Fate.REPLY_LOST)
        case.more = f"commits robbed {len(line.robbed)}, of them replies {lost}"
        worker.stop()


def at_once(office: Office, act: Act, count: int) -> list[Told]:
    """Send one act many times in the same moment and return all answers."""
    barrier = threading.Barrier(count)

    def send(_: int) -> Told | None:
        barrier.wait()
        return office.send(act)

    with ThreadPoolExecutor(count) as threads:
        answers = list(threads.map(send, range(count)))
    told = [one for one in answers if one is not None]
    assert len(told) == count
    return told


def test_one_request_sent_fifty_times_at_once_has_one_effect(trial: Begin) -> None:
    with trial("21", f"one request {AT_ONCE} times at once") as case:
        for _ in range(case.rounds):
            office = case.office()
            opening = office.act("school", "filing.submit", filings.opening())
            assert {one.status for one in at_once(office, opening, AT_ONCE)} <= {201, *LATER}
            opened = office.insist(opening).case
            accept = office.act("clerk", "filing.accept", {}, opened)
            assert {one.status for one in at_once(office, accept, AT_ONCE)} <= {200, *LATER}
            assert office.insist(accept).verdict == "ok"


def another_body(chance: Random, number: int) -> Mapping[str, object]:
    """A note that differs from the first in some way."""
    return {"text": "".join(chance.choice("案卷 remark.") for _ in range(1 + number % 40)) + "!"}


def test_the_same_key_with_another_body_is_refused_and_the_attempt_kept(
    trial: Begin, ground: Ground
) -> None:
    with trial("22", "same key, other body") as case:
        office = case.office()
        standing = filings.opened(office)
        first = office.act("clerk", "case.note", {"text": "the first"}, standing)
        office.insist(first)
        before = ground.store.types(standing)
        rounds = 5 * case.rounds
        for number in range(rounds):
            body = another_body(case.chance, number)
            second = Act(
                tenant=office.tenant,
                client=first.client,
                key=first.key,
                name=first.name,
                body=body,
                case=standing,
            )
            told = office.send(office.history.begin(second))
            assert told is not None
            assert (told.status, told.code) == (422, "idempotency.body_differs")
        assert ground.store.types(standing) == before
        audited = "SELECT count(*) FROM audit WHERE tenant = %s AND code = %s"
        assert ground.store.rows(audited, office.tenant, "idempotency.body_differs") == [(rounds,)]
        replay = office.send(first)
        assert replay is not None
        assert replay.replayed


def test_the_same_key_of_another_tenant_is_independent(trial: Begin) -> None:
    with trial("23", "same key from another tenant") as case:
        for _ in range(case.rounds):
            one, other = case.office(), case.office()
            first = one.act("school", "filing.submit", filings.opening())
            second = Act(
                tenant=other.tenant,
                client=first.client,
                key=first.key,
                name=first.name,
                body=first.body,
            )
            mine = one.insist(first)
            yours = other.insist(other.history.begin(second))
            assert mine.verdict == yours.verdict == "ok"
            assert mine.case != yours.case
            assert not yours.replayed
            hidden = other.get("GET", f"/cases/{mine.case}")
            assert (hidden.status, hidden.body["code"]) == (404, "case.not_found")


STEPS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("clerk", "filing.accept", {}),
    (
        "clerk2",
        "filing.request_supplement",
        {"missing": [{"material": "premises", "reason": "看不清"}], "working_days": 5},
    ),
    ("school", "filing.supplement", {"materials": filings.MATERIALS}),
    ("assessor", "filing.assess", filings.ASSESSED),
    ("reviewer", "filing.approve", {}),
    ("school", "case.withdraw", {"reason": "changed our mind"}),
)
OUT_OF_ORDER = frozenset(
    (
        "case.wrong_stage",
        "case.closed",
        "filing.assessment_missing",
        "filing.supplement_once",
        "filing.publicity_running",
        "case.version_conflict",
        "task.already_done",
    )
)


def test_acts_in_a_random_order_are_done_or_refused_by_name(trial: Begin) -> None:
    with trial("24", "acts in random order") as case:
        refused = 0
        office = case.office()
        for _ in range(2 * case.rounds):
            opened = filings.opened(office)
            for by, name, body in case.chance.sample(STEPS, len(STEPS)):
                told = office.insist(office.act(by, name, body, opened))
                assert told.verdict == "ok" or told.code in OUT_OF_ORDER, (name, told)
                refused += told.verdict == "refused"
            office.read(opened)
        case.more = f"refused {refused}"


def test_what_comes_after_the_end_gets_the_stored_outcome_or_a_clear_refusal(
    trial: Begin, ground: Ground
) -> None:
    with trial("25", "doubled and late acts after the end") as case:
        office = case.office()
        for _ in range(case.rounds):
            told = filings.whole(office, case.chance)
            closed = told[0].case
            ground.settle()
            before = ground.store.types(closed)
            for act in [one for one in office.history.acts if one.case == closed]:
                again = office.send(act)
                assert again is not None
                assert again.replayed
                assert again.events == act.told("ok")[0].events
            late = office.insist(office.act("clerk", "filing.accept", {}, closed))
            assert (late.verdict, late.code, late.status) == ("refused", "case.closed", 409)
            assert ground.store.types(closed) == before


def test_an_update_repeated_after_a_fresh_run_answers_the_first_outcome(
    trial: Begin, ground: Ground
) -> None:
    with trial("26", "update id used again across continue-as-new") as case:
        office = case.office()
        for _ in range(case.rounds):
            opened = filings.opened(office)
            accepted = office.act("clerk", "filing.accept", {}, opened)
            office.insist(accepted)
            command = command_of(ground, accepted)
            first = run_of(ground, opened)
            for number in range(6):
                office.done("clerk", "case.note", {"text": f"remark {number}"}, opened)
            until(lambda: run_of(ground, opened) != first, "a fresh run", seconds=30)  # noqa: B023
            before = ground.store.types(opened)

            async def again(client: Client) -> Turn:
                handle = client.get_workflow_handle(opened)  # noqa: B023
                turn: Turn = await handle.execute_update(
                    "submit",
                    command,  # noqa: B023
                    id=command,  # noqa: B023
                    result_type=Turn,
                    rpc_timeout=timedelta(seconds=30),
                )
                return turn

            assert ground.temporal(again).outcome == "done"
            assert ground.store.types(opened) == before


def command_of(ground: Ground, act: Act) -> str:
    """The id of the command that was stored for an act."""
    rows = ground.store.final([act.tenant]).inbox
    return next(one.command for one in rows if (one.client, one.key) == (act.client, act.key))


def run_of(ground: Ground, case: str) -> str:
    """The id of the run that conducts a case now."""

    async def ask(client: Client) -> str:
        described = await client.get_workflow_handle(case).describe()
        return described.run_id or ""

    return ground.temporal(ask)
