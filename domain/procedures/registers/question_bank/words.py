"""What the codes of a question bank are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words

_STAGE: Words = {
    "bank_reported": ("题库报备", "Reported"),
    "bank_recorded": ("题库已登记", "On record"),
}
_EVENT: Words = {
    "bank.reported": ("题库报备", "Question bank reported"),
    "bank.recorded": ("题库登记", "Question bank on record"),
}
_COMMAND: Words = {"bank.report": ("报备题库", "Report a question bank")}
_RULE: Words = {
    "bank.report": (
        "未经专家审核并报备的试题，不得用于认定。",
        "Items that were not reviewed and reported may not be used.",
    )
}
_FIELD: Words = {
    "bank.report.occupation_code": ("职业（工种）编码", "Occupation code"),
    "bank.report.level": ("等级", "Level"),
    "theory_items": ("理论知识题量（道）", "Theory items"),
    "practical_papers": ("实际操作卷库（套）", "Practical papers"),
    "repetition_percent": ("试题内容重复率（%）", "Repetition (%)"),
    "expert_review": ("是否已经专家审核", "Reviewed by experts?"),
    "bank.report.experts": ("审核专家", "Experts who reviewed it"),
    "reviewed_on": ("审核日期", "Reviewed on"),
}
_HELP: Words = {
    "bank.report.experts": (
        "每行一位，填写专家编号，如 p-expert-1",
        "One a line, by id, such as p-expert-1",
    )
}
_REFUSAL: Words = {
    "bank.too_few_theory_items": ("理论题量不足", "Too few theory items"),
    "bank.too_few_papers": ("实操卷库不足", "Too few practical papers"),
    "bank.too_repetitive": ("重复率过高", "Too repetitive"),
    "bank.not_reviewed": ("未经专家审核", "Not reviewed"),
}
_REMEDY: Words = {
    "bank.too_few_theory_items": ("补足理论题后再报备。", "Add items, then report."),
    "bank.too_few_papers": ("补足实操卷后再报备。", "Add papers, then report."),
    "bank.too_repetitive": ("替换重复试题后再报备。", "Replace what repeats, then report."),
    "bank.not_reviewed": ("先经专家审核再报备。", "Have it reviewed, then report."),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"question_bank": ("题库报备", "Question bank")},
    "stage": _STAGE, "event": _EVENT, "command": _COMMAND, "rule": _RULE,
    "field": _FIELD, "help": _HELP, "refusal": _REFUSAL, "remedy": _REMEDY,
}  # fmt: skip
