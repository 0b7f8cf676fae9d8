"""An example payload for each command on every case."""

from collections.abc import Mapping

from domain.kernel.json import Json

EXAMPLES: Mapping[str, Json] = {
    "case.assign": {"to": "p-reviewer"},
    "case.note": {"text": "已电话联系申请人"},
    "case.transfer": {"jurisdiction": "430200", "reason": "申请人登记地在株洲市"},
    "case.withdraw": {"reason": "申请范围需要调整"},
    "deadline.suspend": {
        "key": "filing.decision",
        "reason": "等待专家评审",
        "cite": "长人社函〔2024〕1号",
    },
    "deadline.resume": {"key": "filing.decision"},
    "deadline.extend": {
        "key": "filing.decision",
        "amount": 5,
        "reason": "案情复杂",
        "cite": "长人社函〔2024〕2号",
    },
    "notice.serve": {
        "notice": "n-1",
        "method": "mail",
        "at": "2024-05-10T10:00:00+08:00",
        "proof": "EMS 1234567890",
        "proof_digest": "sha256:0000000000000000000000000000000000000000000000000000000000000005",
    },
    "notice.attempt": {
        "notice": "n-1",
        "method": "mail",
        "at": "2024-05-08T10:00:00+08:00",
        "reason": "地址无人签收，退回",
    },
    "notice.void": {"notice": "n-1", "reason": "邮寄地址写错", "service": "electronic"},
    "process.migrate": {
        "to": "sha256:0000000000000000000000000000000000000000000000000000000000000005",
        "deadlines": "keep",
        "reason": "受理审查环节改名",
    },
    "deadline.redate": {"calendar": "2025.1"},
    "notice.record_rendering": {
        "notice": "n-1",
        "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000003",
        "printed": {
            "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000004",
            "pages": 1,
            "template": "2",
        },
    },
}
