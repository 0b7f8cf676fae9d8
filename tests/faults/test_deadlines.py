"""Rows 29–32 and 42: the date is the law's, whoever was dead, late or frozen on that day."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from temporalio.client import Client

from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.ground import COLD, SETTINGS, Ground
from tests.faults.rig.history import Act
from tests.faults.rig.office import Office
from tests.faults.rig.proxy import Fate, Proxy
from tests.faults.rig.waiting import until

RECEIVED = "2024-03-04T09:00:00+08:00"  # a Monday; no holiday follows
LAST_SECOND = "2024-03-13T23:59:59+08:00"  # of the seventh working day
MIDNIGHT = datetime.fromisoformat("2024-03-14T00:00:00+08:00")
SOON = "2024-03-13T23:59:58.5+08:00"
ONE_SECOND_LATE = "2024-03-14T00:00:01+08:00"
THREE_DAYS_LATE = "2024-03-17T10:00:00+08:00"
REFUSED_ACCEPTANCE = {"reasons": ["场地不足"], "legal_basis": ["HN-2022-1 一(一)"]}
DEEMED = "filing.deemed_accepted"
ACTS_WITHIN = 30.0  # seconds until the law has acted once a worker is there
INTERVAL = float(SETTINGS["ANJUAN_RECONCILER_INTERVAL"])  # seconds
TURN_WITHIN = 5.0  # seconds from the reconciler's wake to the law's act, on a busy machine


def waiting_case(office: Office) -> str:
    """A filing that nobody has answered yet."""
    return filings.opened(office)


def deemed_on_its_day(ground: Ground, case: str, within: float = ACTS_WITHIN) -> None:
    """The law has accepted the filing, once, with effect from the end of the last day."""
    until(lambda: DEEMED in ground.store.types(case), "the law acts", seconds=within)
    assert ground.store.effective(case, DEEMED) == [MIDNIGHT]


def undecided(office: Office, by: str, name: str, body: Mapping[str, object], case: str) -> Act:
    """Have an act received while nobody can decide it."""
    act = office.act(by, name, body, case)
    told = office.send(act, wait=0)
    assert told is not None
    assert told.status == 202
    return act


def test_silence_accepts_on_the_day_even_if_nobody_worked_for_three_days(
    trial: Begin, ground: Ground
) -> None:
    with trial(
        "29", "workers dead from before the limit until three days after", cold=True
    ) as case:
        offices = [case.office(at=RECEIVED) for _ in range(min(case.rounds, 10))]
        cases = [waiting_case(office) for office in offices]
        ground.settle()
        ground.worker.kill()
        for office in offices:
            ground.store.set_clock(office.tenant, THREE_DAYS_LATE)
        ground.worker.start(**COLD)
        for one in cases:
            deemed_on_its_day(ground, one)


@pytest.mark.parametrize("paused", ["killed", "frozen"])
def test_a_decision_one_second_before_the_limit_wins_however_late_it_is_taken(
    trial: Begin, ground: Ground, paused: str
) -> None:
    with trial("30", f"decision 1 s before the limit, worker {paused}", cold=True) as case:
        for _ in range(min(case.rounds, 5)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            ground.worker.kill() if paused == "killed" else ground.worker.freeze()
            ground.store.set_clock(office.tenant, LAST_SECOND)
            act = undecided(
                office, "clerk", "filing.refuse_acceptance", REFUSED_ACCEPTANCE, waiting
            )
            ground.store.set_clock(office.tenant, THREE_DAYS_LATE)
            ground.worker.start(**COLD) if paused == "killed" else ground.worker.thaw()
            assert office.insist(act).verdict == "ok"
            assert DEEMED not in ground.store.types(waiting)


def test_a_decision_one_second_after_the_limit_finds_what_the_law_has_done(
    trial: Begin, ground: Ground
) -> None:
    with trial("31", "decision 1 s after the limit, no timer has fired", cold=True) as case:
        for _ in range(min(case.rounds, 10)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            ground.worker.kill()
            ground.store.set_clock(office.tenant, ONE_SECOND_LATE)
            act = undecided(
                office, "clerk", "filing.refuse_acceptance", REFUSED_ACCEPTANCE, waiting
            )
            ground.worker.start(**COLD)
            told = office.insist(act)
            assert (told.verdict, told.code) == ("refused", "case.wrong_stage")
            deemed_on_its_day(ground, waiting)


def test_a_decision_that_hangs_over_the_limit_still_comes_before_the_law(
    trial: Begin, ground: Ground
) -> None:
    with trial("32", "decision hangs before its append while the limit passes", cold=True) as case:
        for _ in range(min(case.rounds, 5)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            ground.worker.freeze()  # ready to look as soon as it is thawed
            hung = ground.part("worker")
            hung.start("advance.before_append=hang", **COLD)
            ground.store.set_clock(office.tenant, LAST_SECOND)
            act = undecided(
                office, "clerk", "filing.refuse_acceptance", REFUSED_ACCEPTANCE, waiting
            )
            until(lambda: ground.store.held(waiting), "it hangs under its lock", seconds=30)  # noqa: B023  – this round's
            ground.store.set_clock(office.tenant, THREE_DAYS_LATE)
            ground.worker.thaw()  # its reconciler finds the limit passed, the lock taken
            until(lambda: ground.store.wanted(waiting), "the law waits for it", seconds=30)  # noqa: B023
            assert ground.store.held(waiting)
            hung.kill()
            assert office.insist(act).verdict == "ok"
            assert DEEMED not in ground.store.types(waiting)


def test_a_decision_and_a_timer_at_the_same_moment_have_one_winner(
    trial: Begin, ground: Ground
) -> None:
    with trial("32", "decision sent while the timer fires, law time running") as case:
        wins = 0
        for _ in range(min(case.rounds, 12)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            act = office.act("clerk", "filing.refuse_acceptance", REFUSED_ACCEPTANCE, waiting)
            ground.store.run_clock(office.tenant, SOON)
            ground.temporal(lambda client: woken(client, waiting))  # noqa: B023  – this round's
            moment = MIDNIGHT + timedelta(seconds=case.chance.uniform(-0.4, 0.05))
            until(
                lambda: ground.store.law_now(office.tenant) >= moment,  # noqa: B023
                "law time is at the limit",
                seconds=10,
                every=0.002,
            )
            told = office.insist(act)
            if ground.store.received(act) < MIDNIGHT:
                wins += 1
                assert told.verdict == "ok"
                assert DEEMED not in ground.store.types(waiting)
            else:
                assert (told.verdict, told.code) == ("refused", "case.wrong_stage")
                deemed_on_its_day(ground, waiting)
        case.more = f"decisions in time {wins}"


async def woken(client: Client, case: str) -> None:
    """Have the conductor of a case look again, so that it sets its timer anew."""
    await client.get_workflow_handle(case).signal("wake", rpc_timeout=timedelta(seconds=10))


def test_an_act_received_in_time_is_seen_although_its_receipt_commits_late(
    trial: Begin, ground: Ground
) -> None:
    with (
        trial("32", "receipt before the limit, its COMMIT held until after", cold=True) as case,
        Proxy(ground.servers.postgres.port) as line,
    ):
        api = ground.part("api", postgres=line)
        api.start()
        api.ready()
        for _ in range(min(case.rounds, 5)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            ground.store.set_clock(office.tenant, LAST_SECOND)
            act = office.act("clerk", "filing.refuse_acceptance", REFUSED_ACCEPTANCE, waiting)
            line.rob_commit(Fate.HELD)
            sender = case.aside(lambda: office.send(act, url=api.url))  # noqa: B023
            until(lambda: line.holds, "the receipt's commit is held", seconds=30)
            ground.store.set_clock(office.tenant, THREE_DAYS_LATE)
            until(lambda: waits(ground), "the law waits for the case's lock", seconds=10)
            line.release()
            sender.result(timeout=60)
            assert office.insist(act).verdict == "ok"
            assert DEEMED not in ground.store.types(waiting)
        api.stop()


def waits(ground: Ground) -> bool:
    """Whether some transaction waits for an advisory lock."""
    return any(granted is False for _, _, _, _, _, granted, *_ in ground.store.locks())


def test_a_lost_timer_is_made_good_within_the_reconcilers_interval(
    trial: Begin, ground: Ground
) -> None:
    with trial("42", "timer lost: asleep for days, or its workflow terminated", cold=True) as case:
        longest = 0.0
        for number in range(min(case.rounds, 10)):
            office = case.office(at=RECEIVED)
            waiting = waiting_case(office)
            ground.settle()
            if number % 2:
                ground.temporal(lambda client: terminated(client, waiting))  # noqa: B023
            since = time.monotonic()
            ground.store.set_clock(office.tenant, ONE_SECOND_LATE)
            deemed_on_its_day(ground, waiting, within=INTERVAL + TURN_WITHIN)
            longest = max(longest, time.monotonic() - since)
        case.more = f"interval {INTERVAL:.0f} s, made good within {longest:.1f} s"


async def terminated(client: Client, case: str) -> None:
    """End the workflow of a case, and its timer with it."""
    await client.get_workflow_handle(case).terminate(rpc_timeout=timedelta(seconds=10))
