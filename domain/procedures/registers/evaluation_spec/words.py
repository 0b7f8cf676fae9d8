"""What the codes of an evaluation spec are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words

_STAGE: Words = {
    "spec_review": ("专家评审", "Review by experts"),
    "spec_decision": ("省级备案", "Filing by the province"),
    "spec_filed": ("规范已备案", "On file"),
    "spec_declined": ("规范不予备案", "Not put on file"),
}
_TASK: Words = {
    "spec.review": ("组织专家评审", "Have experts review it"),
    "spec.decide": ("省级备案", "File it"),
}
_DUTY: Words = {
    "spec.review": ("组织专家评审", "to have experts review the spec"),
    "spec.decide": ("决定是否备案", "to decide on the filing of the spec"),
}
_NOTICE: Words = {
    "spec.receipt": ("评价规范备案通知书", "Notice that the spec is on file"),
    "spec.declined": ("评价规范不予备案通知书", "Notice that the spec is not put on file"),
}
_EVENT: Words = {
    "spec.submitted": ("收到评价规范", "Spec received"),
    "spec.materials_received": ("收到等级和材料", "Level and materials received"),
    "spec.reviewed": ("专家评审", "Reviewed by experts"),
    "spec.filed": ("规范备案", "Spec on file"),
    "spec.declined": ("规范不予备案", "Spec not put on file"),
}
_COMMAND: Words = {
    "spec.submit": ("提交评价规范", "Submit an evaluation spec"),
    "spec.review": ("记录专家评审", "Record the experts' review"),
    "spec.file": ("准予备案", "Put it on file"),
    "spec.decline": ("不予备案", "Do not put it on file"),
}
_RULE: Words = {
    "spec.submit": (
        "没有国家职业技能标准的职业，可以自主开发评价规范，经专家评审并报省级备案后开展评价。",
        "Where there is no national standard, a spec reviewed by experts and filed will do.",
    ),
    "spec.review": ("评审专家不少于规定人数。", "No fewer experts than the law wants."),
    "spec.file": ("由省级备案。", "The province puts it on file."),
    "spec.decline": (
        "不予备案的，应当说明理由和依据。",
        "A refusal states reasons and legal basis.",
    ),
}
_FIELD: Words = {
    "spec.submit.occupation_code": ("职业编码", "Occupation code"),
    "spec.submit.occupation": ("职业名称", "Occupation"),
    "spec.submit.digest": ("规范文本（文件摘要）", "Text of the spec (digest of the file)"),
    "spec.submit.level": ("等级", "Level"),
    "spec.submit.materials": ("材料", "Materials"),
    "spec.review.experts": ("评审专家", "Experts"),
    "spec.review.opinion": ("评审意见", "Their opinion"),
}
_HELP: Words = {
    "spec.review.experts": (
        "每行一位，填写专家编号，如 p-expert-1",
        "One a line, by id, such as p-expert-1",
    )
}
_REFUSAL: Words = {"spec.too_few_experts": ("评审专家不足", "Too few experts")}
_REMEDY: Words = {"spec.too_few_experts": ("增加专家后重新评审。", "Have more experts review it.")}

WORDS: Mapping[str, Words] = {
    "procedure": {"evaluation_spec": ("评价规范备案", "Evaluation spec")},
    "variant": {"henan": ("河南", "Henan")},
    "stage": _STAGE, "task": _TASK, "duty": _DUTY, "notice": _NOTICE, "event": _EVENT,
    "command": _COMMAND, "rule": _RULE, "field": _FIELD, "help": _HELP,
    "refusal": _REFUSAL, "remedy": _REMEDY,
}  # fmt: skip
