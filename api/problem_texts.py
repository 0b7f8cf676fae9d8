"""Every code an answer may carry: its status, its title and what to do about it.

The codes of the edge and of every case stand here; those of a procedure come from its folder.
"""

from dataclasses import dataclass
from types import MappingProxyType

from domain.case.labels import label
from domain.kernel.errors import Language, Refusal
from domain.procedures.table import PROCEDURES


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code means to an HTTP client. Each text stands in Chinese and in English."""

    code: str
    status: int
    titles: tuple[str, str]
    remedies: tuple[str, str]

    def title(self, language: Language) -> str:
        """Return the short title."""
        return self.titles[language == "en"]

    def remedy(self, language: Language) -> str:
        """Return what the caller can do."""
        return self.remedies[language == "en"]


def _kind(code: str, status: int, title: tuple[str, str], remedy: tuple[str, str]) -> Kind:
    return Kind(code, status, title, remedy)


_EDGE = (
    _kind(
        "auth.required", 401,
        ("需要身份", "Who are you?"),
        ("请求头 Authorization: Bearer 加密钥；沙箱密钥由 make up 打印。",
         "Send Authorization: Bearer and a key; the sandbox prints its keys when it starts."),
    ),
    _kind(
        "auth.scope", 403,
        ("密钥权限不足", "The key lacks a scope"),
        ("请使用具有该权限的密钥。", "Use a key that has the scope named in the detail."),
    ),
    _kind(
        "portal.no_mandate", 403,
        ("没有授权", "No mandate on file"),
        ("先登记该人员对本门户的授权，或更正 Acting-For。",
         "Have the person's mandate for this portal registered, or correct Acting-For."),
    ),
    _kind(
        "request.key_missing", 400,
        ("缺少可用的 Idempotency-Key", "A usable Idempotency-Key is missing"),
        ("每个不安全的请求带一个新的唯一键，重试时用同一键。",
         "Send a fresh unique key with every unsafe request, and the same one when you retry."),
    ),
    _kind(
        "request.version_missing", 428,
        ("缺少 If-Match", "If-Match is missing"),
        ("先读办件状态，把 ETag 放入 If-Match 再发。",
         "Read the case's state first and send its ETag as If-Match."),
    ),
    _kind(
        "request.too_large", 413,
        ("请求体过大", "The body is too large"),
        ("减小请求体；文件请用 /uploads。", "Send less; files go to /uploads."),
    ),
    _kind(
        "request.media_type", 415,
        ("请求体类型不对", "The media type is not taken here"),
        ("按说明设置 Content-Type。", "Set the Content-Type that the description names."),
    ),
    _kind(
        "request.rate_limited", 429,
        ("请求过于频繁", "Too many requests"),
        ("按 Retry-After 等待后再试。", "Wait as long as Retry-After says, then try again."),
    ),
    _kind(
        "request.not_acceptable", 406,
        ("没有所要的格式", "None of the wanted formats"),
        ("按说明设置 Accept。", "Set an Accept that the description names."),
    ),
    _kind(
        "request.not_found", 404,
        ("没有这个地址", "There is nothing at this address"),
        ("对照接口说明检查路径。", "Check the path against the description of the API."),
    ),
    _kind(
        "request.method", 405,
        ("该地址不支持此方法", "The method is not allowed here"),
        ("见响应头 Allow。", "The header Allow names the methods."),
    ),
    _kind(
        "command.malformed", 422,
        ("请求格式有误", "The request is malformed"),
        ("逐项改正 errors 所列之处；没有任何内容被收下。",
         "Correct each place listed in errors; nothing was taken in."),
    ),
    _kind(
        "command.unknown", 404,
        ("没有这个命令", "There is no such command"),
        ("见办件状态的 actions。", "See actions in the case's state."),
    ),
    _kind(
        "procedure.unknown", 404,
        ("没有这个程序或类型", "There is no such procedure or variant"),
        ("见 /api/v1/procedures。", "See /api/v1/procedures."),
    ),
    _kind(
        "case.not_found", 404,
        ("没有这个办件", "There is no such case"),
        ("检查编号；无权知悉的办件与不存在的办件答复相同。",
         "Check the number; a case you may not know of is answered alike."),
    ),
    _kind(
        "task.not_found", 404,
        ("没有这项任务", "There is no such task"),
        ("重新读取任务清单。", "Read the list of tasks again."),
    ),
    _kind(
        "deadline.not_found", 404,
        ("没有这个期限", "There is no such deadline"),
        ("见办件的 deadlines。", "See the deadlines of the case."),
    ),
    _kind(
        "notice.not_found", 404,
        ("没有这份文书", "There is no such letter"),
        ("见办件的 notices；无权知悉的办件与不存在的文书答复相同。",
         "See notices of the case; a case you may not know of is answered alike."),
    ),
    _kind(
        "notice.no_match", 404,
        ("没有与之相符的文书", "No paper matches"),
        ("请对照纸面核对文号和核验码；仍不相符的，请向所载机关核实。",
         "Compare number and code with the paper; if they still do not match, ask the authority."),
    ),
    _kind(
        "institution.not_found", 404,
        ("没有这个机构代码", "No institution has or had this code"),
        ("检查十三位机构代码。", "Check the thirteen characters of the code."),
    ),
    _kind(
        "operation.not_found", 404,
        ("没有这次操作", "There is no such operation"),
        ("检查 Location 给出的地址。", "Check the address that Location gave."),
    ),
    _kind(
        "file.not_found", 404,
        ("没有这个文件", "There is no such file"),
        ("检查摘要；未上传的文件请先上传。", "Check the digest; upload the file first."),
    ),
    _kind(
        "file.digest_differs", 422,
        ("文件与摘要不符", "The bytes do not have that digest"),
        ("重新计算 SHA-256 后再传。", "Compute the SHA-256 again and send both anew."),
    ),
    _kind(
        "file.empty", 422,
        ("空文件", "The file is empty"),
        ("请重新选择文件。", "Choose the file again."),
    ),
    _kind(
        "file.wrong_kind", 422,
        ("文件类型不符", "Not a kind of file that is taken"),
        ("请上传 PDF、PNG、JPG、OFD、DOCX 或 XLSX；以内容为准，不看文件名。",
         "Send PDF, PNG, JPG, OFD, DOCX or XLSX; the bytes count, not the name."),
    ),
    _kind(
        "file.incomplete", 422,
        ("文件不完整", "The file is cut short"),
        ("文件没有结尾，可能传输中断；请重新导出后再传。",
         "Its end is missing, perhaps an interrupted copy; export it again and send it whole."),
    ),
    _kind(
        "process.unknown", 404,
        ("没有部署这个流程或版本", "No such process or version is deployed"),
        ("见 /api/v1/processes。", "See /api/v1/processes."),
    ),
    _kind(
        "process.unsound", 422,
        ("流程图不能部署", "The diagram cannot be deployed"),
        ("逐项改正 errors 所列之处再部署；没有任何改变，原有版本照常办理。",
         "Mend each place listed in errors, then deploy; nothing changed, older versions run on."),
    ),
    _kind(
        "process.deployer_required", 403,
        ("无权部署流程", "Not yours to deploy"),
        ("请由运维人员部署流程、登记外部服务。", "Have the operator of the installation do it."),
    ),
    _kind(
        "endpoint.unknown", 404,
        ("没有这个外部服务", "No such endpoint"),
        ("见 /api/v1/endpoints。", "See /api/v1/endpoints."),
    ),
    _kind(
        "endpoint.exists", 409,
        ("外部服务已有此名", "An endpoint has this name"),
        ("换一个名称；要换密钥请用 rotate。", "Choose another name; for a new secret, rotate it."),
    ),
    _kind(
        "endpoint.address", 422,
        ("地址不能使用", "The address cannot be used"),
        ("须为公网 https 地址；内网地址由运维列入 ANJUAN_WEBHOOK_ALLOW。",
         "A public https address; the operator lists others in ANJUAN_WEBHOOK_ALLOW."),
    ),
    _kind(
        "diagram.no_layout", 404,
        ("流程图没有布局", "The diagram has no layout"),
        ("用建模工具打开、排布、保存后重新部署；也可读取 JSON 或 BPMN。",
         "Lay it out in a modeller and deploy it again; JSON and BPMN can be read as they are."),
    ),
    _kind(
        "message.nobody_waits", 404,
        ("没有办件等待这条消息", "No case waits for this message"),
        ("核对关联键；办件须已启动且尚未结束。",
         "Check the key; the case must have been started and not ended."),
    ),
    _kind(
        "message.several_wait", 409,
        ("多个办件使用同一关联键", "Several cases have this key"),
        ("请用 /cases/{id}/commands/process.message 指明办件。",
         "Name the case: /cases/{id}/commands/process.message."),
    ),
    _kind(
        "calendar.unknown_year", 404,
        ("日历没有这一年", "The calendar does not know that year"),
        ("见 /api/v1/meta 的日历有效期。", "See the calendar's range in /api/v1/meta."),
    ),
    _kind(
        "idempotency.body_differs", 422,
        ("同一键，内容不同", "The same key with another request"),
        ("新的请求用新的键；原请求的结果不变。",
         "Use a new key for a new request; the outcome of the first one stands."),
    ),
    _kind(
        "source.taken", 409,
        ("来源编号已使用", "The source already has a case"),
        ("换一个来源编号。", "Choose another source id for this case."),
    ),
    _kind(
        "feed.epoch_changed", 410,
        ("事件库已恢复", "The event store was restored"),
        ("用答复所附的 cursor 重新读取。", "Read again from the `cursor` of this answer."),
    ),
    _kind(
        "clock.moves_back", 409,
        ("时钟不能倒退", "The clock never moves back"),
        ("选择更晚的时刻，或新建租户。", "Choose a later instant, or make a new tenant."),
    ),
    _kind(
        "service.unavailable", 503,
        ("暂时不能受理", "Not able to receive now"),
        ("请按 Retry-After 稍后用同一键重试：已经收下的不会丢失，也不会重复。",
         "Send the same key again after Retry-After: what was received stays, once."),
    ),
    _kind(
        "service.defect", 500,
        ("系统故障", "A fault of ours"),
        ("请告知 request_id；用同一键重试是安全的。",
         "Tell us the request_id; to send the same key again is safe."),
    ),
)  # fmt: skip

_CASE = (
    _kind(
        "case.wrong_stage", 409,
        ("当前阶段不能这样办理", "Not possible at this stage"),
        ("现在可以做什么，见办件状态的 actions。",
         "See actions in the state: what is possible now."),
    ),
    _kind(
        "case.closed", 409,
        ("办件已结束", "The case has ended"),
        ("如仍需办理，请另行提起。", "Open a new case if there is still something to do."),
    ),
    _kind(
        "case.version_conflict", 412,
        ("办件已有变化", "The case has moved on"),
        ("读取最新状态，重新判断后用新的键再发。",
         "Read the state, decide anew and send a new key."),
    ),
    _kind(
        "case.role_required", 403,
        ("角色不符", "Another role is needed"),
        ("请由有此职责的人员办理。", "Have it done by somebody with that role."),
    ),
    _kind(
        "case.outside_jurisdiction", 403,
        ("不在管辖范围", "Outside of the jurisdiction"),
        ("请由办件属地的机关办理；上级可查看，不代办。",
         "The authority of the case's own place acts; a parent authority reads only."),
    ),
    _kind(
        "case.same_person", 409,
        ("须由另一人办理", "Another person must do it"),
        ("请由未参与前一步的人员办理。",
         "Have it done by somebody who did not take the earlier step."),
    ),
    _kind(
        "case.recusal", 409,
        ("须回避", "Recusal"),
        ("请由没有利害关系的人员办理。", "Have it done by somebody without an interest in it."),
    ),
    _kind(
        "task.already_claimed", 409,
        ("任务已有人办理", "A colleague has taken it"),
        ("与 detail 所指的同事商量，或由负责人改派。",
         "Talk to the colleague the detail names, or have it assigned to you."),
    ),
    _kind(
        "task.already_done", 409,
        ("任务已办结", "The task is done already"),
        ("重新读取任务清单。", "Read the list of tasks again."),
    ),
    _kind(
        "process.not_movable", 409,
        ("办件不能迁移到此流程图", "The case cannot move to that diagram"),
        ("按所列原因处理：等办件走过该环节、指明 mapping，或修改流程图。",
         "Do as the reasons say: wait until the case has passed, map ids, or mend the diagram."),
    ),
    _kind(
        "process.already_there", 409,
        ("办件已在此流程图上", "The case runs on that diagram already"),
        ("无需再办。", "Nothing is left to do."),
    ),
    _kind(
        "process.unknown_diagram", 409,
        ("没有保存此流程图", "No such diagram is kept here"),
        ("先用 diagram 交来文件。", "Hand the file in as `diagram` first."),
    ),
    _kind(
        "deadline.not_extendable", 409,
        ("此期限不能变更", "This deadline cannot be changed"),
        ("法规未允许延长或中止此期限。", "The law gives no power to extend or suspend it."),
    ),
    _kind(
        "notice.already_served", 409,
        ("文书已经送达", "The letter was served"),
        (
            "已送达的文书不必再送达，也不能作废；需要更改的，须依法另行决定。",
            "It needs no further service and cannot be voided; what it says changes only by a new"
            " decision.",
        ),
    ),
    _kind(
        "notice.is_void", 409,
        ("文书已经作废", "The letter is void"),
        ("办理替代它的文书。", "Go on with the letter in its place."),
    ),
    _kind(
        "notice.other_office", 403,
        ("文书由别的机关签发", "Another office issued the letter"),
        ("请该机关作废。", "Ask that office to declare it void."),
    ),
    _kind(
        "law.reasons_required", 422,
        ("须说明理由和依据", "Reasons and legal basis are required"),
        ("补充 reasons 与 legal_basis。", "Add reasons and legal_basis."),
    ),
    _kind(
        "law.no_rule", 422,
        ("法规库没有答案", "The law book has no answer"),
        ("检查事项、管辖代码与日期。", "Check the key, the jurisdiction and the date."),
    ),
)  # fmt: skip


def _of_refusal(kind: type[Refusal]) -> Kind:
    status = 403 if kind.forbidden else 422 if kind.payload_alone else 409
    return Kind(kind.code, status, _both("refusal", kind.code), _both("remedy", kind.code))


def _both(kind: str, code: str) -> tuple[str, str]:
    return label(kind, code, "zh"), label(kind, code, "en")


_GENERAL = {one.code: one for one in (*_EDGE, *_CASE)}
_NAMED = {  # what the procedures refuse; a code of every case may be among it
    kind.code: _of_refusal(kind)
    for one in PROCEDURES.values()
    for kind in one.refusals
    if kind.code not in _GENERAL
}

KINDS = MappingProxyType(_GENERAL | _NAMED)
REFUSALS = (*(one.code for one in _CASE), *_NAMED)  # what a case may answer
