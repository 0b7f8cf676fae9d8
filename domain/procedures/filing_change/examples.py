"""An example payload for each command of a change."""

from collections.abc import Mapping

from domain.kernel.json import Json

EXAMPLES: Mapping[str, Json] = {
    "change.request": {
        "kind": "increment",
        "scope": [
            {"occupation_code": "6-20-01-01", "occupation": "钳工", "job": "装配钳工", "level": 4}
        ],
        "reason": "新增钳工专业",
    },
    "change.accept": {},
    "change.approve": {},
    "change.decline": {
        "reasons": ["新增职业的设备数量不足"],
        "legal_basis": ["HN-2022-1 一(一)"],
    },
}
