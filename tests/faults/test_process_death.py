"""Rows 1–6, 8, 10 and 11: processes die, and nothing acknowledged is lost or done twice."""

import shutil
import threading

import pytest

from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.ground import COLD, Ground
from tests.faults.rig.history import Act
from tests.faults.rig.load import Load
from tests.faults.rig.office import Office
from tests.faults.rig.trial import Trial
from tests.faults.rig.waiting import until

CRASH_WITHIN = 60.0  # seconds from the start of an armed process


def next_act(office: Office, trial: Trial) -> Act:
    """An opening, or a note in a case that stands already."""
    if trial.chance.random() < 0.5:
        return office.act("school", "filing.submit", filings.opening())
    case = filings.opened(office)
    return office.act("clerk", "case.note", {"text": "remark"}, case)


@pytest.mark.parametrize(
    ("row", "point", "stored"),
    [("1", "api.after_inbox", 1), ("2", "api.before_inbox", 0)],
)
def test_an_act_survives_the_death_of_the_web_process(
    trial: Begin, ground: Ground, row: str, point: str, stored: int
) -> None:
    with trial(row, f"kill -9 API at {point}, retry under the same key elsewhere") as case:
        office = case.office()
        armed = [ground.part("api"), ground.part("api")]
        armed[0].start(f"{point}=crash")
        for number in range(case.rounds):
            doomed = armed[number % 2]
            if number + 1 < case.rounds:
                armed[(number + 1) % 2].start(f"{point}=crash")
            act = next_act(office, case)
            doomed.ready()
            assert office.send(act, url=doomed.url) is None
            doomed.await_crash(seconds=CRASH_WITHIN)
            assert len([one for one in inbox(ground, office) if one == act.key]) == stored
            assert office.insist(act).verdict == "ok"


def inbox(ground: Ground, office: Office) -> list[str]:
    """The keys of everything received in the tenant."""
    return [one.key for one in ground.store.final([office.tenant]).inbox]


@pytest.mark.parametrize(
    ("row", "point"), [("3", "advance.before_append"), ("4", "advance.after_commit")]
)
def test_an_act_survives_the_death_of_the_worker_that_decides_it(
    trial: Begin, ground: Ground, row: str, point: str
) -> None:
    with trial(row, f"kill -9 worker at {point}, under load", cold=True) as case:
        ground.stand(worker=False)
        with Load(case):
            for _ in range(case.rounds):
                passes = case.chance.choice((1, 2, 2, 3, 5))
                ground.worker.start(f"{point}=crash@{passes}", **COLD)
                ground.worker.await_crash(seconds=CRASH_WITHIN)
            ground.worker.start(**COLD)


def test_updates_survive_workers_killed_at_random(trial: Begin, ground: Ground) -> None:
    with (
        trial("5", "kill -9 worker at random instants during updates", cold=True) as case,
        Load(case, clients=3) as load,
    ):
        for _ in range(case.rounds):
            load.progress(case.chance.randrange(1, 4))
            jitter(case)
            ground.worker.kill()
            ground.worker.start(**COLD)
        load.progress()


def test_acts_wait_for_workers_that_are_all_dead(trial: Begin, ground: Ground) -> None:
    with trial("6", "all workers dead, acts arriving; one comes back") as case:
        office = case.office()
        cases = [filings.opened(office) for _ in range(5)]
        ground.stand(worker=False)
        for number in range(50 * case.rounds):
            by, chosen = ("clerk", "clerk2")[number % 2], case.chance.choice(cases)
            act = office.act(by, "case.note", {"text": f"remark {number}"}, chosen)
            told = office.send(act, wait=0)
            assert told is not None
            assert told.status == 202
        assert len(ground.store.unsettled()) > 0
        ground.worker.start()
        ground.settle(seconds=120)


def test_nothing_is_lost_when_postgres_is_killed_at_random(trial: Begin, ground: Ground) -> None:
    with (
        trial("8", "kill -9 PostgreSQL at random instants under load") as case,
        Load(case, clients=3) as load,
    ):
        for _ in range(case.rounds):
            load.progress(case.chance.randrange(1, 4))
            jitter(case)
            ground.kill_postgres()
        load.progress()


def test_acts_are_sent_again_when_temporal_is_killed(trial: Begin, ground: Ground) -> None:
    with trial("10", "kill -9 Temporal with updates in flight") as case:
        office = case.office()
        standing = filings.opened(office)
        with Load(case) as load:
            for number in range(case.rounds):
                load.progress(case.chance.randrange(1, 4))
                jitter(case)
                ground.kill_temporal()
                text = {"text": f"while Temporal is away {number}"}
                act = office.act("clerk", "case.note", text, standing)
                told = office.send(act, wait=0)
                assert told is not None
                assert told.status == 202
                ground.servers.temporal.start()
            load.progress()


def test_every_open_case_goes_on_when_temporal_has_lost_everything(
    trial: Begin, ground: Ground
) -> None:
    with trial("11", "Temporal's database deleted, anjuan rebuild") as case:
        office = case.office()
        cases = [filings.opened(office) for _ in range(4 * min(case.rounds, 5))]
        for one in cases[::2]:
            office.done("clerk", "filing.accept", {}, one)
        ground.settle()
        before = ground.store.final([office.tenant]).events
        ground.worker.kill()
        ground.servers.temporal.stop()
        shutil.rmtree(ground.servers.temporal.folder / "temporal")
        ground.servers.temporal.start()
        ground.worker.start()
        ground.run("rebuild")
        until(lambda: set(cases) <= ground.conducted(), "every case is conducted", seconds=60)
        assert ground.store.final([office.tenant]).events == before
        for number, one in enumerate(cases):
            if number % 2:
                office.done("clerk", "filing.accept", {}, one)
            office.done("assessor", "filing.assess", filings.ASSESSED, one)
            office.done("reviewer", "filing.approve", {}, one)
        case.more = f"cases rebuilt {len(cases)}"


def jitter(case: Trial) -> None:
    """Let a random moment pass, so that the next kill hits any phase of the work."""
    threading.Event().wait(case.chance.uniform(0, 0.15))
