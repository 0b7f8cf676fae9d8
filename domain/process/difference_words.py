"""Changes of a diagram in words, Chinese and English."""

import re
from collections.abc import Mapping

from domain.kernel.errors import Language
from domain.process.difference import Change, Kind, What

_KINDS: Mapping[Kind, tuple[str, str]] = {
    "added": ("新增", "added"),
    "removed": ("删除", "removed"),
    "changed": ("修改", "changed"),
}
_WHAT: Mapping[What, tuple[str, str]] = {
    "element": ("环节", "element"),
    "flow": ("顺序流", "flow"),
    "process": ("流程", "process"),
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "kind": ("类型", "kind"),
    "place": ("所在流程或子流程", "process or sub-process it lies in"),
    "ways": ("走向", "ends"),
    "condition": ("条件", "condition"),
    "default": ("默认走向", "default way"),
    "event": ("触发方式", "trigger"),
    "timer": ("定时", "timer"),
    "message": ("消息、信号或代码", "message, signal or code"),
    "attached": ("所守的活动", "activity it guards"),
    "interrupting": ("是否中断", "interrupting"),
    "loop": ("循环或多实例", "loop"),
    "running": ("运行方式", "how it runs"),
    "role": ("角色", "role"),
    "form": ("表单", "form"),
    "commands": ("办理命令", "commands"),
    "holder": ("由谁负责", "whose time runs"),
    "effect": ("自动处理", "effect"),
    "deadline": ("期限", "deadline"),
    "clauses": ("依据条款", "clauses"),
    "assigns": ("赋值", "assignments"),
    "called": ("调用的流程", "called process"),
    "documentation": ("说明", "documentation"),
    "fields": ("表单字段", "form fields"),
    "call": ("外部服务", "web service"),
    "decision": ("所用决策表", "table it asks"),
    "order": ("判断次序", "order of ways"),
    "table": ("决策表", "decision table"),
}
_ANSWERS: Mapping[str, tuple[str, str]] = {"yes": ("是", "yes"), "no": ("否", "no")}
_REQUIRED = re.compile(" required(?=; |$)")  # of a field, at its end
NODE_KINDS: Mapping[str, tuple[str, str]] = {
    "start": ("开始事件", "start event"),
    "end": ("结束事件", "end event"),
    "catch": ("中间捕获事件", "catching event"),
    "throw": ("中间抛出事件", "throwing event"),
    "boundary": ("边界事件", "boundary event"),
    "task": ("任务", "task"),
    "user": ("用户任务", "user task"),
    "manual": ("手工任务", "manual task"),
    "service": ("服务任务", "service task"),
    "rule": ("业务规则任务", "business rule task"),
    "send": ("发送任务", "send task"),
    "receive": ("接收任务", "receive task"),
    "exclusive": ("排他网关", "exclusive gateway"),
    "parallel": ("并行网关", "parallel gateway"),
    "inclusive": ("包容网关", "inclusive gateway"),
    "complex": ("复杂网关", "complex gateway"),
    "event_gateway": ("事件网关", "event-based gateway"),
    "subprocess": ("子流程", "sub-process"),
    "event_subprocess": ("事件子流程", "event sub-process"),
    "call": ("调用活动", "call activity"),
}


def told(change: Change, language: Language) -> str:
    """Return one change as a line."""
    place = 0 if language == "zh" else 1
    what, kind = _WHAT[change.what][place], _KINDS[change.kind][place]
    called = (
        f"{change.name}（{change.element}）" if place == 0 else f"{change.name} ({change.element})"
    )
    called = called if change.name else change.element
    before, after = (_value(change.what, one, place) for one in (change.before, change.after))
    if change.kind != "changed":
        detail = after or before
        colon = ("：", ": ")[place] if detail else ""
        return f"{kind}{'' if place == 0 else ' '}{what} {called}{colon}{detail}"
    return f"{kind} {called} {what}{('：', ': ')[place]}{before or '—'} → {after or '—'}"


def kind_name(kind: str, language: Language) -> str:
    """Return what a kind of element is called."""
    both = NODE_KINDS.get(kind)
    return kind if both is None else both[0 if language == "zh" else 1]


def _value(what: What, text: str, place: int) -> str:
    """Return a value in words; what the diagram's author wrote stays as it is."""
    if what in ("element", "kind") and text in NODE_KINDS:
        return NODE_KINDS[text][place]
    if what in ("default", "interrupting") and text in _ANSWERS:
        return _ANSWERS[text][place]
    said = " ".join(text.split())
    return _REQUIRED.sub(" 必填", said) if what == "fields" and place == 0 else said
