"""What codes are called, in Chinese and English: words of every case, and those folders register.

Here stand the words that any case may need. What belongs to one procedure is in its folder's
`words.py`, which registers it by `words`.
"""

from collections.abc import Mapping

from domain.kernel.errors import Language

Words = Mapping[str, tuple[str, str]]  # code → Chinese, English

_STATUS: Words = {
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
_STAGE: Words = {
    "withdrawn": ("已撤回", "Withdrawn"),
    "—": ("未立案", "no case"),
}
_ROLE: Words = {
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
    "exam.*": ("考务人员", "the exam's staff"),
    "exam.staff": ("考务人员", "exam staff"),
    "exam.head": ("考场负责人", "head of the exam"),
    "assessor": ("考评人员", "assessor"),
    "candidate": ("参评人员", "candidate"),
    "holder": ("持证人", "holder"),
    "portal": ("接入平台", "portal"),
    "public": ("社会公众", "the public"),
    "operator": ("运维人员", "the installation's operator"),
    "law": ("法律规定", "by law"),
    "system": ("系统", "the system"),
}
_EVENT: Words = {
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
    "notice.attempted": ("送达未成", "Service failed"),
    "notice.voided": ("文书作废", "Letter declared void"),
    "notice.rendered": ("文书生成", "Letter rendered"),
    "notice.printed": ("文书成 PDF", "Letter printed"),
    "process.moved": ("流程推进", "Process moved"),
    "process.migrated": ("流程换版", "Moved to another version of the diagram"),
    "command.refused": ("未予办理", "Refused"),
    "institution.registered": ("机构登记", "Institution registered"),
    "occupation.registered": ("职业登记", "Occupation registered"),
    "supervisor.registered": ("督导员登记", "Supervisor registered"),
    "candidate.registered": ("参评人员登记", "Candidate registered"),
    "certificate.registered": ("证书登记", "Certificate registered"),
    "staff.registered": ("专职人员登记", "Full-time staff registered"),
    "code.retired": ("机构代码停用", "Institution code retired"),
    "directory.removed": ("移出目录", "Taken out of the directory"),
    "calendar.published": ("工作日历公布", "Calendar published"),
}
_KEY: Words = {"notice.service": ("文书送达", "service of a letter")}
_HOLDER: Words = {
    "authority": ("机关", "Authority"),
    "applicant": ("申请人", "Applicant"),
    "public": ("公众", "Public"),
}
_INSTITUTION: Words = {
    "enterprise": ("企业", "Enterprise"),
    "school": ("院校", "School"),
    "technical_college": ("技工院校", "Technical college"),
    "social_organisation": ("社会组织", "Social organisation"),
    "association": ("行业协会", "Association"),
    "agency": ("考核鉴定机构", "Appraisal agency"),
}
_LEVEL: Words = {
    "1": ("一级（高级技师）", "Level 1, senior technician"),
    "2": ("二级（技师）", "Level 2, technician"),
    "3": ("三级（高级工）", "Level 3, senior"),
    "4": ("四级（中级工）", "Level 4, intermediate"),
    "5": ("五级（初级工）", "Level 5, junior"),
}
_METHOD: Words = {
    "electronic": ("电子送达", "electronic"),
    "mail": ("邮寄送达", "by mail"),
    "in_person": ("直接送达", "in person"),
    "public_notice": ("公告送达", "by public notice"),
}
_BAR: Words = {
    "government_body": ("政府及所属单位", "government body or unit"),
    "offence": ("违法违规或失信", "offence or bad credit"),
    "annual_inspection": ("年审不合格", "failed annual inspection"),
    "illegal_organisation": ("列入非法社会组织名单", "list of illegal organisations"),
    "abnormal_operations": ("列入经营异常名录", "list of abnormal operations"),
    "bad_record": ("人才评价不良记录", "bad record in evaluation"),
}
_VARIANT: Words = {"hunan": ("湖南", "Hunan")}
_UNIT: Words = {
    "working_day": ("个工作日", "working days"),
    "day": ("日", "days"),
    "month": ("个月", "months"),
    "year": ("年", "years"),
    "date": ("固定日期", "fixed day"),
    "second": ("秒", "seconds"),
}
_COMMAND: Words = {
    "case.assign": ("分派", "Assign"),
    "case.note": ("添加备注", "Add a note"),
    "case.transfer": ("移送管辖", "Transfer"),
    "case.withdraw": ("撤回申请", "Withdraw"),
    "deadline.suspend": ("暂停期限", "Suspend a term"),
    "deadline.resume": ("恢复期限", "Resume a term"),
    "deadline.extend": ("延长期限", "Extend a term"),
    "deadline.redate": ("重新计算期限", "Recount terms"),
    "process.migrate": ("流程换版", "Move to another version of the diagram"),
    "notice.serve": ("登记送达", "Record service"),
    "notice.attempt": ("登记送达未成", "Record a failed service"),
    "notice.void": ("作废重发", "Declare void and issue anew"),
    "notice.record_rendering": ("登记文书", "Record a rendered letter"),
}
_FIELD: Words = {
    "reason": ("理由", "Reasons"),
    "reasons": ("理由", "Reasons"),
    "legal_basis": ("法律依据", "Legal basis"),
    "cite": ("依据的文件与条款", "Document and clause"),
    "key": ("哪个期限", "Which term"),
    "jurisdiction": ("管辖（行政区划代码）", "Place (area code)"),
    "digest": ("文件", "File"),
    "institution.name": ("机构名称", "Name of the institution"),
    "institution.uscc": ("统一社会信用代码", "Social credit code"),
    "institution.type": ("机构类型", "Type"),
    "institution.serves": ("服务对象", "Serves"),
    "institution.address": ("地址", "Address"),
    "institution.principal": ("负责人", "Principal"),
    "institution.staff": ("专职人员", "Full-time staff"),
    "scope.occupation_code": ("职业编码", "Code"),
    "scope.occupation": ("职业名称", "Occupation"),
    "scope.job": ("工种", "Job"),
    "scope.level": ("最高等级", "Highest level"),
    "scope.ground": ("准入类职业的依据", "Ground, for an occupation that needs a licence"),
    "case.assign.to": ("交给谁办理", "Who shall do it?"),
    "case.assign.task": ("只交这一项任务", "This task alone"),
    "case.assign.instead_of": (
        "仅当仍由此人办理或无人认领",
        "Only if still with this person, or free",
    ),
    "case.note.text": ("备注", "Note"),
    "case.transfer.jurisdiction": ("移送到（管辖代码）", "Transfer to (area code)"),
    "deadline.extend.amount": ("延长多少（按期限的单位）", "Extend by (in the term's unit)"),
    "deadline.redate.calendar": ("日历版本", "Version of the calendar"),
    "process.migrate.to": ("新流程图（哈希）", "The new diagram (hash)"),
    "process.migrate.deadlines": ("进行中的期限", "Running terms"),
    "process.migrate.mapping": ("改了编号的环节", "Elements with another id"),
    "process.migrate.mapping.old": ("原编号", "Old id"),
    "process.migrate.mapping.new": ("新编号", "New id"),
    "process.migrate.choices": ("个别期限另行处理", "Terms treated otherwise"),
    "process.migrate.choices.of": ("期限或环节", "Term or element"),
    "process.migrate.choices.choice": ("如何处理", "What becomes of it"),
    "notice.serve.notice": ("哪份文书", "Which letter"),
    "notice.serve.method": ("送达方式", "How it was served"),
    "notice.serve.at": ("送达时间", "Served at"),
    "notice.serve.proof": ("送达凭证", "Proof of service"),
    "notice.attempt.notice": ("哪份文书", "Which letter"),
    "notice.attempt.method": ("用了什么方式", "How it was tried"),
    "notice.attempt.at": ("什么时候", "When"),
    "notice.serve.proof_digest": ("送达凭证（文件）", "Proof of service, as a file"),
    "notice.attempt.reason": ("为什么没有送达", "Why it failed"),
    "notice.attempt.proof_digest": ("未成送达的凭证（文件）", "Proof of it, as a file"),
    "notice.void.notice": ("哪份文书", "Which letter"),
    "notice.void.reason": ("为什么作废", "Why it is void"),
    "notice.void.service": ("新文书的送达方式", "How the new letter is served"),
    "notice.record_rendering.notice": ("哪份文书", "Which letter"),
    "notice.record_rendering.printed": ("印成的 PDF", "Printed as PDF"),
    "notice.record_rendering.printed.pages": ("页数", "Pages"),
    "notice.record_rendering.printed.template": ("版式版本", "Version of the layout"),
}
_HELP: Words = {
    "reasons": ("每行一条，写明事实", "One a line, with the facts"),
    "legal_basis": (
        "每行一条，写明文件与条款，如 HN-2022-1 一(一)",
        "One a line, text and clause, such as HN-2022-1 一(一)",
    ),
    "institution.name": ("与法人登记证书一致", "As in the certificate of registration"),
    "institution.uscc": ("18 位，可带空格", "18 characters, blanks allowed"),
    "institution.principal": (
        "负责人的人员编号，如 p-principal；由其签署承诺",
        "The principal's id, such as p-principal, who signs the commitment",
    ),
    "case.note.text": (
        "备注进入案卷，任何期限和状态都不变",
        "The note goes into the file and changes no term and no status",
    ),
    "notice.serve.proof": (
        "快递单号、签收人与受送达人的关系等",
        "Number of the consignment, who signed and for whom",
    ),
    "notice.serve.proof_digest": (
        "送达回证、签收单的扫描件或照片",
        "A scan or photograph of the signed record",
    ),
    "notice.attempt.proof_digest": (
        "退件、拒收的照片或回单",
        "A photograph of what came back, or the carrier's slip",
    ),
    "notice.void.service": (
        "新文书编新文号，告知同一决定；选“电子送达”的，签发即送达",
        "The new letter has a new number and tells of the same act; electronic is served at once",
    ),
    "case.transfer.jurisdiction": (
        "六位行政区划代码，如 430200 株洲市",
        "Six digits, such as 430200 Zhuzhou",
    ),
}
_RULE: Words = {
    "case.withdraw": (
        "作出决定前，申请人可以撤回申请。",
        "Until the decision the applicant may withdraw.",
    ),
    "notice.serve": (
        "从送达起算的期限，自登记的送达时间起算。",
        "Terms that start with the service start at the time recorded here.",
    ),
    "notice.attempt": (
        "送达未成不起算任何期限；请改用其他方式再送。",
        "A failed service starts no term; try another way.",
    ),
    "notice.void": (
        "只有尚未送达的文书可以作废；文号不再使用，原决定不变，同时另发新文书。",
        "Only a letter not yet served can be void; its number stays used, the act stands, and a"
        " new letter goes out.",
    ),
    "deadline.suspend": (
        "暂停期限须有文件依据；暂停的日子不计入。",
        "A suspension needs a document; suspended days do not count.",
    ),
    "deadline.extend": (
        "只有法规允许的期限才能延长。",
        "Only a term whose law allows it can be extended.",
    ),
}
_CARRY: Words = {
    "keep": ("保留", "keep"),
    "reset": ("自迁移时重起", "begin anew with the move"),
    "rederive": ("按新图重算", "derive anew from the new diagram"),
}
_CHOICE: Words = {
    "yes": ("是", "Yes"),
    "no": ("否", "No"),
    "institution.serves.own": ("本单位职工或学生", "Its own staff or students"),
    "institution.serves.public": ("面向社会", "The public"),
    **{f"institution.type.{code}": said for code, said in _INSTITUTION.items()},
    **{
        f"{field}.{code}": said
        for field in ("process.migrate.deadlines", "process.migrate.choices.choice")
        for code, said in _CARRY.items()
    },
    **{f"method.{code}": said for code, said in _METHOD.items()},
    **{f"service.{code}": said for code, said in _METHOD.items()},
}
_OTHERWISE: Words = {"": ("期满后进入下一阶段", "When the term ends, the next stage begins")}
_NESTED = frozenset(("field", "help", "choice"))
_KINDS: Mapping[str, dict[str, tuple[str, str]]] = {
    "status": {**_STATUS}, "stage": {**_STAGE}, "role": {**_ROLE}, "key": {**_KEY}, "task": {},
    "notice": {}, "event": {**_EVENT}, "command": {**_COMMAND}, "holder": {**_HOLDER},
    "institution": {**_INSTITUTION}, "level": {**_LEVEL}, "method": {**_METHOD},
    "bar": {**_BAR}, "procedure": {}, "variant": {**_VARIANT}, "unit": {**_UNIT},
    "material": {}, "refusal": {}, "remedy": {}, "field": {**_FIELD}, "help": {**_HELP},
    "rule": {**_RULE}, "choice": {**_CHOICE}, "duty": {}, "otherwise": {**_OTHERWISE},
}  # fmt: skip


def words(kinds: Mapping[str, Words]) -> None:
    """Register what a folder calls its codes, by kind.

    Raises:
        ValueError: there is no such kind, or the code is already called something else.
    """
    for kind, said in kinds.items():
        if kind not in _KINDS:
            raise ValueError(f"there is no kind of words {kind}")
        for code, both in said.items():
            if _KINDS[kind].setdefault(code, both) != both:
                raise ValueError(f"the {kind} {code} is already called {_KINDS[kind][code]}")


def word(kind: str, code: str, language: Language) -> str | None:
    """Return what people call `code`, one of `kind`; None where nobody named it.

    A field, its help and its choices are asked for by their whole path – command, fields, choice
    (`filing.submit.institution.type.school`; a boolean's are `yes` and `no`) – and answered by
    the longest end of it that has a name: `institution.type.school`, `type.school`, `school`.
    """
    said = _KINDS.get(kind, {})
    both = said.get(code)
    rest = code
    while both is None and kind in _NESTED and "." in rest:
        rest = rest.partition(".")[2]
        both = said.get(rest)
    return None if both is None else both[0 if language == "zh" else 1]


def rule_of(procedure: str, command: str, language: Language) -> str:
    """Return the sentence above a command's form; "" without one.

    A procedure that has a rule of its own for a general command calls it `PROCEDURE.COMMAND`.
    """
    own = word("rule", f"{procedure}.{command}", language)
    return own or word("rule", command, language) or ""


def label(kind: str, code: str, language: Language) -> str:
    """Return what people call `code`, one of `kind`; the code itself where nobody named it.

    Kinds: status stage event role task key notice command holder institution level method bar
    procedure variant unit material, refusal (its title), remedy, rule (the sentence above a
    command's form), field, help (of a field or choice), choice, duty (of a task's form, after
    “Waiting for …”), otherwise (of what a term leads to, by its event or else its key).
    """
    return word(kind, code, language) or code
