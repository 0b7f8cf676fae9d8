"""Which procedures there are. A new one is a folder and a line here."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.case.labels import words
from domain.case.procedure import Procedure
from domain.kernel.errors import UnknownNameError
from domain.procedures.evaluation.batch.procedure import BATCH
from domain.procedures.filing.procedure import FILING
from domain.procedures.filing_change.procedure import FILING_CHANGE
from domain.procedures.planning.procedure import ANNUAL_PLAN
from domain.procedures.process.procedure import PROCESS
from domain.procedures.registers.evaluation_spec.procedure import EVALUATION_SPEC
from domain.procedures.registers.question_bank.procedure import QUESTION_BANK

_ALL = (
    FILING,
    FILING_CHANGE,
    ANNUAL_PLAN,
    BATCH,
    QUESTION_BANK,
    EVALUATION_SPEC,
    PROCESS,
)
PROCEDURES: Mapping[str, Procedure] = MappingProxyType({one.name: one for one in _ALL})
for _one in _ALL:
    words(_one.words)


def procedure(name: str) -> Procedure:
    """Return the procedure with that name.

    Raises:
        UnknownNameError: there is none.
    """
    try:
        return PROCEDURES[name]
    except KeyError:
        raise UnknownNameError(f"there is no procedure {name}") from None
