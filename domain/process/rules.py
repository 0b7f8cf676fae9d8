"""The rules a diagram must keep, with what to say and what to do, in Chinese and English.

A rule of level `played` is a fault for everybody; `deployed` must hold before real cases run on a
diagram; `own` is what the shipped procedures keep on top. Below its level a broken rule is a
warning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["played", "deployed", "own"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: from which level on it must hold, and its sentences."""

    zh: str
    en: str
    level: Level = "played"


RULES: Mapping[str, Rule] = {
    "input": Rule("输入不对", "the input is wrong"),
    # files
    "file.size": Rule("文件过大或嵌套过深", "the file is too large or nested too deeply"),
    "file.xml": Rule("不是合格的 XML", "the file is not well-formed XML"),
    "file.doctype": Rule("不允许 DOCTYPE，请删除", "a DOCTYPE is not allowed; remove it"),
    "file.bpmn": Rule("根元素不是 BPMN 2.0 definitions", "the root is not BPMN 2.0 definitions"),
    "file.schema": Rule("不符合 BPMN 2.0 架构", "the BPMN 2.0 schema is not met", "deployed"),
    # references
    "id.duplicate": Rule("标识重复", "the id stands twice; ids must be unique in a file"),
    "ref.missing": Rule("引用的元素不存在", "the reference leads to nothing"),
    "ref.kind": Rule("引用的元素种类不对", "the reference leads to the wrong kind of element"),
    # elements
    "element.unsupported": Rule("不支持该元素，不能执行", "this element is not executed here"),
    "extension.unknown": Rule(
        "anjuan 扩展中没有这个元素或属性", "our namespace has no such element or attribute"
    ),
    "process.public": Rule("公开流程不能标为可执行", "a public process cannot be executable"),
    # expressions
    "expression.syntax": Rule("表达式无法解析", "the expression cannot be read"),
    "expression.function": Rule("表达式调用了不允许的函数", "the function is not in the list"),
    "expression.language": Rule("表达式语言不是 FEEL", "the expression language is not FEEL"),
    "condition.empty": Rule("条件为空", "the condition is empty"),
    # flows
    "flow.ends": Rule("顺序流的端点不是流节点", "an end of the flow is no flow node"),
    "flow.scope": Rule("顺序流跨越了边界", "the flow crosses a pool or sub-process border"),
    "flow.default": Rule("默认流不是该元素的出流", "the default is no outgoing flow of its owner"),
    "flow.lone_condition": Rule(
        "任务唯一的出流不能带条件", "the only flow out of a task has a condition"
    ),
    "flow.immediate": Rule("isImmediate 不能为 false", "isImmediate is false; leave it out"),
    "flow.listed": Rule(
        "所列的入流或出流不是该元素的",
        "a flow it lists does not lead here, or not from here",
        "own",
    ),
    "node.no_incoming": Rule("没有入流，永远到不了", "no flow leads here; connect or remove it"),
    "node.no_outgoing": Rule("没有出流，走不下去", "no flow leads on; connect it to an end"),
    # events
    "start.missing": Rule("有结束事件但没有开始事件", "there are end events but no start event"),
    "end.missing": Rule("有开始事件但没有结束事件", "there are start events but no end event"),
    "start.incoming": Rule("开始事件不能有入流", "a flow leads into a start event"),
    "end.outgoing": Rule("结束事件不能有出流", "a flow leads out of an end event"),
    "start.trigger": Rule("开始事件不能用这种触发", "a start event cannot have this trigger"),
    "end.trigger": Rule("结束事件不能用这种触发", "an end event cannot have this trigger"),
    "end.cancel": Rule("取消结束事件只能在事务里", "a cancel end stands outside a transaction"),
    "catch.trigger": Rule("捕获事件不能用这种触发", "a catching event cannot have this trigger"),
    "throw.trigger": Rule("抛出事件不能用这种触发", "a throwing event cannot have this trigger"),
    "intermediate.incoming": Rule("中间事件没有入流", "no flow leads into the event"),
    "intermediate.outgoing": Rule("中间事件没有出流", "no flow leads out of the event"),
    "escalation.code": Rule("抛出的升级没有代码", "an escalation is thrown without a code"),
    "event.definition_shared": Rule(
        "引用了另一事件内的定义", "the definition belongs to another event"
    ),
    "link.flow": Rule(
        "链接捕获事件不能有入流，抛出事件不能有出流",
        "a flow leads into a catching or out of a throwing link",
    ),
    "link.pair": Rule("同层没有配对的链接事件", "the link has no partner on its level"),
    # timers
    "timer.one": Rule(
        "定时须恰有日期、时长、循环之一", "a timer needs exactly one of date, duration, cycle"
    ),
    "timer.value": Rule("定时的值无法解析", "the time cannot be read; use ISO 8601 or law:KEY"),
    "timer.law": Rule("法律期限库中没有该键", "the law book has no such key", "deployed"),
    # messages
    "message.missing": Rule("消息事件没有指明消息", "the event names no message"),
    "signal.missing": Rule("信号事件没有指明信号", "the event names no signal"),
    "message.name": Rule(
        "两个消息或信号同名，按名称无法区分", "two have this name; by name only one is found",
        "deployed",
    ),
    "message.alike": Rule(
        "名称与另一个只差大小写、全半角或空格",
        "a name differs from another in case, width or blanks only", "own"
    ),
    "message.unheard": Rule(
        "文件中无处接收所发的消息或信号", "nothing in the file catches what is thrown", "own"
    ),
    "message_flow.ends": Rule("消息流的端点不对", "the message flow joins what it cannot join"),
    "message_flow.same_pool": Rule("消息流两端在同一池", "the message flow stays in one pool"),
    "message_flow.event": Rule(
        "消息流连接的开始或结束事件没有消息", "its start or end event has no message"
    ),
    # boundary
    "boundary.trigger": Rule("边界事件不能用这种触发", "a boundary event cannot have this trigger"),
    "boundary.cancel": Rule("取消边界事件只能用于事务", "cancel guards only a transaction"),
    "boundary.incoming": Rule("边界事件不能有入流", "a flow leads into a boundary event"),
    "boundary.outgoing": Rule("边界事件没有出流", "no flow leads out of the boundary event"),
    "compensation.flow": Rule(
        "补偿边界事件不能有出流，补偿活动不能有顺序流",
        "a flow leads out of a compensation event, or to or from what undoes",
    ),
    "compensation.handler": Rule(
        "补偿边界事件须关联一个补偿活动", "it needs one associated activity for compensation"
    ),
    # gateways
    "gateway.direction": Rule("网关方向与实际不符", "its direction is declared otherwise"),
    "gateway.single": Rule("网关既不分支也不合并", "the gateway neither splits nor merges"),
    "event_gateway.outgoing": Rule("事件网关少于两条出流", "fewer than two ways lead out"),
    "event_gateway.condition": Rule("事件网关的出流不能带条件", "a flow out of it has a condition"),
    "event_gateway.target": Rule(
        "事件网关后只能是捕获事件或接收任务，且只由它进入",
        "only catching events or receive tasks may follow, entered from here alone",
    ),
    "event_gateway.instantiating": Rule("启动流程的事件网关不能有入流", "a flow leads into it"),
    # activities
    "activity.quantity": Rule("令牌数量小于 1", "a token quantity is below 1"),
    "activity.two_loops": Rule("活动有两个循环标记", "the activity has two loop markers"),
    "multi_instance.cardinality": Rule("多实例没有次数或集合", "neither a count nor a collection"),
    "receive.instantiating": Rule("启动流程的接收任务不能有入流", "a flow leads into it"),
    "call.none_start": Rule("被调用流程没有普通开始", "the called process has no plain start"),
    # decisions
    "decision.task": Rule(
        "只有规则任务可以引用决策表，且不能另有效果",
        "only a business rule task names a table, and then no effect",
    ),
    "decision.missing": Rule("找不到该决策表", "there is no such decision table"),
    "decision.outside": Rule(
        "决策表须写在流程文件内，版本才固定", "the table is in another file; embed it", "deployed"
    ),
    "dmn.root": Rule("根元素不是 DMN 1.3–1.5 definitions", "the root is not DMN 1.3 to 1.5"),
    "dmn.unsupported": Rule("决策表不支持该内容", "this is not played in decision tables"),
    "dmn.table": Rule("决策表不完整", "the table is not complete"),
    "dmn.type": Rule("类型未知或取值与类型不符", "an unknown type, or a value of another type"),
    "dmn.value": Rule("结论不在允许的取值之内", "the value is not among those allowed"),
    "dmn.overlap": Rule("唯一命中的表有行重叠", "rows of a unique table overlap"),
    "dmn.differs": Rule("重叠的行结论不同", "rows that overlap say different things"),
    "dmn.never": Rule("该行永远不会命中", "this row can never hit", "deployed"),
    "dmn.gap": Rule("有情形没有任何行命中", "no row answers this", "own"),
    "dmn.too_large": Rule("表过大，未判定重叠与遗漏", "too large to look for overlaps", "own"),
    # sub-processes
    "subprocess.start_trigger": Rule(
        "子流程的开始事件不能有触发", "a sub-process starts without a trigger"
    ),
    "event_subprocess.flow": Rule("事件子流程不能有顺序流", "a flow leads in or out"),
    "event_subprocess.start": Rule(
        "事件子流程须恰有一个合适的触发开始", "it needs exactly one start with a fitting trigger"
    ),
    "adhoc.content": Rule("临时子流程的内容不对", "no activity inside, or start or end events"),
    # plain processes: forms and calls
    "field.name": Rule("字段或变量名不能用于表达式", "the name cannot be used in an expression"),
    "field.type": Rule(
        "字段类型不对，或选择项为空", "no such type of field, or a choice without options"
    ),
    "call.address": Rule(
        "地址须为不含凭据的 http(s) 地址", "no http(s) address, or one with credentials"
    ),
    "extension.code": Rule(
        "effect、commands 指向程序代码，自行部署的流程没有代码",
        "effect and commands name code, which a deployed process does not have", "deployed",
    ),
    "deploy.one_process": Rule(
        "部署的文件须恰有一个可执行流程", "a deployed file has exactly one executable process",
        "deployed",
    ),
    # soundness: to be deployed
    "sound.deadlock": Rule("有走到死锁的路径", "a path ends in a deadlock", "deployed"),
    "sound.doubled": Rule("令牌会重复", "a token can be doubled here", "deployed"),
    "sound.endless": Rule("从这里走不到结束", "no way leads to an end from here", "deployed"),
    "sound.dead": Rule("永远执行不到", "no path leads here", "deployed"),
    "sound.cycle": Rule("循环中没有等待", "a cycle without a wait", "deployed"),
    "sound.choice": Rule("分支可能没有出路", "no way out may be left; add a default", "deployed"),
    "sound.too_large": Rule("流程过大，无法判定", "too many states to be judged", "deployed"),
    # our own
    "wait.deadline": Rule(
        "等待没有期限，也没有注明无法定期限", "a wait has neither a deadline nor a reason for none",
        "own",
    ),
    "task.role": Rule("用户任务没有角色", "a user task names no role", "own"),
    "task.form": Rule("用户任务没有表单", "a user task names no form", "own"),
    "element.clause": Rule("没有注明依据条款", "no clause is cited", "own"),
}  # fmt: skip
