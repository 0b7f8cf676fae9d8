"""The examples of the API's description, from the folders of the procedures. Tests send them."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.case.examples import EXAMPLES
from domain.kernel.json import Json
from domain.procedures.table import PROCEDURES

PROCEDURE, TERM, COMMAND = "filing", "filing.acceptance", "filing.supplement"
PAYLOADS: Mapping[str, Json] = MappingProxyType(
    {**EXAMPLES, **{name: one for its in PROCEDURES.values() for name, one in its.examples.items()}}
)


def opening(procedure: str) -> Json:
    """Return a body that opens a case of `procedure`.

    Raises:
        StopIteration: no command of it opens one.
        KeyError: there is no such procedure, or no example of its opening command.
    """
    its = PROCEDURES[procedure]
    place = [*PROCEDURES].index(procedure)
    return {
        "procedure": procedure,
        "variant": its.variants[0],
        "jurisdiction": "430100",
        "with": PAYLOADS[next(one.name for one in its.commands if one.opens)],
        "source": {"system": "hn-portal", "id": f"A-20240426-{77 + place}"},
    }


OPENINGS = tuple(opening(name) for name in PROCEDURES)
