"""An example payload for each command of a filing."""

from collections.abc import Mapping

from domain.kernel.json import Json

_APPLICATION: Json = {
    "code": "application",
    "name": "备案申请表",
    "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000001",
}
_PREMISES: Json = {
    "code": "premises",
    "name": "场地证明",
    "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000002",
}
EXAMPLES: Mapping[str, Json] = {
    "filing.submit": {
        "institution": {
            "name": "长沙甲培训学校",
            "uscc": "524300007QN1NLFJTT",
            "type": "school",
            "serves": "own",
            "address": "长沙市示例路1号",
            "principal": "p-principal",
        },
        "scope": [
            {"occupation_code": "6-18-01-01", "occupation": "车工", "job": "数控车工", "level": 4}
        ],
        "computerised": True,
        "materials": [_APPLICATION],
        "commitment": {"signed_by": "p-principal", "signed_at": "2024-04-26"},
    },
    "filing.accept": {},
    "filing.request_supplement": {
        "missing": [{"material": "premises", "reason": "缺少场地证明"}],
        "working_days": 10,
    },
    "filing.supplement": {"materials": [_PREMISES]},
    "filing.refuse_acceptance": {
        "reasons": ["申报的职业不在本单位培训范围内"],
        "legal_basis": ["HN-2022-1 一(二)"],
    },
    "filing.assess": {
        "passed": True,
        "opinion": "场地、设施设备、人员、制度均符合条件",
        "experts": ["p-expert-1"],
        "on_site": True,
    },
    "filing.publish_notice": {"working_days": 5},
    "filing.object": {"text": "公示的场地已经停用", "contact": "示例路2号"},
    "filing.resolve_objection": {
        "upheld": False,
        "reason": "经现场核实，场地正常使用",
        "objection": "o-1",
    },
    "filing.approve": {},
    "filing.decline": {
        "reasons": ["评估未通过：设备数量不足"],
        "legal_basis": ["HN-2022-1 一(二)"],
    },
    "filing.file_branch": {
        "branch": "91430000MA4L1BRNCH",
        "passed": True,
        "assessment": "场地、设备、人员符合要求",
    },
}
