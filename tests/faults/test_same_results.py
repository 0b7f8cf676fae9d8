"""Rows 55 and 56: without any memory between two steps everything comes out the same."""

from pathlib import Path

from tests.faults.conftest import Begin
from tests.faults.rig.ground import Ground
from tests.process.proof import prove

SCENARIOS = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml"))
SHORT = 6  # scenarios in the short form


def test_scenarios_hold_when_no_workflow_is_kept_in_memory(trial: Begin, ground: Ground) -> None:
    with trial("55", "scenarios, workflow cache off", cold=True) as case:
        files = SCENARIOS if case.rounds > 1 else case.chance.sample(SCENARIOS, SHORT)
        names = [str(one) for one in files]
        ground.run("scenario", "run", *names, "--server", ground.api.url, seconds=300)
        case.more = f"scenarios {len(files)}"


def test_random_processes_do_not_notice_a_restart_after_every_step(trial: Begin) -> None:
    with trial("56", "random processes, restarted after every step", bare=True) as case:
        seeds = [case.chance.randrange(1_000_000) for _ in range(25 * case.rounds)]
        for seed in seeds:
            prove(seed)
        case.more = f"processes {len(seeds)}"
