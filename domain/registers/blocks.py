"""What keeps an institution from evaluating: a suspension in force, a video not yet uploaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json

BLOCK = "block"  # key is the 统一社会信用代码
What = Literal["suspension", "video"]
_NOTHING = FactValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One reason why an institution may not evaluate now."""

    what: What
    since: datetime
    cite: str
    case: str  # where it came from


def key(uscc: str) -> FactKey:
    """Return the fact key of an institution's blocks."""
    return FactKey(BLOCK, uscc)


def claim(uscc: str, block: Block) -> Claim:
    """Return the claim by which a block stands."""
    return Claim(kind=BLOCK, key=uscc, holder=f"{block.what}:{block.case}", data=to_json(block))


def lifted(uscc: str, what: What, case: str) -> Claim:
    """Return the claim by which a block is lifted."""
    return Claim(kind=BLOCK, key=uscc, holder=f"{what}:{case}", released=True)


def blocks(facts: Facts, uscc: str) -> tuple[Block, ...]:
    """Return the blocks that stand, oldest first."""
    return tuple(from_json(Block, one) for one in facts.get(key(uscc), _NOTHING).items)
