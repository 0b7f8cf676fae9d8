"""The shipped diagrams, read at the strictest level and kept by the hash of their bytes."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from domain.kernel.errors import UnknownNameError
from domain.law.book import LawBook
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from infra.law_data import load_law_book

# procedure and variant → file; a case is pinned to the hash of what stood here when it was opened
SHIPPED: Mapping[tuple[str, str], str] = {("filing", "hunan"): "filing/hunan.bpmn"}


class DefinitionFaultError(Exception):
    """A diagram we ship does not pass its own check; the message names file, line and rule."""


class Definitions:
    """Diagrams by procedure and variant, and for ever by hash."""

    def __init__(
        self, current: Mapping[tuple[str, str], Definition], sources: Mapping[str, bytes]
    ) -> None:
        self._current = dict(current)
        self._pinned = {one.hash: one for one in current.values()}
        self._sources = dict(sources)

    def current(self, procedure: str, variant: str) -> Definition | None:
        """Return the diagram new cases get; None when nothing like it is deployed."""
        return self._current.get((procedure, variant))

    def pinned(self, definition_hash: str) -> Definition:
        """Return the diagram with that hash.

        Raises:
            UnknownNameError: nobody kept it.
        """
        try:
            return self._pinned[definition_hash]
        except KeyError:
            raise UnknownNameError(f"nobody kept the diagram {definition_hash}") from None

    def source(self, definition_hash: str) -> bytes:
        """Return the bytes of the BPMN file with that hash.

        Raises:
            UnknownNameError: nobody kept it.
        """
        try:
            return self._sources[definition_hash]
        except KeyError:
            raise UnknownNameError(f"nobody kept the diagram {definition_hash}") from None


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
