"""Why tokens cannot go on in another version of their diagram."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.kernel.errors import Language

Why = Literal[
    "process", "gone", "retyped", "scope", "loop", "timer_fired", "join", "message", "stuck",
    "undoing", "effect", "deadline_rests", "deadline_past",
]  # fmt: skip

_SAID: Mapping[Why, tuple[str, str]] = {
    "process": (
        "新图中没有这个流程；请选用同一流程的新版本",
        "the new diagram has no such process; choose another version of the same one",
    ),
    "gone": (
        "办件停在这里，新图中没有这个环节；可用 --map 旧=新 指明它现在叫什么",
        "the case stands here and the new diagram has no such element; if it has another id now,"
        " say so with --map old=new",
    ),
    "retyped": (
        "办件停在这里，新图中它是另一种环节；请等办件走过这里再迁移",
        "the case stands here and the element is of another kind in the new diagram; move the case"
        " once it has passed",
    ),
    "scope": (
        "办件停在这里，新图把它移进或移出了子流程；请等办件走过这里再迁移",
        "the case stands here and the new diagram has moved the element into another sub-process;"
        " move the case once it has passed",
    ),
    "loop": (
        "多实例或循环已办了一部分，新图改了它的做法；请等它办完再迁移",
        "a multi-instance or loop is half done and the new diagram changes how it runs; move the"
        " case once it is done",
    ),
    "timer_fired": (
        "这里的定时已经触发，新图换上了别的定时，可能再次起算；请用 --map 旧=新 指明是哪一个",
        "the timer here has already fired and the new diagram has another one, which could start"
        " again; say with --map old=new which one it is",
    ),
    "join": (
        "已有令牌在此等待汇合，新图中没有它走来的那条线；可用 --map 旧=新 指明",
        "a token waits here to be joined and the new diagram lacks the flow it came by; say with"
        " --map old=new which one it is",
    ),
    "message": (
        "已收到而尚未使用的消息在新图中不存在",
        "a message that came and was not taken yet does not exist in the new diagram",
    ),
    "stuck": (
        "从这里出发，办件在新图中走不到结束；请修改新图，或等办件走过这里",
        "from where the case stands it cannot reach an end in the new diagram; mend the diagram, or"
        " move the case once it has passed",
    ),
    "undoing": (
        "补偿正在进行；请等它结束再迁移",
        "a compensation is under way; move the case once it is done",
    ),
    "effect": (
        "新图要求的自动处理或办理命令，本程序没有；请修改新图",
        "the new diagram asks for an effect or command this procedure does not have; mend the"
        " diagram",
    ),
    "deadline_rests": (
        "期限暂停中，或曾被暂停、延长，不能这样改；请先恢复，或选择保留",
        "the term rests, or an official has suspended or extended it, and cannot be changed so;"
        " resume it first, or keep it",
    ),
    "deadline_past": (
        "重算后的期限已经届满，迁移会使其立即到期；请选择保留或重起",
        "derived anew the term would have ended already and lapse at once; keep or reset it",
    ),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a case cannot move, at an element of its present diagram."""

    why: Why
    element: str
    name: str = ""  # of the element, for people

    def text(self, language: Language) -> str:
        """Return the reason for people, with what can be done."""
        zh, en = _SAID[self.why]
        called = f"{self.name}（{self.element}）" if self.name else self.element
        return f"{called}：{zh}" if language == "zh" else f"{self.name or self.element}: {en}"
