"""placeholder"""
from domain.process.faults import Fault
from domain.process.model import Definition
from collections.abc import Callable, Iterator
def unsound(definition: Definition, has_term: Callable[[str], bool] | None) -> Iterator[Fault]:
    yield from ()
