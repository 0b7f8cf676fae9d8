"""What codes are called, in Chinese and English: the words of CONSOLE and of the law."""

from collections.abc import Mapping

from domain.kernel.errors import Language

_Words = Mapping[str, tuple[str, str]]

_STATUS: _Words = {
    "draft": ("草稿", "Draft"),
    "received": ("已收件", "Received, not yet accepted"),
    "correction_required": ("待补正", "Correction needed"),
    "accepted": ("已受理", "Accepted"),
    "in_review": ("审核中", "In review"),
    "publicity": ("公示中", "Public notice"),
    "decided": ("已决定", "Decided"),
    "noticed": ("已告知", "Notified, may answer"),
    "rectifying": ("整改中", "Rectifying"),
    "suspended": ("已暂停", "Suspended"),
    "closed": ("办结", "Closed"),
    "withdrawn": ("已撤回", "Withdrawn"),
    "abandoned": ("视为放弃", "Deemed abandoned"),
    "refused": ("不予受理／不予备案", "Refused"),
    "terminated": ("终止", "Terminated"),
}
_STAGE: _Words = {
    "examine": ("受理审查", "Examination"),
    "supplement": ("补正", "Supplement"),
    "assess": ("评估", "Assessment"),
    "publish_notice": ("待公示", "Public notice to come"),
    "publicity": ("公示", "Public notice"),
    "decide": ("备案决定", "Decision"),
    "filed": ("已备案", "Filed"),
    "declined": ("不予备案", "Not filed"),
    "not_accepted": ("不予受理", "Not accepted"),
    "abandoned": ("视为放弃", "Deemed abandoned"),
    "withdrawn": ("已撤回", "Withdrawn"),
    "—": ("未立案", "no case"),
}
_ROLE: _Words = {
    "institution.*": ("评价机构", "the institution"),
    "institution.operator": ("机构经办人", "institution's operator"),
    "institution.principal": ("机构负责人", "institution's principal"),
    "center.*": ("鉴定中心", "the center"),
    "center.clerk": ("鉴定中心经办", "center's clerk"),
    "center.reviewer": ("鉴定中心审核", "center's reviewer"),
    "bureau.*": ("人社部门", "the bureau"),
    "bureau.official": ("人社部门", "bureau's official"),
    "education.reviewer": ("教育部门", "education reviewer"),
    "expert": ("专家", "expert"),
    "ministry.center": ("部中心", "ministry center"),
    "supervisor.external": ("外督", "external supervisor"),
    "supervisor.internal": ("内督", "internal supervisor"),
    "exam.staff": ("考务人员", "exam staff"),
    "exam.head": ("考场负责人", "head of the exam"),
    "assessor": ("考评人员", "assessor"),
    "candidate": ("参评人员", "candidate"),
    "holder": ("持证人", "holder"),
    "portal": ("接入平台", "portal"),
    "public": ("社会公众", "the public"),
    "law": ("法律规定", "by law"),
    "system": ("系统", "the system"),
}
_KEY: _Words = {
    "filing.acceptance": ("受理期限", "acceptance"),
    "filing.supplement": ("补正期限", "supplement"),
    "filing.decision": ("备案决定期限", "decision"),
    "filing.preliminary": ("初审期限", "preliminary review"),
    "filing.branch_assessment": ("分支机构评估期限", "branch assessment"),
    "filing.publicity": ("公示期", "public notice"),
}
_TASK: _Words = {
    "filing.examine": ("受理审查", "Examine the application"),
    "filing.supplement": ("补正材料", "Supply what is missing"),
    "filing.assess": ("评估", "Assess"),
    "filing.publish_notice": ("发布公示", "Publish the notice"),
    "filing.resolve_objection": ("处理异议", "Decide on an objection"),
    "filing.decide": ("备案决定", "Decide on the filing"),
}
_NOTICE: _Words = {
    "filing.acceptance": ("受理通知书", "Notice of acceptance"),
    "filing.supplement": ("补正告知书", "Notice of what is missing"),
    "filing.not_accepted": ("不予受理通知书", "Notice of non-acceptance"),
    "filing.receipt": ("备案回执", "Filing receipt"),
    "filing.declined": ("不予备案通知书", "Notice of non-filing"),
}
_EVENT: _Words = {
    "case.opened": ("立案登记", "Case opened"),
    "case.assigned": ("分派", "Assigned"),
    "case.noted": ("备注", "Note"),
    "case.transferred": ("移送管辖", "Transferred"),
    "case.withdrawn": ("撤回申请", "Withdrawn"),
    "case.closed": ("办结", "Closed"),
    "task.opened": ("新任务", "Task opened"),
    "task.completed": ("任务办结", "Task done"),
    "task.cancelled": ("任务取消", "Task cancelled"),
    "deadline.opened": ("期限起算", "Term began"),
    "deadline.met": ("期限内办结", "Term met"),
    "deadline.lapsed": ("期限届满", "Term ended"),
    "deadline.cancelled": ("期限取消", "Term cancelled"),
    "deadline.suspended": ("期限暂停", "Term suspended"),
    "deadline.resumed": ("期限恢复", "Term resumed"),
    "deadline.extended": ("期限延长", "Term extended"),
    "deadline.redated": ("期限重新计算", "Term recounted"),
    "notice.issued": ("签发文书", "Letter issued"),
    "notice.served": ("送达", "Served"),
    "notice.rendered": ("文书生成", "Letter rendered"),
    "process.moved": ("流程推进", "Process moved"),
    "command.refused": ("未予办理", "Refused"),
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
    "institution.registered": ("机构登记", "Institution registered"),
    "occupation.registered": ("职业登记", "Occupation registered"),
    "supervisor.registered": ("督导员登记", "Supervisor registered"),
    "certificate.registered": ("证书登记", "Certificate registered"),
    "calendar.published": ("工作日历公布", "Calendar published"),
}
_HOLDER: _Words = {
    "authority": ("机关", "Authority"),
    "applicant": ("申请人", "Applicant"),
    "public": ("公众", "Public"),
}
_INSTITUTION: _Words = {
    "enterprise": ("企业", "Enterprise"),
    "school": ("院校", "School"),
    "technical_college": ("技工院校", "Technical college"),
    "social_organisation": ("社会组织", "Social organisation"),
    "association": ("行业协会", "Association"),
    "agency": ("考核鉴定机构", "Appraisal agency"),
}
_LEVEL: _Words = {
    "1": ("一级（高级技师）", "Level 1, senior technician"),
    "2": ("二级（技师）", "Level 2, technician"),
    "3": ("三级（高级工）", "Level 3, senior"),
    "4": ("四级（中级工）", "Level 4, intermediate"),
    "5": ("五级（初级工）", "Level 5, junior"),
}
_MATERIAL: _Words = {  # no text lists them for Hunan: local practice
    "application": ("备案申请表", "Application form"),
    "registration": ("法人登记证书", "Certificate of registration"),
    "premises": ("场地证明", "Proof of premises"),
    "equipment": ("设施设备清单", "List of equipment"),
    "staff": ("考评人员名册", "List of assessors"),
    "rules": ("质量管理制度", "Quality rules"),
}
_METHOD: _Words = {
    "electronic": ("电子送达", "electronic"),
    "mail": ("邮寄送达", "by mail"),
    "in_person": ("直接送达", "in person"),
    "public_notice": ("公告送达", "by public notice"),
}
_BAR: _Words = {
    "government_body": ("政府及所属单位", "government body or unit"),
    "offence": ("违法违规或失信", "offence or bad credit"),
    "annual_inspection": ("年审不合格", "failed annual inspection"),
    "illegal_organisation": ("列入非法社会组织名单", "list of illegal organisations"),
    "abnormal_operations": ("列入经营异常名录", "list of abnormal operations"),
    "bad_record": ("人才评价不良记录", "bad record in evaluation"),
}
_PROCEDURE: _Words = {"filing": ("机构备案", "Institution filing")}
_VARIANT: _Words = {"hunan": ("湖南", "Hunan")}
_UNIT: _Words = {
    "working_day": ("个工作日", "working days"),
    "day": ("日", "days"),
    "month": ("个月", "months"),
    "year": ("年", "years"),
    "date": ("固定日期", "fixed day"),
}
_COMMAND: _Words = {
    "case.assign": ("分派", "Assign"),
    "case.note": ("添加备注", "Add a note"),
    "case.transfer": ("移送管辖", "Transfer"),
    "case.withdraw": ("撤回申请", "Withdraw"),
    "deadline.suspend": ("暂停期限", "Suspend a term"),
    "deadline.resume": ("恢复期限", "Resume a term"),
    "deadline.extend": ("延长期限", "Extend a term"),
    "deadline.redate": ("重新计算期限", "Recount terms"),
    "notice.serve": ("登记送达", "Record service"),
    "notice.record_rendering": ("登记文书", "Record a rendered letter"),
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
}
_KINDS: Mapping[str, _Words] = {
    "status": _STATUS, "stage": _STAGE, "role": _ROLE, "key": _KEY, "task": _TASK,
    "notice": _NOTICE, "event": _EVENT, "holder": _HOLDER, "institution": _INSTITUTION,
    "level": _LEVEL, "method": _METHOD, "bar": _BAR, "procedure": _PROCEDURE,
    "variant": _VARIANT, "unit": _UNIT, "command": _COMMAND, "material": _MATERIAL,
}  # fmt: skip


def label(kind: str, code: str, language: Language) -> str:
    """Return what people call `code`, one of `kind`; the code itself where nobody named it.

    Kinds: status stage event role task key notice command holder institution level method bar
    procedure variant unit material.
    """
    words = _KINDS.get(kind, {}).get(code)
    return code if words is None else words[0 if language == "zh" else 1]
