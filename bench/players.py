"""Two engines behind one face: ours, and SpiffWorkflow, which only this bench ever imports."""

import json
from typing import Protocol

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState
from typing_extensions import override

from bench.diagrams import AGAIN
from domain.process import game
from domain.process.marking import Marking
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge

KNOWN = {AGAIN: True}


class Player(Protocol):
    """Plays the process `p` of a diagram, one task of a person after the other."""

    def __init__(self, data: bytes) -> None:
        """Load the diagram, anew for each player, and check what this engine checks."""

    def begin(self) -> None:
        """Begin a case."""

    def step(self) -> None:
        """Complete the task that has waited longest."""

    def restore(self) -> None:
        """Write the case as text and go on from that alone."""


class Ours(Player):
    """The token game, on a diagram that may be deployed."""

    def __init__(self, data: bytes) -> None:
        """Read, check against the schema and all rules, and explore what can be reached.

        Raises:
            ValueError: it may not be deployed.
        """
        verdict = judge(data, "bench.bpmn", "deployed")
        if verdict.definition is None:
            raise ValueError(verdict.faults)
        self._definition: Definition = verdict.definition
        self._marking = Marking()

    @override
    def begin(self) -> None:
        self._marking = game.begin(self._definition, "p", KNOWN).marking

    @override
    def step(self) -> None:
        first = self._marking.waits[0].id
        self._marking = game.complete(self._definition, self._marking, first, KNOWN).marking

    @override
    def restore(self) -> None:
        self._marking = Marking.from_json(json.loads(json.dumps(self._marking.to_json())))


class Spiff(Player):
    """SpiffWorkflow as its documentation shows it."""

    def __init__(self, data: bytes) -> None:
        """Parse; it validates and explores nothing unless asked."""
        parser = BpmnParser()
        parser.add_bpmn_str(data)
        self._spec = parser.get_spec("p")
        self._serializer = BpmnWorkflowSerializer()

    @override
    def begin(self) -> None:
        self._case = BpmnWorkflow(self._spec)
        self._case.do_engine_steps()

    @override
    def step(self) -> None:
        task = self._case.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(KNOWN)
        task.run()
        self._case.do_engine_steps()

    @override
    def restore(self) -> None:
        self._case = self._serializer.deserialize_json(self._serializer.serialize_json(self._case))
