"""An example payload for the command of a question bank."""

from collections.abc import Mapping

from domain.kernel.json import Json

EXAMPLES: Mapping[str, Json] = {
    "bank.report": {
        "occupation_code": "6-18-01-01",
        "level": 4,
        "theory_items": 620,
        "practical_papers": 6,
        "repetition_percent": 18,
        "expert_review": True,
        "experts": ["p-expert-1", "p-expert-2"],
        "reviewed_on": "2024-08-30",
    }
}
