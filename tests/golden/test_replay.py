"""The histories of every release replay on today's workflow code, in the sandbox."""

import base64
import re
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.golden.broken import SleepsFirst
from tests.golden.filing_flows import FILINGS
from tests.golden.flows import FLOWS
from workflows.case import CaseWorkflow
from workflows.procedures import WORKFLOWS

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _history(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json("case", _text(file))


async def _replay(file: Path, *workflows: type[CaseWorkflow]) -> None:
    await Replayer(workflows=workflows).replay_workflow(_history(file))


@pytest.mark.asyncio
@pytest.mark.parametrize("file", HISTORIES, ids=_name)
async def test_every_golden_history_replays(file: Path) -> None:
    await _replay(file, *WORKFLOWS)


@pytest.mark.asyncio
@pytest.mark.parametrize("file", HISTORIES, ids=_name)
async def test_a_changed_order_of_awaits_is_found(file: Path) -> None:
    with pytest.raises(NondeterminismError):
        await _replay(file, SleepsFirst)


def test_every_flow_has_its_histories() -> None:
    assert {file.stem.rpartition("-")[0] for file in HISTORIES} == {*FLOWS, *FILINGS}


@pytest.mark.parametrize("file", HISTORIES, ids=_name)
def test_a_history_names_no_machine(file: Path) -> None:
    assert not re.search(r"@|/(home|root|work|tmp)/|stackTrace", _text(file))


@pytest.mark.parametrize("file", HISTORIES, ids=_name)
def test_a_history_holds_ids_codes_and_counters_only(file: Path) -> None:
    payloads = re.findall(r'"data": "([^"]+)"', _text(file))
    seen = " ".join(base64.b64decode(one).decode("utf-8", "replace") for one in payloads)
    assert seen
    assert not re.search(r"p-school|p-clerk|p-principal|524300007QN1NLFJTT|长沙", seen)
