"""The examples of the API's description. Tests send every one of them."""

from typing import Any

FILING: dict[str, Any] = {
    "procedure": "filing",
    "variant": "hunan",
    "jurisdiction": "430100",
    "with": {
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
        "materials": [
            {
                "code": "application",
                "name": "备案申请表",
                "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000001",
            }
        ],
        "commitment": {"signed_by": "p-principal", "signed_at": "2024-04-26"},
    },
    "source": {"system": "hn-portal", "id": "A-20240426-77"},
}
MISSING: dict[str, Any] = {
    "missing": [{"material": "premises", "reason": "缺少场地证明"}],
    "working_days": 10,
}
SUPPLEMENT: dict[str, Any] = {
    "materials": [
        {
            "code": "premises",
            "name": "场地证明",
            "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000002",
        }
    ]
}
