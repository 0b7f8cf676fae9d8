"""An example payload for each command of an annual plan."""

from collections.abc import Mapping

from domain.kernel.json import Json

_OCTOBER: Json = {
    "occupation_code": "6-18-01-01",
    "occupation": "车工",
    "job": "数控车工",
    "level": 4,
    "audience": "在籍学生",
    "signup_period": "2025-09",
    "evaluation_period": "2025-10",
    "place": "长沙市示例路1号",
    "times": 2,
    "subjects": ["theory", "practice"],
    "fee": 50,
    "contact": "0731-00000000",
}
EXAMPLES: Mapping[str, Json] = {
    "plan.submit": {"year": 2025, "rows": [_OCTOBER]},
    "plan.approve": {},
    "plan.return": {"reasons": ["报名时间晚于认定时间"]},
    "plan.adjust": {"rows": [{**_OCTOBER, "evaluation_period": "2025-11", "times": 1}]},
}
