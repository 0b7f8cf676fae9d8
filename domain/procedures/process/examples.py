"""An example payload for each command of plain processes."""

from collections.abc import Mapping

from domain.kernel.json import Json

EXAMPLES: Mapping[str, Json] = {
    "process.start": {"variables": {"days": 3, "reason": "探亲"}, "key": "leave-2024-017"},
    "process.complete": {"task": "t-1", "data": {"approved": True}},
    "process.message": {"message": "payment received", "data": {"paid": True}},
    "process.signal": {"signal": "office closes"},
    "process.cancel": {"reason": "申请人已离职"},
    "process.retry_call": {"call": "c-1"},
    "process.record_call": {"call": "c-1", "data": {"in_stock": True}},
}
