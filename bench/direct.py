"""The decision without Temporal: what one `advance` asks of the database, counted and timed."""

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from activities.advance import Advance
from activities.notices import Notices
from domain.case.actor import Actor
from domain.case.command import Opening
from domain.case.turn import Turn
from domain.kernel.json import Json
from domain.ports import BodyDiffers, Receipt
from infra.parts import Parts
from tests.workflows.filing import ASSESSOR, CLERK, EXAMPLE, FILING, REVIEWER, SCHOOL

ASSESSED: Json = {"passed": True, "opinion": "符合条件", "experts": ["p-e1"], "on_site": True}
ACTS: tuple[tuple[str, Actor, Json], ...] = (
    ("filing.accept", CLERK, {}),
    ("filing.assess", ASSESSOR, ASSESSED),
    ("filing.approve", REVIEWER, {}),
)


@dataclass
class Direct:
    """Receives and advances in this thread, as API and worker do one after the other."""

    parts: Parts
    tenant: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """Build what the worker would."""
        self.advance = Advance(self.parts.store, self.parts.world)
        parts = self.parts
        self.letters = Notices(parts.store, parts.cases, parts.files, parts.press)
        self.application: Json = json.loads(EXAMPLE.read_text(encoding="utf-8"))["with"]

    def receive(
        self, name: str, actor: Actor, payload: Json, case: str | None = None
    ) -> tuple[str, str]:
        """Store an act; return the ids of its case and command."""
        key = f"bench-{next(self._numbers)}"
        opening: Opening | None = FILING if case is None else None
        stored = self.parts.store.receive(
            Receipt(
                tenant=self.tenant,
                client="bench",
                key=key,
                fingerprint=key,
                case_id=case,
                name=name,
                payload=payload,
                actor=actor,
                channel="api:bench",
                opening=opening,
            )
        )
        if isinstance(stored, BodyDiffers):
            raise TypeError("every act has a key of its own")
        return stored.command.case_id, stored.command.id

    def act(self, name: str, actor: Actor, payload: Json, case: str | None = None) -> str:
        """Store an act and have it decided; return its case."""
        case_id, command = self.receive(name, actor, payload, case)
        turn = self.advance.advance(case_id, command)
        if turn.outcome != "done":
            raise RuntimeError(f"{name}: {turn.code}")
        return case_id

    def filing(self) -> str:
        """Bring one filing from application to receipt, letters left to their jobs."""
        case = self.act("filing.submit", SCHOOL, self.application)
        for name, actor, payload in ACTS:
            self.act(name, actor, payload, case)
        return case

    def whole_filing(self) -> str:
        """Bring one filing to its receipt, each letter rendered as soon as it was issued."""
        case = self.act("filing.submit", SCHOOL, self.application)
        for name, actor, payload in ACTS:
            self.act(name, actor, payload, case)
            self.serve(case)
        return case

    def serve(self, case: str) -> Turn:
        """Do the jobs that wait."""
        turn = self.advance.advance(case, None)
        for job in turn.jobs:
            turn = self.advance.advance(case, self.letters.render(job.key))
        return turn


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent inside the block."""
    seen: list[str] = []

    def note(*args: Any, **_: Any) -> None:  # noqa: ANN401  – the hook's own signature
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def one(engine: Engine, query: str, values: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
    """Return the single value of a query."""
    with engine.connect() as connection:
        return connection.exec_driver_sql(query, dict(values or {})).scalar_one()
