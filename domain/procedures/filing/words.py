"""What the codes of a filing are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words

_STAGE: Words = {
    "examine": ("受理审查", "Examination"),
    "supplement": ("补正", "Supplement"),
    "assess": ("评估", "Assessment"),
    "publish_notice": ("待公示", "Public notice to come"),
    "publicity": ("公示", "Public notice"),
    "decide": ("备案决定", "Decision"),
    "file_branches": ("分支机构备案", "Filing of branches"),
    "filed": ("已备案", "Filed"),
    "declined": ("不予备案", "Not filed"),
    "not_accepted": ("不予受理", "Not accepted"),
    "abandoned": ("视为放弃", "Deemed abandoned"),
}
_KEY: Words = {
    "filing.acceptance": ("受理期限", "acceptance"),
    "filing.supplement": ("补正期限", "supplement"),
    "filing.decision": ("备案决定期限", "decision"),
    "filing.preliminary": ("初审期限", "preliminary review"),
    "filing.branch_assessment": ("分支机构评估期限", "branch assessment"),
    "filing.publicity": ("公示期", "public notice"),
}
_TASK: Words = {
    "filing.examine": ("受理审查", "Examine the application"),
    "filing.supplement": ("补正材料", "Supply what is missing"),
    "filing.assess": ("评估", "Assess"),
    "filing.publish_notice": ("发布公示", "Publish the notice"),
    "filing.resolve_objection": ("处理异议", "Decide on an objection"),
    "filing.decide": ("备案决定", "Decide on the filing"),
    "filing.file_branches": ("分支机构备案", "File the branches of the province"),
}
_DUTY: Words = {  # after 等待…, “Waiting for …”
    "filing.examine": ("作出受理决定", "to decide on acceptance"),
    "filing.supplement": ("补正材料", "to supply what is missing"),
    "filing.assess": ("评估", "to assess the application"),
    "filing.publish_notice": ("发布公示", "to publish the notice"),
    "filing.resolve_objection": ("处理异议", "to decide on an objection"),
    "filing.decide": ("作出备案决定", "to decide on the filing"),
    "filing.file_branches": ("办理分支机构备案", "to file the branches in their province"),
}
_OTHERWISE: Words = {
    "filing.deemed_accepted": (
        "逾期未作出不予受理决定的，视为受理",
        "Unless acceptance is refused in time, the application counts as accepted",
    ),
    "filing.deemed_abandoned": (
        "逾期未补正的，视为放弃申请",
        "Unless the missing materials arrive in time, the application counts as abandoned",
    ),
    "filing.publicity": (
        "公示期满且异议处理完毕后，进入备案决定",
        "Once the notice has run and objections are dealt with, the decision follows",
    ),
}
_NOTICE: Words = {
    "filing.acceptance": ("受理通知书", "Notice of acceptance"),
    "filing.supplement": ("补正告知书", "Notice of what is missing"),
    "filing.not_accepted": ("不予受理通知书", "Notice of non-acceptance"),
    "filing.receipt": ("备案回执", "Filing receipt"),
    "filing.declined": ("不予备案通知书", "Notice of non-filing"),
    "filing.branch_receipt": ("分支机构备案回执", "Filing receipt of a branch"),
    "filing.branch_declined": ("分支机构不予备案通知书", "Notice of non-filing of a branch"),
}
_EVENT: Words = {
    "filing.submitted": ("收到备案申请", "Application received"),
    "filing.accepted": ("受理", "Accepted"),
    "filing.deemed_accepted": ("视为受理", "Deemed accepted"),
    "filing.supplement_requested": ("一次性告知补正", "Asked for what is missing"),
    "filing.supplemented": ("补正材料", "Materials supplied"),
    "filing.deemed_abandoned": ("视为放弃申请", "Deemed abandoned"),
    "filing.not_accepted": ("不予受理", "Not accepted"),
    "filing.assessed": ("评估", "Assessed"),
    "filing.notice_published": ("发布公示", "Put on public notice"),
    "filing.objection_received": ("收到异议", "Objection received"),
    "filing.objection_resolved": ("异议处理", "Objection decided"),
    "filing.approved": ("准予备案", "Filed"),
    "directory.published": ("列入目录并公布", "Published in the directory"),
    "filing.declined": ("不予备案", "Not filed"),
    "filing.materials_lacking": ("申请时未见的材料", "Listed materials not handed in"),
    "filing.branches_named": ("列明分支机构", "Branches named"),
    "filing.branches_referred": ("分支机构转所在省备案", "Branches referred to their provinces"),
    "filing.branch_filed": ("分支机构备案", "Branch decided"),
    "directory.branches_published": ("分支机构一并公布", "Branches published with their employer"),
    "filing.selection_seen": ("同一名额的其他申请", "Others who applied for the place"),
}
_MATERIAL: Words = {  # no text lists them for Hunan: local practice
    "application": ("备案申请表", "Application form"),
    "registration": ("法人登记证书", "Certificate of registration"),
    "premises": ("场地证明", "Proof of premises"),
    "equipment": ("设施设备清单", "List of equipment"),
    "staff": ("考评人员名册", "List of assessors"),
    "rules": ("质量管理制度", "Quality rules"),
    "profile": ("社会培训评价组织基本情况表", "Profile of the organisation"),  # RS-2021-57A 二(八)
    "plan": ("认定工作实施方案", "Plan of the evaluation work"),
    "experts": ("专家技能水平证明或承诺书", "Proof of the experts' skills"),
    "branches": ("分支机构表", "List of branches"),  # RS-2021-57A 一(八)
    "talent_rules": ("技能人才队伍建设制度清单", "List of rules on skilled staff"),
    "standards": ("职业（工种）和标准目录清单", "List of occupations and standards"),
    "training": ("培训大纲及教材清单", "List of syllabi and textbooks"),
    "question_banks": ("题库或卷库清单", "List of question banks"),
    "supervisors": ("督导人员名册", "List of supervisors"),
    "teams": ("评价队伍分布情况表", "Where the evaluation teams are"),
    "evaluations": ("评价情况统计表", "Figures of evaluations"),
    "trainings": ("培训情况统计表", "Figures of trainings"),
}
_COMMAND: Words = {
    "filing.submit": ("提交备案申请", "Apply for filing"),
    "filing.accept": ("受理", "Accept"),
    "filing.request_supplement": ("一次性告知补正", "Ask for what is missing"),
    "filing.supplement": ("提交补正材料", "Supply what is missing"),
    "filing.refuse_acceptance": ("不予受理", "Refuse acceptance"),
    "filing.assess": ("评估", "Assess"),
    "filing.publish_notice": ("发布公示", "Publish the notice"),
    "filing.object": ("提出异议", "Object"),
    "filing.resolve_objection": ("处理异议", "Decide on an objection"),
    "filing.approve": ("准予备案", "Approve the filing"),
    "filing.decline": ("不予备案", "Decline the filing"),
    "filing.file_branch": ("办理分支机构备案", "File or refuse a branch"),
}
_RULE: Words = {
    "filing.accept": (
        "材料齐全、符合要求的，予以受理。",
        "A complete application that meets the conditions is accepted.",
    ),
    "filing.request_supplement": (
        "需要补正的，一次性告知全部内容，并确定补正期限。",
        "What is missing is told once and in full, with the time to supply it.",
    ),
    "filing.refuse_acceptance": (
        "决定不予受理的，应当说明理由和依据。",
        "A refusal of acceptance states reasons and legal basis.",
    ),
    "filing.assess": (
        "评估由审核人员会同专家进行；评估的人不得再批准备案。",
        "A reviewer assesses with experts; who assessed may not approve as well.",
    ),
    "filing.publish_notice": (
        "社会组织在备案前须公示，收集意见。",
        "Social organisations are put on public notice before they are filed.",
    ),
    "filing.resolve_objection": (
        "公示期内收到的每件异议都要处理。",
        "Every objection received during the notice is dealt with.",
    ),
    "filing.approve": (
        "由未参加评估的审核人员决定。",
        "A reviewer who took no part in the assessment decides.",
    ),
    "filing.decline": (
        "不予备案的，应当说明理由和依据。",
        "A refusal to file states reasons and legal basis.",
    ),
    "filing.file_branch": (
        "由分支机构所在省根据部级备案回执评审；通过的赋码并出具回执。公布后仍可另行备案。",
        "The branch's province reviews it on the ministry's receipt; passed, it gets code and"
        " receipt. One that was not listed may be filed after the publication.",
    ),
}
_FIELD: Words = {
    "filing.submit.institution": ("申请机构", "Institution"),
    "scope": ("申报的职业（工种）与等级", "Occupations and levels"),
    "materials": ("材料", "Materials"),
    "materials.code": ("材料种类", "Kind of material"),
    "materials.name": ("材料名称", "Name of the material"),
    "filing.submit.jurisdiction": ("属地（行政区划代码）", "Place (area code)"),
    "filing.submit.computerised": ("理论考试是否机考", "Computerised theory exams?"),
    "commitment": ("负责人承诺", "The principal's commitment"),
    "commitment.signed_by": ("签署人", "Signed by"),
    "commitment.signed_at": ("签署日期", "Signed on"),
    "exception": ("经批准的例外", "An exception that was approved"),
    "exception.reason": ("例外理由", "Reason of the exception"),
    "exception.approved_by": ("批准例外的人", "Who approved it"),
    "branches": ("分支机构", "Branches"),
    "branches.name": ("分支机构名称", "Name of the branch"),
    "branches.uscc": ("统一社会信用代码", "Social credit code"),
    "branches.jurisdiction": ("所在地（行政区划代码）", "Place (area code)"),
    "filing.request_supplement.missing": (
        "缺少或不符合要求的材料",
        "What is missing or not in order",
    ),
    "missing.material": ("哪份材料", "Which material"),
    "missing.reason": ("缺什么、怎样补", "What is missing, how to mend it"),
    "filing.request_supplement.working_days": (
        "补正期限（工作日）",
        "Time to supply it (working days)",
    ),
    "filing.request_supplement.service": ("送达方式", "How it is served"),
    "filing.assess.passed": ("评估结论", "Result"),
    "filing.assess.opinion": ("评估意见", "Opinion"),
    "filing.assess.experts": ("评估专家", "Experts"),
    "filing.assess.on_site": ("是否现场评估", "On site?"),
    "filing.publish_notice.working_days": ("公示期限（工作日）", "Public notice (working days)"),
    "filing.object.text": ("异议内容", "What you object to"),
    "filing.object.contact": ("联系方式", "How to reach you"),
    "filing.resolve_objection.upheld": ("异议是否成立", "Is the objection upheld?"),
    "filing.resolve_objection.objection": ("哪件异议", "Which objection"),
    "filing.file_branch.branch": ("哪家分支机构", "Which branch"),
    "filing.file_branch.branch.name": ("分支机构名称", "Name of the branch"),
    "filing.file_branch.branch.uscc": ("统一社会信用代码", "Social credit code"),
    "filing.file_branch.branch.jurisdiction": ("所在地（行政区划代码）", "Place (area code)"),
    "filing.file_branch.passed": ("技术评审结论", "Result of the review"),
    "filing.file_branch.assessment": ("评审意见", "The review"),
}
_HELP: Words = {
    "branches": (
        "仅全国性用人单位填写，逐家列出；由所在省分别备案",
        "For national employers only: each is filed by its own province",
    ),
    "filing.file_branch.branch": (
        "用人单位已列明的，写名称或代码即可；未列明的，在公布之后备案，名称和代码都要写",
        "Its name or code, where the employer listed it; any other is filed after the publication,"
        " and named with both",
    ),
    "filing.file_branch.assessment": (
        "不予备案的，写明理由",
        "Where it is refused, the reasons",
    ),
    "filing.submit.jurisdiction": (
        "六位代码；社会保险或登记所在地，如 430100 长沙市",
        "Six digits; where it is registered or insured, such as 430100 Changsha",
    ),
    "filing.submit.computerised.yes": ("名额有限时优先", "Preferred where places are few"),
    "filing.approve.exception": (
        "名额为“原则上”，例外须写明理由并由另一人批准。",
        "The quota holds “in principle”; an exception needs a reason and another person's"
        " approval.",
    ),
    "exception.approved_by": ("人员编号，不能是本人", "A person's id, not your own"),
    "filing.request_supplement.missing": (
        "请一次列全：本办件只能发出一次补正告知。",
        "List everything now: it can be asked for only once.",
    ),
    "filing.request_supplement.working_days": (
        "自送达次日起算",
        "Counted from the day after service",
    ),
    "filing.assess.opinion": (
        "场地、设施设备、人员、制度逐项说明",
        "Premises, equipment, staff and rules, one by one",
    ),
    "filing.assess.experts": (
        "每行一位，填写专家编号，如 p-expert-1",
        "One a line, by id, such as p-expert-1",
    ),
    "filing.publish_notice.working_days": (
        "法规没有规定天数；所填为本地惯例，可以改动",
        "No text sets the days; the number shown is local practice and can be changed",
    ),
    "filing.object.contact": ("不会告诉申请机构", "The institution never learns it"),
    "filing.resolve_objection.objection": (
        "不填则为等待最久的一件",
        "Left empty: the one that has waited longest",
    ),
    "filing.resolve_objection.upheld.no": (
        "公示期满后继续办理",
        "The filing goes on after the notice",
    ),
    "filing.resolve_objection.upheld.yes": (
        "本次备案以不予备案结束",
        "The filing ends, not filed",
    ),
}
_CHOICE: Words = {
    "filing.submit.computerised.yes": ("是，全部机考", "Yes, all of them"),
    "filing.assess.passed.yes": ("符合条件", "Meets the conditions"),
    "filing.assess.passed.no": ("不符合条件", "Does not meet them"),
    "filing.assess.on_site.no": ("否，仅书面", "No, on paper only"),
    "filing.file_branch.passed.yes": ("准予备案", "Filed"),
    "filing.file_branch.passed.no": ("不予备案", "Refused"),
    "filing.resolve_objection.upheld.yes": ("成立", "Yes"),
    "filing.resolve_objection.upheld.no": ("不成立", "No"),
}
_REFUSAL: Words = {
    "filing.reasons_required": ("须说明理由和依据", "Reasons and legal basis are required"),
    "filing.supplement_once": ("只能一次性告知", "Defects are told once"),
    "filing.supplement_too_long": ("补正期限过长", "The supplement term is too long"),
    "filing.commitment_missing": ("缺少承诺书", "The commitment is missing"),
    "filing.occupation_not_open": ("该职业未开放", "The occupation is not open"),
    "filing.quota_exceeded": ("名额已满", "No place is left"),
    "filing.too_many_occupations": ("职业过多", "Too many occupations"),
    "filing.applicant_barred": ("申请人受限", "The applicant is barred"),
    "filing.wrong_authority": ("不归此机关受理", "Another authority is competent"),
    "filing.publicity_running": ("公示尚未结束", "The public notice still runs"),
    "filing.assessment_missing": ("尚未评估", "There is no assessment yet"),
    "filing.employer_left": ("用人单位已退出目录", "The employer has left the directory"),
}
_REMEDY: Words = {
    "filing.reasons_required": (
        "补充 reasons 与 legal_basis，各至少一项。",
        "Add reasons and legal_basis, one each at least.",
    ),
    "filing.supplement_once": (
        "已告知过一次；等待补正或到期。",
        "They were told already; wait for the supplement or its end.",
    ),
    "filing.supplement_too_long": (
        "把 working_days 改到期限以内。",
        "Set working_days within the maximum.",
    ),
    "filing.commitment_missing": (
        "补充 commitment 的签署人和时间。",
        "Add commitment with signer and time.",
    ),
    "filing.occupation_not_open": (
        "从 scope 中去掉该职业。",
        "Leave the occupation out of the scope.",
    ),
    "filing.quota_exceeded": (
        "另行决定，或附 exception 说明理由。",
        "Decline, or give an exception with its reason.",
    ),
    "filing.too_many_occupations": (
        "减少职业，或附 exception 说明理由。",
        "Name fewer, or give an exception with its reason.",
    ),
    "filing.applicant_barred": ("待限制期满后再申请。", "Apply again when the bar has ended."),
    "filing.wrong_authority": (
        "向 detail 所指的机关提出。",
        "File with the authority the detail names.",
    ),
    "filing.publicity_running": (
        "先发布公示；待公示期满、异议处理完毕后再办理。",
        "Publish the notice; decide once it has ended and objections are resolved.",
    ),
    "filing.assessment_missing": ("先完成评估。", "Have the assessment done first."),
    "filing.employer_left": (
        "不予备案该分支机构；用人单位重新备案后，在新案中办理。",
        "Decline the branch; once the employer is on file again, file it in that case.",
    ),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"filing": ("机构备案", "Institution filing")},
    "variant": {
        "social_organisation": ("社会培训评价组织", "Social organisations"),
        "national_employer": ("全国性用人单位", "National employers"),
    },
    "stage": _STAGE, "key": _KEY, "task": _TASK, "duty": _DUTY,
    "otherwise": _OTHERWISE, "notice": _NOTICE, "event": _EVENT,
    "material": _MATERIAL, "command": _COMMAND, "rule": _RULE, "field": _FIELD,
    "help": _HELP, "choice": _CHOICE, "refusal": _REFUSAL, "remedy": _REMEDY,
}  # fmt: skip
