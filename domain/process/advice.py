"""Why a played run did not come to its end, and what to give it so that it does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from domain.process.dmn.playing import SENTENCES, Trouble
from domain.process.model import TASKS, Definition, Event, Flow, Node
from domain.process.simulate import Played

MANY = 100  # times a flow is taken before we speak of going round


@dataclass(frozen=True, slots=True)
class Hint:
    """A reason, or a way on, in Chinese and English."""

    zh: str
    en: str
    given: Mapping[str, Any] | None = None  # input that opens the way, as `parse_script` takes it


def hints(definition: Definition, played: Played) -> Iterator[Hint]:
    """Yield why a run failed or stands still, then what could lead it on; nothing for any other."""
    advice = _Advice(definition)
    if played.status == "stuck":
        yield from advice.standing(played)
    elif played.error == "run.too_long":
        yield from advice.turning(played)
    elif played.status == "error":
        yield advice.failed(played.error or "", played.failed)


class _Advice:
    def __init__(self, definition: Definition) -> None:
        self._definition, self._nodes = definition, definition.nodes

    # ---- going round

    def turning(self, played: Played) -> Iterator[Hint]:
        took = Counter(line.element for line in played.log if line.what == "taken")
        most = max(took.values(), default=0)
        if most < MANY:
            at = played.failed and f"{self._called(played.failed)}: "
            yield Hint(
                f"{at}步数超过上限，或时刻超出公元 9999 年",
                f"{at}more steps than one run may take, or a time beyond the year 9999",
            )
            return
        turned = [self._definition.flows[one] for one, times in took.items() if 2 * times >= most]
        inside = dict.fromkeys(end for flow in turned for end in (flow.source, flow.target))
        names = " → ".join(map(self._called, inside))
        yield Hint(f"一直在转圈：{names}", f"it goes round and round: {names}")
        for element in inside:
            yield from self._exits(self._nodes[element], turned, inside)

    def _exits(self, node: Node, turned: Sequence[Flow], inside: Iterable[str]) -> Iterator[Hint]:
        for flow in node.outgoing:
            if flow in turned:
                continue
            if node.kind == "event_gateway":
                yield from self._event(self._nodes[flow.target])
            else:
                yield from self._way(node, flow)
        for guard in self._definition.boundaries.get(node.id, ()):
            if guard.id not in inside:
                yield from self._event(guard)

    def _way(self, node: Node, flow: Flow) -> Iterator[Hint]:
        to = f"{self._called(node.id)} → {self._called(flow.target)}"
        said, names = _conditions([flow])
        others, all_names = _conditions(node.outgoing)
        if said:
            read = _listed(names)
            yield Hint(
                f"{to}：须使 {said} 成立（{read.zh}）", f"{to}: {said} must hold ({read.en})"
            )
        elif flow.id == node.default and others:
            read = _listed(all_names)
            yield Hint(
                f"{to}：须使 {others} 都不成立（{read.zh}）",
                f"{to}: none of {others} may hold ({read.en})",
            )

    # ---- standing still

    def standing(self, played: Played) -> Iterator[Hint]:
        for wait in played.marking.waits:
            if wait.role not in ("token", "choice", "part"):
                continue
            node = self._nodes[wait.element]
            if wait.kind in TASKS and wait.ref is None:
                where = self._called(node.id)
                yield Hint(f"{where}：办理一直没有结束", f"{where}: its work never ends")
            elif wait.kind != "multiple":
                yield from self._event(node)
        for join in played.marking.joins:
            where = self._called(join.element)
            yield Hint(
                f"{where}：已到的令牌还在等其他令牌",
                f"{where}: the tokens that came wait for others",
            )

    def _event(self, node: Node) -> Iterator[Hint]:
        for part in node.event.parts:
            if (found := self._part(node, part)) is not None:
                yield found

    def _part(self, node: Node, part: Event) -> Hint | None:
        where, at, ref = self._called(node.id), node.attached_to, part.ref or ""
        match part.trigger:
            case "message" | "signal" as kind:
                return self._arrival(where, kind, ref)
            case "conditional" if part.condition is not None:
                said, read = part.condition.text, _listed(part.condition.names)
                return Hint(
                    f"{where}：须使 {said} 成立（{read.zh}）",
                    f"{where}: {said} must hold ({read.en})",
                )
            case "timer" if at is not None:
                task = self._called(at)
                return Hint(
                    f"{where}：须让 {task} 办到 {part.timer} 以后",
                    f"{where}: {task} must take longer than {part.timer}",
                    self._job(at, {"wait": "forever"}),
                )
            case "error" | "escalation" as kind if at is not None:
                job = {"error" if kind == "error" else "escalate": ref or "E"}
                said = f"{self._called(at)} {ref}".strip()
                return Hint(
                    f"{where}：须抛出 {said}",
                    f"{where}: needs the {kind} {said}",
                    self._job(at, job),
                )
            case _:
                return None

    def _arrival(self, where: str, kind: Literal["message", "signal"], ref: str) -> Hint:
        its = self._definition.messages if kind == "message" else self._definition.signals
        said = "消息" if kind == "message" else "信号"
        name = (its[ref].name if ref in its else "") or ref
        en = f"{where}: needs the {kind} {name}"
        return Hint(f"{where}：须收到{said} {name}", en, {"arrivals": [{kind: ref}]})

    def _job(self, task: str, job: Mapping[str, str]) -> Mapping[str, Any] | None:
        return {"jobs": {task: [job]}} if self._nodes[task].kind in TASKS else None

    # ---- failed

    def failed(self, code: str, element: str) -> Hint:
        where = self._called(element)
        match code:
            case "gateway.no_flow":
                said, names = _conditions(self._nodes[element].outgoing)
                read = _listed(names)
                return Hint(
                    f"{where}：没有一条出路可走，{said} 都不成立（{read.zh}）",
                    f"{where}: no way may be taken, none of {said} holds ({read.en})",
                )
            case "loop.cardinality":
                return Hint(
                    f"{where}：次数不是自然数，或集合不是列表",
                    f"{where}: its count is no natural number, or its collection no list",
                )
            case "law.no_rule":
                return Hint(
                    f"{where}：法律期限库中没有该地区、该日的规则；请写明 jurisdiction 和 start",
                    f"{where}: the law book has no rule there and then; say jurisdiction and start",
                )
            case _ if code in SENTENCES:
                return Hint(*SENTENCES[cast(Trouble, code)])
            case _:
                return Hint(
                    f"没有边界事件或事件子流程接住错误 {code}",
                    f"no boundary event and no event sub-process catches the error {code}",
                )

    def _called(self, element: str) -> str:
        node = self._nodes.get(element)
        return (node.name if node is not None else "") or element


def _conditions(flows: Iterable[Flow]) -> tuple[str, frozenset[str]]:
    """Return the conditions on flows, and the variables they read."""
    found = [one.condition for one in flows if one.condition is not None]
    names = frozenset[str]().union(*(one.names for one in found))
    return "; ".join(one.text for one in found), names


def _listed(names: Iterable[str]) -> Hint:
    said = ", ".join(sorted(names)) or "–"
    return Hint(f"变量：{said}", f"variables: {said}")
