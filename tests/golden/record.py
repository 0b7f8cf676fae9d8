"""Record the histories of this release: `python -m tests.golden.record [NAME…]`.

What a release recorded is never edited: a name that is there already is left alone.
"""

import asyncio
import re
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from infra.cli.exits import leave
from infra.local import PostgresServer, TemporalServer
from infra.migrate import upgrade
from tests.golden.filing_flows import FILINGS
from tests.golden.flows import FLOWS
from tests.workflows.filing import office, settings_of
from tests.workflows.rig import Rig, fresh_case, running
from tests.workflows.stub import StubAdvance, StubService

HISTORIES = Path(__file__).parent / "histories"
MACHINE = re.compile(r"\d+@[\w.-]+")  # process and host, as the SDK names a worker


def main(names: list[str]) -> None:
    """Record the flows of these names, or all that are not there."""
    kept = HISTORIES / version("anjuan")
    kept.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in names or (*FLOWS, *FILINGS) if not [*kept.glob(f"{one}-*.json")]]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o711)  # the database runs as an account of its own
        temporal, postgres = TemporalServer(place), PostgresServer(place)
        temporal.start()
        postgres.start()
        try:
            upgrade(postgres.url())
            asyncio.run(_record(temporal.address, postgres.url(), place, kept, wanted))
        finally:
            postgres.stop()
            temporal.stop()


async def _record(address: str, database: str, place: Path, kept: Path, wanted: list[str]) -> None:
    for name in wanted:
        if name in FLOWS:
            stub = StubAdvance()
            service = StubService(stub)
            async with running(address, [stub.advance, service.render], cached=0) as rig:
                case = fresh_case()
                await FLOWS[name](rig, stub, service, case)
                await _keep(rig, case, kept, name)
        else:
            settings = settings_of(database, address, place)
            async with office(settings, tenant=name) as at_work:
                await _keep(at_work, await FILINGS[name](at_work), kept, name)


async def _keep(rig: Rig, case: str, kept: Path, name: str) -> None:
    runs = [run async for run in rig.client.list_workflows(f'WorkflowId="{case}"')]
    for number, run in enumerate(sorted(runs, key=lambda one: one.start_time), 1):
        history = await rig.handle(case, run.run_id).fetch_history()
        text = MACHINE.sub("golden", history.to_json()) + "\n"
        (kept / f"{name}-{number}.json").write_text(text, encoding="utf-8")
        print(f"{name}-{number}: {len(history.events)} events")  # noqa: T201  – a command


if __name__ == "__main__":
    main(sys.argv[1:])
    leave(0)  # after a worker the interpreter may abort while it ends
