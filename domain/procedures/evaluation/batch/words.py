"""What the codes of a batch are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words
from domain.procedures.evaluation.batch.field_words import CHOICE, FIELD, HELP

_STAGE: Words = {
    "batch_decision": ("考务计划审查", "Examination of the plan"),
    "batch_site_request": ("待申请外部考点", "External site to be asked for"),
    "batch_site_permit": ("外部考点许可", "Permit of the external site"),
    "batch_exam": ("评价实施", "Exam"),
    "batch_scores": ("成绩录入", "Scores"),
    "batch_results": ("结果报送", "Results to be reported"),
    "batch_review": ("结果审核", "Review of the results"),
    "batch_video": ("待上传视频", "Video to be uploaded"),
    "batch_archived": ("已归档", "Archived"),
    "batch_rejected": ("考务计划不予通过", "Plan rejected"),
}
_KEY: Words = {
    "batch.lead": ("考务计划报备期限", "lead time of the plan"),
    "batch.video": ("视频上传期限", "video"),
    "batch.results": ("结果报送期限", "results"),
    "archive.paper": ("纸质材料保管期限", "keeping of paper"),
    "archive.electronic": ("电子材料保管期限", "keeping of electronic records"),
}
_TASK: Words = {
    "batch.decide": ("审查考务计划", "Examine the plan"),
    "batch.request_site": ("申请外部考点", "Ask for the external site"),
    "batch.permit_site": ("外部考点许可", "Permit the external site"),
    "batch.finish": ("报告评价结束", "Report the end of the exam"),
    "batch.upload_video": ("上传监控视频", "Upload the video"),
    "batch.enter_scores": ("录入成绩", "Enter the scores"),
    "batch.report_results": ("报送结果", "Report the results"),
    "batch.revise_results": ("更正后再报结果", "Mend and report the results"),
    "batch.review_results": ("审核结果", "Review the results"),
}
_DUTY: Words = {
    "batch.decide": ("审查考务计划", "to examine the plan"),
    "batch.request_site": ("申请外部考点", "to ask for the external site"),
    "batch.permit_site": ("决定外部考点许可", "to decide on the external site"),
    "batch.finish": ("报告评价结束", "to report the end of the exam"),
    "batch.upload_video": ("上传监控视频", "to upload the video"),
    "batch.enter_scores": ("录入成绩", "to enter the scores"),
    "batch.report_results": ("报送结果", "to report the results"),
    "batch.revise_results": ("更正后再次报送结果", "to mend and report the results"),
    "batch.review_results": ("审核结果", "to review the results"),
}
_OTHERWISE: Words = {
    "institution.evaluation_blocked": (
        "逾期未上传监控视频的，在上传之前不得开展后续认定",
        "Unless the video is uploaded in time, no further evaluations until it is",
    ),
}
_NOTICE: Words = {
    "batch.approval": ("考务计划通过通知书", "Approval of the plan"),
    "batch.rejection": ("考务计划不予通过通知书", "Rejection of the plan"),
    "batch.site_permit": ("外部考点许可通知书", "Permit of the external site"),
    "batch.site_denial": ("外部考点不予许可通知书", "Refusal of the external site"),
    "batch.results": ("评价结果审核通知书", "Approval of the results"),
    "batch.results_returned": ("评价结果退回通知书", "Return of the results"),
}
_EVENT: Words = {
    "batch.reported": ("收到考务计划", "Plan received"),
    "batch.late": ("逾期申报", "It came late"),
    "batch.approved": ("考务计划通过", "Plan approved"),
    "batch.rejected": ("考务计划不予通过", "Plan rejected"),
    "batch.site_requested": ("申请外部考点", "External site asked for"),
    "batch.site_permitted": ("外部考点许可", "External site permitted"),
    "batch.site_cleared": ("外部考点许可齐全", "Every permit is there"),
    "batch.site_denied": ("外部考点不予许可", "External site refused"),
    "batch.candidate_checked": ("资格审核", "Candidate checked"),
    "batch.signed_in": ("签到", "Signed in"),
    "batch.violation_recorded": ("记录违纪", "Violation recorded"),
    "batch.finished": ("评价结束", "Exam over"),
    "batch.video_uploaded": ("上传视频", "Video uploaded"),
    "institution.evaluation_blocked": ("不得开展后续认定", "No further evaluations"),
    "batch.scores_entered": ("成绩录入", "Scores entered"),
    "batch.results_reported": ("报送结果", "Results reported"),
    "batch.results_approved": ("结果审核通过", "Results approved"),
    "batch.results_returned": ("结果退回", "Results returned"),
    "batch.archived": ("归档", "Archived"),
}
_COMMAND: Words = {
    "batch.report": ("报备考务计划", "Report a batch"),
    "batch.approve": ("通过考务计划", "Approve the plan"),
    "batch.reject": ("不予通过", "Reject the plan"),
    "batch.request_external_site": ("申请外部考点", "Ask for an external site"),
    "batch.permit_site": ("许可外部考点", "Permit the site"),
    "batch.deny_site": ("不许可外部考点", "Refuse the site"),
    "batch.check_candidate": ("登记资格审核", "Check a candidate"),
    "batch.sign_in": ("签到", "Sign in"),
    "batch.record_violation": ("记录违纪", "Record a violation"),
    "batch.finish": ("报告评价结束", "Report the end of the exam"),
    "batch.upload_video": ("上传视频", "Upload the video"),
    "batch.enter_scores": ("录入成绩", "Enter scores"),
    "batch.report_results": ("报送结果", "Report the results"),
    "batch.approve_results": ("结果通过", "Approve the results"),
    "batch.return_results": ("退回结果", "Return the results"),
}
_RULE: Words = {
    "batch.case.withdraw": (
        "考试第一天之前可以撤回；此后须按程序办完。",
        "Until the first exam day it may be withdrawn; from then on it is to be finished.",
    ),
    "batch.report": (
        "应提前报备批次考务计划，最迟时刻按首个评价日倒推工作日计算；无故逾期的不予通过。",
        "The plan comes some working days ahead, counted back from the first exam day; late without"
        " good reason it is not approved.",
    ),
    "batch.reject": (
        "漏报、瞒报、无故逾期申报的不予通过，说明理由和依据。",
        "What is left out, concealed or late without good reason is rejected, with reasons.",
    ),
    "batch.request_external_site": (
        "一事一报；跨市州的须经两地鉴定中心许可。",
        "One application each time; across cities both centers must permit.",
    ),
    "batch.permit_site": (
        "跨市州的，外部督导员由两地鉴定中心协商委派。",
        "Across cities both centers agree on the external supervisor.",
    ),
    "batch.deny_site": ("不予许可应当说明理由。", "A refusal states its reasons."),
    "batch.record_violation": (
        "违纪事实须经至少两名工作人员签字。",
        "What was found is signed by at least two members of staff.",
    ),
    "batch.upload_video": (
        "考后按期上传，分辨率须符合要求；上传之前不得开展后续认定。",
        "In time after the exam and with enough lines; no further evaluations before that.",
    ),
    "batch.enter_scores": (
        "成绩录入实行双人复核签字。",
        "Two people enter, compare and sign.",
    ),
    "batch.report_results": (
        "各科成绩均合格的计为合格。",
        "Who passes every subject passes.",
    ),
    "batch.return_results": ("退回应当说明理由。", "A return states its reasons."),
}
_MATERIAL: Words = {  # what is kept, and what a plan may lack
    "rosters": ("发证名册资料", "Rosters of certificates"),
    "paper": ("其他纸质材料", "Other paper"),
    "electronic": ("电子材料", "Electronic records"),
    "exam_plan": ("考务方案", "Exam plan"),
    "candidates": ("参评人员", "Candidates"),
    "mode": ("考核方式", "Mode"),
    "fee": ("收费标准", "Fee"),
    "place": ("地点", "Place"),
    "exam_staff": ("考务人员", "Exam staff"),
    "assessors": ("考评人员", "Assessors"),
    "filed_place": ("备案场所地址", "Address of the filed place"),
    "unlisted_people": ("签到人员未列入名单", "People signed in who are not on the plan"),
    "staff_list": ("专职人员名单", "List of full-time people"),
}
_REFUSAL: Words = {
    "batch.no_annual_plan": ("没有年度计划", "There is no annual plan"),
    "batch.not_in_plan": ("不在年度计划内", "Not in the annual plan"),
    "batch.out_of_scope": ("超出备案范围", "Outside the filed scope"),
    "batch.too_late": ("无故逾期申报", "Late without good reason"),
    "batch.internal_supervisor_missing": ("没有内部督导员", "No internal supervisor"),
    "batch.staff_not_own": ("不是本机构专职人员", "Not the institution's own people"),
    "batch.too_few_assessors": ("考评人员不足", "Too few assessors"),
    "batch.recusal": ("应当回避", "Recusal"),
    "batch.institution_suspended": ("机构暂停评价", "The institution is suspended"),
    "batch.video_outstanding": ("视频未上传", "A video is outstanding"),
    "batch.site_not_permitted": ("外部考点未经许可", "The site is not permitted"),
    "batch.candidate_barred": ("参评人员禁考", "A candidate is barred"),
    "batch.two_people_required": ("须两人签字", "Two people are required"),
    "batch.video_quality": ("视频分辨率不足", "The video has too few lines"),
    "batch.question_bank_not_reported": ("题库未报备", "The question bank is not reported"),
}
_REMEDY: Words = {
    "batch.no_annual_plan": ("先报备并公布年度计划。", "File the annual plan first."),
    "batch.not_in_plan": ("先调整年度计划。", "Adjust the annual plan first."),
    "batch.out_of_scope": (
        "先办理增量备案，或更改职业、等级。",
        "File an increment first, or change occupation or level.",
    ),
    "batch.too_late": (
        "不予通过；机构可改期重新报备并写明正当理由。",
        "Reject it; the institution reports again for a later day or with a good reason.",
    ),
    "batch.internal_supervisor_missing": ("补充内部督导员。", "Name an internal supervisor."),
    "batch.staff_not_own": ("更换为本机构专职人员。", "Name people of your own."),
    "batch.too_few_assessors": ("补充考评人员。", "Name more assessors."),
    "batch.recusal": ("更换其中一方。", "Replace one of them."),
    "batch.institution_suspended": ("待恢复评价后再报备。", "Report again once it is resumed."),
    "batch.video_outstanding": ("先上传所缺视频。", "Upload the missing video first."),
    "batch.site_not_permitted": ("待取得全部许可。", "Wait for every permit."),
    "batch.candidate_barred": ("从名单中去掉该人员。", "Take the candidate off the list."),
    "batch.two_people_required": ("由另一人补签。", "Have another person sign."),
    "batch.video_quality": ("上传合格的视频。", "Upload a film with enough lines."),
    "batch.question_bank_not_reported": ("先报备题库。", "Report the question bank first."),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"batch": ("批次考务", "Batch")},
    "variant": {
        "henan_enterprise": ("河南企业", "Henan, enterprise"),
        "henan_social_organisation": ("河南社会培训评价组织", "Henan, social organisation"),
        "henan_technical_college": ("河南技工院校", "Henan, technical college"),
        "henan_appraisal_agency": ("河南考核鉴定机构", "Henan, appraisal agency"),
        "henan_special_ability": ("河南专项职业能力考核", "Henan, special-ability assessment"),
    },
    "bar": {"suspended": ("暂停评价", "evaluations suspended")},
    "stage": _STAGE, "key": _KEY, "task": _TASK, "duty": _DUTY, "otherwise": _OTHERWISE,
    "notice": _NOTICE, "event": _EVENT, "command": _COMMAND, "rule": _RULE,
    "material": _MATERIAL, "field": FIELD, "help": HELP, "choice": CHOICE,
    "refusal": _REFUSAL, "remedy": _REMEDY,
}  # fmt: skip
