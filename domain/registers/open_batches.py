"""The batches an institution has not brought to their end (未办结的批次)."""

from domain.case.decision import Claim, FactKey, Facts, FactValue

OPEN_BATCH = "batch.open"  # key is the 统一社会信用代码, holder the batch's case
_NOTHING = FactValue()


def key(uscc: str) -> FactKey:
    """Return the fact key of an institution's open batches."""
    return FactKey(OPEN_BATCH, uscc)


def opened(uscc: str, case: str) -> Claim:
    """Return the claim by which a batch stands open."""
    return Claim(kind=OPEN_BATCH, key=uscc, holder=case)


def ended(uscc: str, case: str) -> Claim:
    """Return the claim by which a batch has come to its end, whichever."""
    return Claim(kind=OPEN_BATCH, key=uscc, holder=case, released=True)


def count(facts: Facts, uscc: str) -> int:
    """Return how many batches are open."""
    return facts.get(key(uscc), _NOTHING).count
