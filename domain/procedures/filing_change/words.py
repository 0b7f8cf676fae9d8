"""What the codes of a change are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words

_STAGE: Words = {
    "change_acceptance": ("受理审查", "Examination of the request"),
    "change_decision": ("变更决定", "Decision on the change"),
    "change_made": ("变更完成", "Changed"),
    "change_declined": ("不予变更", "Not changed"),
}
_TASK: Words = {
    "change.examine": ("审查变更申请", "Examine the request"),
    "change.decide": ("变更决定", "Decide on the change"),
}
_DUTY: Words = {
    "change.examine": ("决定是否受理变更申请", "to decide on acceptance of the change"),
    "change.decide": ("作出变更决定", "to decide on the change"),
}
_NOTICE: Words = {
    "change.receipt": ("备案变更回执", "Receipt of the change"),
    "change.declined": ("不予变更通知书", "Notice that the change is declined"),
}
_EVENT: Words = {
    "change.requested": ("收到变更申请", "Change asked for"),
    "change.accepted": ("受理变更", "Change accepted"),
    "change.approved": ("准予变更", "Changed"),
    "change.declined": ("不予变更", "Change declined"),
}
_COMMAND: Words = {
    "change.request": ("申请变更", "Ask for a change"),
    "change.accept": ("受理变更", "Accept the request"),
    "change.approve": ("准予变更", "Make the change"),
    "change.decline": ("不予变更", "Decline the change"),
}
_RULE: Words = {
    "change.request": (
        "增量须在发证前完成；自愿终止评价的，注销机构信息，代码作废且不再启用。",
        "An increment is complete before certificates are issued; who leaves is taken out of the"
        " directory, and the code is never given again.",
    ),
    "change.accept": (
        "材料齐全的，予以受理。",
        "A request that is complete is accepted.",
    ),
    "change.approve": (
        "合并成立新机构的另行赋码，被合并的代码作废；并入的保留并入机构的代码。",
        "A new body gets a new code and the merged lose theirs; who absorbs keeps its code.",
    ),
    "change.decline": (
        "不予变更的，应当说明理由和依据。",
        "A refusal states reasons and legal basis.",
    ),
}
_FIELD: Words = {
    "change.request.kind": ("变更种类", "Kind of change"),
    "change.request.jurisdiction": ("备案机关（行政区划代码）", "Filed with (area code)"),
    "change.request.scope": ("新增的职业（工种）与等级", "Occupations and levels to be added"),
    "change.request.details": ("变更的信息", "New details"),
    "details.name": ("新名称", "New name"),
    "details.address": ("新地址", "New address"),
    "details.principal": ("新负责人", "New principal"),
    "details.staff": ("全部专职人员", "All full-time staff"),
    "change.request.merged": ("被合并机构的统一社会信用代码", "Codes of who is merged"),
    "change.request.institution": ("合并后的新机构", "The body the merger forms"),
}
_HELP: Words = {
    "change.request.jurisdiction": (
        "六位代码；由所在地以外的机关（如市、省）备案的填写，否则留空",
        "Six digits; where another office than your own place's filed you, such as the city's",
    ),
    "change.request.scope": (
        "仅增量填写；新机构不填则为被合并各机构的范围之和",
        "For an increment; a new body has what the merged had where this is left empty",
    ),
    "change.request.details": ("仅信息变更填写；不变的留空", "Leave empty what does not change"),
    "details.staff": (
        "每行一位，填写人员编号；填写后替换原名单",
        "One a line, by id; it takes the place of the former list",
    ),
    "change.request.merged": ("仅合并填写，每行一个", "For a merger, one a line"),
    "change.request.institution": (
        "合并成立新机构的填写；由申请机构吸收其他机构的留空",
        "Where a merger forms a new body; leave empty where you absorb the others",
    ),
}
_CHOICE: Words = {
    "change.request.kind.increment": ("增量备案", "Increment"),
    "change.request.kind.details": ("信息变更", "Details"),
    "change.request.kind.exit": ("自愿退出", "Exit"),
    "change.request.kind.merger": ("合并", "Merger"),
}
_REFUSAL: Words = {
    "change.not_filed": ("没有有效备案", "Not on file"),
    "change.wrong_authority": ("由其他机关备案", "Filed with another office"),
    "change.nothing_changes": ("没有变更内容", "Nothing changes"),
    "change.batches_open": ("批次未办结", "Batches have not ended"),
}
_REMEDY: Words = {
    "change.not_filed": ("核对代码，或先申请备案。", "Check the code, or file first."),
    "change.wrong_authority": (
        "在申请中写明备案机关。",
        "Name the office it is filed with in the request.",
    ),
    "change.nothing_changes": ("填写要变更的内容。", "Say what is to change."),
    "change.batches_open": (
        "在批次办结后准予；批次已无法办结的，附经批准的例外并说明理由。",
        "Approve once the batches have ended; where one no longer can, give an exception.",
    ),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"filing_change": ("备案变更", "Change of a filing")},
    "stage": _STAGE, "task": _TASK, "duty": _DUTY, "notice": _NOTICE, "event": _EVENT,
    "command": _COMMAND, "rule": _RULE, "field": _FIELD, "help": _HELP,
    "choice": _CHOICE, "refusal": _REFUSAL, "remedy": _REMEDY,
}  # fmt: skip
