"""Wires the in-memory engine: decisions, law and letters are the real ones, the store forgets."""

import hashlib

from typing_extensions import override

from activities.advance import Advance
from activities.notices import Notices
from domain.case.turn import Turn
from domain.ports import Files, World
from infra.definitions import load_definitions
from infra.fixtures import registers
from infra.law_data import load_calendar, load_law_book, load_occupations
from infra.letters.press import LetterPress
from infra.memory_store import MemoryStore
from infra.scenario.memory import MemoryStage
from infra.views.memory import MemoryCases


class _MemoryFiles(Files):
    """Bytes by digest, while the process lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    @override
    def put(self, content: bytes) -> str:
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        self._kept[digest] = content
        return digest

    @override
    def get(self, digest: str) -> bytes | None:
        return self._kept.get(digest)

    @override
    def size(self, digest: str) -> int | None:
        return len(self._kept[digest]) if digest in self._kept else None


def memory_stage() -> MemoryStage:
    """Return a stage with an empty store of its own."""
    store = MemoryStore(load_calendar())
    world = World(
        definitions=load_definitions(),
        book=load_law_book(),
        calendar=load_calendar(),
        occupations=load_occupations(),
    )
    advance = Advance(store, world)
    letters = Notices(store, MemoryCases(store), _MemoryFiles(), LetterPress(fonts=None))

    def take(case_id: str, command_id: str | None) -> Turn:
        """Decide, then do the service work the turn asks for, as the conductor would."""
        turn = advance.advance(case_id, command_id)
        for job in turn.jobs:
            advance.advance(case_id, letters.render(job.key))
        return turn

    return MemoryStage(store, take, registers, world)
