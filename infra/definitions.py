"""The diagrams: those shipped, read at the strictest level, and every one kept by its hash."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from domain.kernel.errors import UnknownNameError
from domain.law.book import LawBook
from domain.procedures.table import PROCEDURES
from domain.process.checking import Verdict
from domain.process.model import Definition
from domain.process.rules import Level
from infra.bpmn_xml.judging import judge
from infra.law_data import load_law_book
from infra.shelf import EmptyShelf, Shelf

# procedure and variant → file; a case is pinned to the hash of what stood here when it was opened
SHIPPED: Mapping[tuple[str, str], str] = {
    (one.name, variant): file
    for one in PROCEDURES.values()
    for variant, file in one.diagrams.items()
}


class DefinitionFaultError(Exception):
    """A diagram we ship does not pass its own check; the message names file, line and rule."""


class Definitions:
    """Diagrams by procedure and variant, and for ever by hash. Thread-safe."""

    def __init__(
        self,
        current: Mapping[tuple[str, str], Definition],
        sources: Mapping[str, bytes],
        shelf: Shelf | None = None,
    ) -> None:
        """Take the diagrams of this release; those of earlier ones come from `shelf`."""
        self._current = dict(current)
        self._pinned = {one.hash: one for one in current.values()}
        self.sources = dict(sources)
        self._shelf = shelf or EmptyShelf()

    def on(self, shelf: Shelf) -> "Definitions":
        """Return the same diagrams, with the earlier ones on `shelf`."""
        return Definitions(self._current, self.sources, shelf)

    def current(self, procedure: str, variant: str) -> Definition | None:
        """Return the diagram new cases get; None when nothing like it is deployed."""
        return self._current.get((procedure, variant))

    def pinned(self, definition_hash: str) -> Definition:
        """Return the diagram with that hash, of this release or of an earlier one.

        Raises:
            UnknownNameError: nobody kept it, or it cannot be played any more.
        """
        if definition_hash not in self._pinned:
            self._pinned[definition_hash] = _playable(self.source(definition_hash), definition_hash)
        return self._pinned[definition_hash]

    def source(self, definition_hash: str) -> bytes:
        """Return the bytes of the BPMN file with that hash.

        Raises:
            UnknownNameError: nobody kept it.
        """
        source = self.sources.get(definition_hash) or self._shelf.fetch(definition_hash)
        if source is None:
            raise UnknownNameError(f"nobody kept the diagram {definition_hash}")
        return source

    def judged(self, source: bytes, level: Level) -> Verdict:
        """Return the verdict on a BPMN file at a level; keeps nothing."""
        keys = frozenset(load_law_book().keys)
        return judge(source, "diagram.bpmn", level, keys.__contains__)

    def keep(self, source: bytes) -> None:
        """Keep a BPMN file that was judged; the same bytes again change nothing."""
        definition_hash = f"sha256:{hashlib.sha256(source).hexdigest()}"
        self._shelf.keep({definition_hash: source})
        self.sources.setdefault(definition_hash, source)


@lru_cache(maxsize=1)
def load_definitions() -> Definitions:
    """Return the diagrams shipped.

    Raises:
        DefinitionFaultError: one of them has a fault.
    """
    folder = resources.files("domain.procedures")
    current: dict[tuple[str, str], Definition] = {}
    sources: dict[str, bytes] = {}
    for place, file in SHIPPED.items():
        data = folder.joinpath(*file.split("/")).read_bytes()
        read = _deployable(data, file, load_law_book())
        current[place], sources[read.hash] = read, data
    return Definitions(current, sources)


def _deployable(data: bytes, file: str, book: LawBook) -> Definition:
    verdict = judge(data, file, "own", has_term=lambda key: key in book.keys)
    if verdict.definition is None:
        first = verdict.faults[0]
        raise DefinitionFaultError(f"{file}:{first.line}: {first.element}: {first.rule}")
    return verdict.definition


def _playable(data: bytes, definition_hash: str) -> Definition:
    """Return a diagram of an earlier release: strict when it was deployed, so played as it is."""
    found = judge(data, definition_hash).definition
    if found is None or found.hash != definition_hash:
        raise UnknownNameError(f"the diagram {definition_hash} cannot be played")
    return found
