"""An example payload for each command of an evaluation spec."""

from collections.abc import Mapping

from domain.kernel.json import Json

EXAMPLES: Mapping[str, Json] = {
    "spec.submit": {
        "occupation_code": "6-99-00-01",
        "occupation": "示例操作工",
        "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000004",
    },
    "spec.review": {
        "experts": [f"p-expert-{n}" for n in range(1, 6)],
        "opinion": "职业功能和技能要求完整，同意备案",
    },
    "spec.file": {},
    "spec.decline": {
        "reasons": ["该职业已有国家职业技能标准"],
        "legal_basis": ["YU-2022-8 三(四)"],
    },
}
