"""An example payload for each command of a batch."""

from collections.abc import Mapping

from domain.kernel.json import Json

_FILM = "sha256:0000000000000000000000000000000000000000000000000000000000000003"
EXAMPLES: Mapping[str, Json] = {
    "batch.report": {
        "occupation_code": "6-18-01-01",
        "occupation": "车工",
        "job": "数控车工",
        "level": 4,
        "mode": "exam",
        "subjects": ["theory", "practice"],
        "fee": 300,
        "candidates": ["p-candidate-1", "p-candidate-2"],
        "site": {"name": "本校考场", "address": "长沙市示例路1号", "jurisdiction": "430100"},
        "starts_on": "2024-06-15",
        "ends_on": "2024-06-16",
        "exam_plan": "理论机考，实操分两场",
        "exam_staff": ["p-staff-1", "p-staff-2"],
        "assessors": ["p-assessor-1", "p-assessor-2", "p-assessor-3"],
        "group_leader": "p-assessor-1",
        "internal_supervisor": "p-supervisor-1",
    },
    "batch.approve": {},
    "batch.reject": {
        "reasons": ["未列明考评人员"],
        "legal_basis": ["HN-2022-1 二(三)"],
    },
    "batch.request_external_site": {
        "site": {"name": "株洲实训基地", "address": "株洲市示例路2号", "jurisdiction": "430200"},
        "reason": "本校设备检修",
    },
    "batch.permit_site": {"external_supervisor": "p-external-1"},
    "batch.deny_site": {"reasons": ["没有视频监控设备"]},
    "batch.check_candidate": {
        "candidate": "p-candidate-1",
        "eligible": True,
        "proofs": [
            {
                "name": "申报表",
                "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000001",
            }
        ],
    },
    "batch.sign_in": {"person": "p-candidate-1", "place": "第一考场", "method": "face"},
    "batch.record_violation": {
        "candidate": "p-candidate-2",
        "clause": "RS-2021-57B 5(1)",
        "facts": "携带手机进入考场",
        "signed_by": ["p-staff-1", "p-staff-2"],
    },
    "batch.finish": {"on": "2024-06-16"},
    "batch.upload_video": {"digest": _FILM, "height": 1080, "covers": ["theory", "practice"]},
    "batch.enter_scores": {
        "rows": [
            {"candidate": "p-candidate-1", "subject": "theory", "score": 82},
            {"candidate": "p-candidate-1", "subject": "practice", "score": 75},
        ],
        "first_entry_by": "p-entry-1",
        "second_entry_by": "p-entry-2",
    },
    "batch.report_results": {},
    "batch.approve_results": {},
    "batch.return_results": {"reasons": ["实操成绩汇总表缺少考评人员签字"]},
}
