"""Record the histories of this release: `python -m tests.golden.record [NAME…]`.

What a release recorded is never edited: a name that is there already is left alone.
"""

import asyncio
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from infra.cli.exits import leave
from infra.local import TemporalServer
from tests.golden.flows import FLOWS
from tests.workflows.rig import Rig, fresh_case, running
from tests.workflows.stub import StubAdvance, StubService

HISTORIES = Path(__file__).parent / "histories"


def main(names: list[str]) -> None:
    """Record the flows of these names, or all."""
    with tempfile.TemporaryDirectory() as folder:
        server = TemporalServer(Path(folder))
        server.start()
        try:
            asyncio.run(_record(server.address, names or list(FLOWS)))
        finally:
            server.stop()


async def _record(address: str, names: list[str]) -> None:
    folder = HISTORIES / version("anjuan")
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if sorted(folder.glob(f"{name}-*.json")):
            print(f"{name}: recorded already")  # noqa: T201  – a command
            continue
        stub = StubAdvance()
        service = StubService(stub)
        async with running(address, [stub.advance, service.render], cached=0) as rig:
            case = fresh_case()
            await FLOWS[name](rig, stub, service, case)
            await _keep(rig, case, folder, name)


async def _keep(rig: Rig, case: str, folder: Path, name: str) -> None:
    runs = [run async for run in rig.client.list_workflows(f'WorkflowId="{case}"')]
    for number, run in enumerate(sorted(runs, key=lambda one: one.start_time), 1):
        history = await rig.handle(case, run.run_id).fetch_history()
        (folder / f"{name}-{number}.json").write_text(history.to_json() + "\n", encoding="utf-8")
        print(f"{name}-{number}: {len(history.events)} events")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
    leave(0)  # after a worker the interpreter may abort while it ends
