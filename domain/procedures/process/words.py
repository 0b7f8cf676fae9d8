"""What the codes of plain processes are called, in Chinese and English."""

from collections.abc import Mapping

from domain.case.labels import Words
from domain.process.dmn.playing import SENTENCES

_STAGE: Words = {
    "process_running": ("办理中", "Under way"),
    "process_finished": ("已办结", "Finished"),
    "process_failed": ("因错误终止", "Ended by an error"),
    "process_cancelled": ("已终止", "Cancelled"),
}
_EVENT: Words = {
    "process.started": ("流程启动", "Process started"),
    "process.data_entered": ("表单已填写", "Form filled in"),
    "process.exception_raised": ("办理人报告例外", "An exception was raised"),
    "process.message_received": ("收到消息", "Message received"),
    "process.message_kept": ("消息已留存", "Message kept"),
    "process.signal_received": ("收到信号", "Signal received"),
    "process.assigned": ("变量已更新", "Variables set"),
    "process.call_requested": ("请求外部服务", "Web service asked"),
    "process.call_answered": ("外部服务已答复", "Web service answered"),
    "process.call_failed": ("外部服务未能答复", "Web service did not answer"),
    "process.call_retried": ("重新调用外部服务", "Web service called again"),
    "process.call_dropped": ("不再等待外部服务", "Web service no longer waited for"),
    "process.finished": ("流程办结", "Process finished"),
    "process.failed": ("流程因错误终止", "Process ended by an error"),
    "process.cancelled": ("流程终止", "Process cancelled"),
    "process.deployed": ("流程部署", "Process deployed"),
}
_COMMAND: Words = {
    "process.start": ("启动流程", "Start a process"),
    "process.complete": ("办理任务", "Do the task"),
    "process.message": ("登记消息", "Send a message"),
    "process.signal": ("发出信号", "Send a signal"),
    "process.cancel": ("终止流程", "Cancel the process"),
    "process.retry_call": ("重新调用外部服务", "Call the web service again"),
    "process.record_call": ("登记调用结果", "Record a call"),
}
_RULE: Words = {
    "process.complete": ("按流程图所附表单填写。", "Fill in the form that the diagram draws."),
    "process.cancel": ("未办任务与期限随之取消。", "Open tasks and terms are cancelled."),
    "process.retry_call": ("请先排除故障再重新调用。", "Mend the fault first, then call again."),
}
_FIELD: Words = {
    "process.start.version": ("版本", "Version"),
    "process.start.variables": ("变量", "Variables"),
    "process.start.key": ("关联键", "Correlation key"),
    "process.start.jurisdiction": ("管辖代码", "Jurisdiction"),
    "process.complete.task": ("任务", "Task"),
    "process.complete.data": ("填写内容", "Data"),
    "process.complete.error": ("错误代码", "Error code"),
    "process.complete.escalation": ("升级代码", "Escalation code"),
    "process.message.message": ("消息名称", "Name of the message"),
    "process.message.data": ("随附变量", "Variables it brings"),
    "process.message.ttl": ("留存时长", "Kept for"),
    "process.signal.signal": ("信号名称", "Name of the signal"),
    "process.signal.data": ("随附变量", "Variables it brings"),
    "process.cancel.reason": ("理由", "Reason"),
    "process.retry_call.call": ("调用", "Call"),
    "process.record_call.call": ("调用", "Call"),
    "process.record_call.data": ("答复变量", "Variables of the reply"),
    "process.record_call.error": ("错误代码", "Error code"),
    "process.record_call.failure": ("故障", "Failure"),
    "process.record_call.detail": ("说明", "Detail"),
    "process.record_call.final": ("不再重试", "Not to be tried again"),
}
_FIELD_OF_CALLS: Words = {
    "process.calls": ("外部服务", "Web services"),
    "process.calls.element": ("环节", "Element"),
    "process.calls.state": ("状态", "State"),
    "process.calls.failures": ("失败次数", "Failures"),
    "process.calls.failure": ("最近故障", "Last failure"),
    "process.calls.detail": ("说明", "Detail"),
    "process.calls.failed_at": ("失败时间", "Failed at"),
    "process.key": ("关联键", "Correlation key"),
    "process.messages": ("留存的消息", "Messages kept"),
    "process.messages.message": ("消息名称", "Name"),
    "process.messages.received_at": ("收到时间", "Received at"),
    "process.messages.until": ("留存至", "Kept until"),
    "process.messages.state": ("状态", "State"),
}
_CHOICE: Words = {
    "process.calls.state.open": ("等待答复", "Waiting for an answer"),
    "process.calls.state.parked": ("已停下，待重新调用", "Parked: to be called again by hand"),
    "process.calls.state.answered": ("已答复", "Answered"),
    "process.calls.state.dropped": ("不再等待", "No longer waited for"),
    "process.messages.state.kept": ("留存中", "Kept"),
    "process.messages.state.expired": ("已失效，未送达", "Expired, not delivered"),
}
_REFUSAL: Words = {
    "process.nobody_waits": ("流程不等待该消息", "Nothing waits for it"),
    "process.too_many_kept": ("留存消息已满", "Too many messages are kept"),
    "process.nobody_catches": ("流程不处理该错误", "Nothing catches it"),
}
_REMEDY: Words = {
    "process.nobody_waits": (
        "核对名称，或待流程走到该处再发。",
        "Check the name, or send it once the process is there.",
    ),
    "process.too_many_kept": (
        "待流程取走一些消息或消息到期后再发。",
        "Send it once the process has taken some, or they have expired.",
    ),
    "process.nobody_catches": (
        "核对错误代码，或由机构终止流程。",
        "Check the code, or have the office cancel the process.",
    ),
}
FAILURES: Words = {  # errors the engine itself throws; others are the diagram's own codes
    "gateway.no_flow": ("网关没有一条出路可走", "no way out of a gateway may be taken"),
    "loop.cardinality": (
        "循环的次数不是自然数，或集合不是列表",
        "the count of a loop is no natural number, or its collection no list",
    ),
    "run.too_long": ("步数超过上限", "more steps than one run may take"),
    **dict[str, tuple[str, str]](SENTENCES.items()),
}

WORDS: Mapping[str, Words] = {
    "procedure": {"process": ("流程办件", "Process")},
    "stage": _STAGE, "event": _EVENT, "command": _COMMAND, "rule": _RULE,
    "field": {**_FIELD, **_FIELD_OF_CALLS}, "choice": _CHOICE, "refusal": _REFUSAL,
    "remedy": _REMEDY,
}  # fmt: skip
