"""What the fields of a batch's forms are called, in Chinese and English."""

from domain.case.labels import Words

FIELD: Words = {
    "batch.report.occupation_code": ("职业（工种）编码", "Occupation code"),
    "batch.report.occupation": ("职业名称", "Occupation"),
    "batch.report.job": ("工种", "Job"),
    "batch.report.level": ("评价等级", "Level"),
    "batch.report.mode": ("考核方式", "Mode"),
    "batch.report.subjects": ("科目", "Subjects"),
    "batch.report.fee": ("收费标准（元）", "Fee (yuan)"),
    "batch.report.candidates": ("参评人员", "Candidates"),
    "site": ("考点", "Site"),
    "site.name": ("考点名称", "Name of the site"),
    "site.address": ("考点地址", "Address of the site"),
    "site.jurisdiction": ("考点所在地（管辖代码）", "Where it lies (area code)"),
    "batch.report.starts_on": ("首个评价日", "First exam day"),
    "batch.report.ends_on": ("最后评价日", "Last exam day"),
    "batch.last_admissible_day": ("最迟报备日（当日 24:00 止）", "Last day to report, until 24:00"),
    "batch.report.exam_plan": ("考务方案", "Exam plan"),
    "batch.report.exam_staff": ("考务人员", "Exam staff"),
    "batch.report.assessors": ("考评人员", "Assessors"),
    "batch.report.group_leader": ("考评组长", "Leader of the assessors"),
    "batch.report.internal_supervisor": ("内部督导员", "Internal supervisor"),
    "batch.report.reason_if_late": ("逾期理由", "Reason, if late"),
    "batch.permit_site.external_supervisor": ("外部督导员", "External supervisor"),
    "batch.check_candidate.candidate": ("参评人员", "Candidate"),
    "batch.check_candidate.eligible": ("是否符合申报条件", "Eligible?"),
    "proofs": ("证明材料扫描件", "Scanned proofs"),
    "proofs.name": ("材料名称", "Name of the proof"),
    "batch.sign_in.person": ("签到人员", "Who signs in"),
    "batch.sign_in.place": ("签到地点", "Place"),
    "batch.sign_in.method": ("签到方式", "Method"),
    "batch.record_violation.candidate": ("参评人员", "Candidate"),
    "batch.record_violation.clause": ("违反的条款", "Clause"),
    "batch.record_violation.facts": ("违纪事实", "Facts"),
    "batch.record_violation.signed_by": ("签字的工作人员", "Signed by"),
    "batch.finish.on": ("最后评价日", "Last exam day"),
    "batch.upload_video.height": ("分辨率（线）", "Lines of the picture"),
    "batch.upload_video.covers": ("覆盖的科目", "Subjects it covers"),
    "batch.enter_scores.rows": ("成绩", "Scores"),
    "rows.candidate": ("参评人员", "Candidate"),
    "rows.subject": ("科目", "Subject"),
    "rows.score": ("成绩", "Score"),
    "batch.enter_scores.first_entry_by": ("第一录入人", "First entry by"),
    "batch.enter_scores.second_entry_by": ("第二录入人（复核）", "Second entry by"),
}
HELP: Words = {
    "batch.report.candidates": ("每行一位，填写人员编号", "One a line, by id"),
    "batch.report.exam_staff": ("每行一位，填写人员编号", "One a line, by id"),
    "batch.report.assessors": ("每行一位，填写人员编号", "One a line, by id"),
    "batch.report.starts_on": (
        "须提前报备；最迟时刻在预览中显示",
        "To be reported ahead; the preview shows the last moment",
    ),
    "batch.report.internal_supervisor": ("逢考必督", "Every exam needs one"),
    "batch.report.reason_if_late": (
        "没有正当理由的逾期申报不予通过",
        "Without a good reason a late plan is not approved",
    ),
    "site.address": (
        "与备案场所地址不同的为外部考点",
        "Another address than the one on file makes it an external site",
    ),
    "batch.record_violation.clause": ("如 RS-2021-57B 6(2)", "Such as RS-2021-57B 6(2)"),
    "batch.record_violation.signed_by": (
        "每行一位，至少两人",
        "One a line, two at least",
    ),
    "batch.upload_video.covers": ("不填则为全部科目", "Left empty: every subject"),
    "batch.enter_scores.second_entry_by": ("与第一录入人不同", "Another person than the first"),
}
_SUBJECTS: Words = {
    "theory": ("理论", "Theory"),
    "practice": ("实操", "Practice"),
    "comprehensive": ("综合", "Comprehensive"),
}
CHOICE: Words = {
    "mode.exam": ("考试", "Exam"),
    "mode.review": ("评审", "Review"),
    "mode.process": ("过程考核", "Assessed in the course of work"),
    "batch.check_candidate.eligible.yes": ("符合", "Yes"),
    "batch.check_candidate.eligible.no": ("不符合", "No"),
    **{
        f"{field}.{code}": said
        for field in ("subjects", "covers", "rows.subject")
        for code, said in _SUBJECTS.items()
    },
}
