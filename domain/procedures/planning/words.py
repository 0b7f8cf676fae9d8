"""What the codes of an annual plan are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words

_STAGE: Words = {
    "plan_examination": ("计划审查", "Examination of the plan"),
    "plan_correction": ("退回修改", "Returned to be mended"),
    "plan_in_force": ("计划施行中", "In force"),
    "plan_over": ("年度终了", "The year is over"),
}
_KEY: Words = {
    "plan.annual": ("年度计划报送期限", "the plan's last day"),
    "plan.year_end": ("计划年度", "the plan's year"),
}
_TASK: Words = {
    "plan.examine": ("审查年度计划", "Examine the plan"),
    "plan.correct": ("修改年度计划", "Mend the plan"),
}
_DUTY: Words = {
    "plan.examine": ("审查年度计划", "to examine the plan"),
    "plan.correct": ("修改后再次提交年度计划", "to mend the plan and send it again"),
}
_OTHERWISE: Words = {
    "plan.year_ended": (
        "年度终了，计划办结，不再施行",
        "With the end of the year the plan has run its course",
    ),
}
_NOTICE: Words = {
    "plan.filed": ("年度计划备案公布通知书", "Notice that the plan is filed and published"),
    "plan.returned": ("年度计划退回通知书", "Notice that the plan is returned"),
}
_EVENT: Words = {
    "plan.submitted": ("收到年度计划", "Plan received"),
    "plan.late": ("逾期报送", "It came late"),
    "plan.approved": ("计划备案", "Plan filed"),
    "plan.published": ("计划公布", "Plan published"),
    "plan.returned": ("计划退回", "Plan returned"),
    "plan.adjusted": ("计划调整", "Plan adjusted"),
    "plan.year_ended": ("计划年度终了", "The plan's year ended"),
}
_COMMAND: Words = {
    "plan.submit": ("报送年度计划", "File the annual plan"),
    "plan.approve": ("备案并公布", "File and publish"),
    "plan.return": ("退回修改", "Return"),
    "plan.adjust": ("调整计划", "Adjust the plan"),
}
_RULE: Words = {
    "plan.submit": (
        "年度计划于上年度12月31日前报属地鉴定中心备案并公布，否则不予开展评价活动。",
        "The plan is filed by 31 December of the year before; without it no evaluation.",
    ),
    "plan.approve": (
        "备案的计划即予公布；重新公布前，原计划继续施行。",
        "What is filed is published; until then a former plan stays in force.",
    ),
    "plan.return": ("退回应当说明理由。", "A return states its reasons."),
    "plan.adjust": (
        "计划有调整的，重新备案、公布；已过月份的行保持原样。",
        "An adjusted plan is filed and published again; rows of past months stay as they are.",
    ),
}
_ROW: Words = {
    "occupation_code": ("职业（工种）编码", "Occupation code"),
    "occupation": ("职业名称", "Occupation"),
    "job": ("工种", "Job"),
    "level": ("认定等级", "Level"),
    "audience": ("认定对象", "For whom"),
    "signup_period": ("报名时间（年月）", "Sign-up (month)"),
    "evaluation_period": ("认定时间（年月）", "Evaluation (month)"),
    "place": ("地点", "Place"),
    "times": ("当月认定次数", "Times in that month"),
    "subjects": ("认定科目", "Subjects"),
    "fee": ("收费标准（元）", "Fee (yuan)"),
    "contact": ("联系方式", "Contact"),
}
_FIELD: Words = {
    "plan.submit.year": ("计划年度", "Year of the plan"),
    "plan.submit.rows": ("计划各行", "Rows of the plan"),
    "plan.adjust.rows": ("调整后的全部各行", "All rows as adjusted"),
    "annual_plan.late": ("逾期报送", "Filed late"),
    "annual_plan.published": ("已公布的各行", "Rows as published"),
    "annual_plan.published_at": ("公布时间", "Published at"),
    **{f"{table}.{code}": said for table in ("rows", "published") for code, said in _ROW.items()},
}
_HELP: Words = {
    "plan.submit.rows": (
        "以已备案的职业（工种）、等级为准",
        "Only occupations and levels you are filed for",
    ),
    "plan.adjust.rows": (
        "填写全部各行，不只是变动的；已过月份的行照原样填写",
        "Give all rows, not the changed ones alone; rows of past months as they were",
    ),
    "rows.evaluation_period": ("如 2025-10", "Such as 2025-10"),
    "rows.signup_period": ("如 2025-09", "Such as 2025-09"),
}
_CHOICE: Words = {
    "subjects.theory": ("理论", "Theory"),
    "subjects.practice": ("实操", "Practice"),
    "subjects.comprehensive": ("综合", "Comprehensive"),
}
_REFUSAL: Words = {
    "plan.out_of_scope": ("超出备案范围", "Outside the filed scope"),
    "plan.year_started": ("所涉月份已过", "The month is past"),
}
_REMEDY: Words = {
    "plan.out_of_scope": (
        "删除超出范围的行，或先办理增量备案。",
        "Leave the rows out, or file an increment first.",
    ),
    "plan.year_started": (
        "已过月份的行照原样保留，只改今后的行。",
        "Keep rows of past months as they are and change later ones.",
    ),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"annual_plan": ("年度计划", "Annual plan")},
    "stage": _STAGE, "key": _KEY, "task": _TASK, "duty": _DUTY, "otherwise": _OTHERWISE,
    "notice": _NOTICE, "event": _EVENT, "command": _COMMAND, "rule": _RULE,
    "field": _FIELD, "help": _HELP, "choice": _CHOICE, "refusal": _REFUSAL,
    "remedy": _REMEDY,
}  # fmt: skip
