"""The refusals every case knows (VOCABULARY §1), in the order in which they are looked for."""

import re
from dataclasses import dataclass
from typing import ClassVar

from domain.case.labels import label
from domain.case.state import Notice, Task
from domain.kernel.errors import Language, Refusal
from domain.kernel.faults import Fault
from domain.kernel.times import minute_in_china, parse_instant
from domain.law import jurisdiction as tree
from domain.process.obstacles import Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed(Refusal):
    """The payload has no valid form; the edge says so first, this is the second wall."""

    code: ClassVar[str] = "command.malformed"
    zh: ClassVar[str] = "内容格式有误：{faults}"
    en: ClassVar[str] = "the content is malformed: {faults}"

    faults: tuple[str, ...]

    def text(self, language: Language) -> str:
        """Return the sentence for people, with every fault."""
        said = self.zh if language == "zh" else self.en
        return said.format(faults="; ".join(self.faults))


def malformed(faults: tuple[Fault, ...]) -> Malformed:
    """Return the refusal of a payload with `faults`."""
    return Malformed(faults=tuple(f"{one.pointer or '/'} {one.zh} · {one.en}" for one in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Refusal):
    """A refusal whose sentence says statuses, stages, roles and commands in words."""

    def text(self, language: Language) -> str:
        """Return the sentence for people."""
        said = {name: _said(name, value, language) for name, value in self.evidence().items()}
        return (self.zh if language == "zh" else self.en).format(**said)


def _said(name: str, value: object, language: Language) -> object:
    if isinstance(value, tuple):
        between = "、" if language == "zh" else ", "
        return between.join(str(_said(name, one, language)) for one in value)
    if name == "jurisdiction" and (place := tree.name(str(value))):
        return f"{place}（{value}）" if language == "zh" else f"{place} ({value})"
    if name == "at" and _INSTANT.match(str(value)):
        return minute_in_china(parse_instant(str(value)))
    kind = _KINDS.get(name)
    if kind is None or not isinstance(value, str):
        return value
    return label(kind, value, language)


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
_KINDS = {
    "status": "status",
    "stage": "stage",
    "command": "command",
    "role": "role",
    "roles": "role",
    "earlier": "event",
    "key": "key",
    "bar": "bar",
    "method": "method",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HasEnded(Named):
    """The case has come to its end (已办结)."""

    code: ClassVar[str] = "case.closed"
    zh: ClassVar[str] = "办件已结束（{status}），不能再办理；如需继续请另行申请"
    en: ClassVar[str] = "the case has ended ({status}); file a new application to go on"

    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRequired(Named):
    """Another role must do this."""

    code: ClassVar[str] = "case.role_required"
    zh: ClassVar[str] = "本事项须由{roles}办理，您的角色是{role}；请转交有权人员"
    en: ClassVar[str] = "this is for {roles}, you act as {role}; pass it to who may"

    role: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideJurisdiction(Named):
    """The case is another office's or another applicant's."""

    code: ClassVar[str] = "case.outside_jurisdiction"
    zh: ClassVar[str] = "本办件由{jurisdiction}办理，不属您的管辖或单位；请向该机关提出"
    en: ClassVar[str] = "this case is with {jurisdiction}, not yours to act on; turn to that office"

    jurisdiction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongStage(Named):
    """The case is not where this can be done."""

    code: ClassVar[str] = "case.wrong_stage"
    zh: ClassVar[str] = "办件处于“{stage}”阶段，不能办理“{command}”；可办事项见办件页"
    en: ClassVar[str] = (
        "the case is at “{stage}”, where {command} is not possible; its page shows what is"
    )

    stage: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionConflict(Refusal):
    """Somebody acted in between."""

    code: ClassVar[str] = "case.version_conflict"
    zh: ClassVar[str] = "您看到的是第 {seen} 版，办件已是第 {version} 版；请重新查看后再办"
    en: ClassVar[str] = (
        "you saw version {seen}, the case is at {version}; read it again, then decide"
    )

    seen: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson(Named):
    """One person may not do both (经办与审核分离)."""

    code: ClassVar[str] = "case.same_person"
    zh: ClassVar[str] = "{person} 已办理 {earlier}，不得再办理本事项；请由另一人办理"
    en: ClassVar[str] = "{person} did {earlier} and may not do this too; another person must"

    person: str
    earlier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAlreadyDone(Named):
    """A colleague was faster."""

    code: ClassVar[str] = "task.already_done"
    zh: ClassVar[str] = "该任务已由 {by} 于 {at} 办理，无需重复"
    en: ClassVar[str] = "{by} did this task at {at}; nothing is left to do"

    by: str
    at: str

    @classmethod
    def of(cls, task: Task) -> "TaskAlreadyDone":
        """Return the refusal that tells who did the task, and when."""
        return cls(by=task.done_by, at=minute_in_china(task.done_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAlreadyClaimed(Refusal):
    """A colleague has taken the task on (认领), or it has gone to another one meanwhile."""

    code: ClassVar[str] = "task.already_claimed"
    zh: ClassVar[str] = "该任务已由 {by} 于 {at} 认领；请与其商量，或由负责人改派"
    en: ClassVar[str] = "{by} took this task on at {at}; talk to them, or have it assigned to you"

    by: str
    at: str

    @classmethod
    def of(cls, task: Task) -> "TaskAlreadyClaimed":
        """Return the refusal that tells who has the task, and since when."""
        return cls(by=task.assignee, at=minute_in_china(task.assigned_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed(Named):
    """A letter that was served has taken effect: not served again, nor declared void (作废)."""

    code: ClassVar[str] = "notice.already_served"
    zh: ClassVar[str] = (
        "文书 {number} 已于 {at} 送达（{method}）并生效，无须再次送达，也不能作废；"
        "如需更改请依法另行决定"
    )
    en: ClassVar[str] = (
        "{number} was served at {at} ({method}) and has taken effect; it is not served again and"
        " cannot be void, decide anew by law"
    )

    number: str
    at: str
    method: str

    @classmethod
    def of(cls, letter: Notice) -> "NoticeServed":
        """Return the refusal that tells when and how the letter was served."""
        at = minute_in_china(letter.served_at)
        return cls(number=letter.number, at=at, method=letter.method)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIsVoid(Refusal):
    """The letter was declared void: neither served nor voided any more."""

    code: ClassVar[str] = "notice.is_void"
    zh: ClassVar[str] = "文书 {number} 已于 {at} 作废；请办理替代它的文书"
    en: ClassVar[str] = "{number} was declared void at {at}; go on with the letter in its place"

    number: str
    at: str

    @classmethod
    def of(cls, letter: Notice) -> "NoticeIsVoid":
        """Return the refusal that tells since when the letter is void."""
        return cls(number=letter.number, at=minute_in_china(letter.voided_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOfOtherOffice(Refusal):
    """Another office issued the letter."""

    code: ClassVar[str] = "notice.other_office"
    zh: ClassVar[str] = "文书 {number} 由 {office} 签发，只能由该机关作废；请与该机关联系"
    en: ClassVar[str] = (
        "{office} issued {number} and alone may declare it void; turn to that office"
    )
    forbidden: ClassVar[bool] = True

    number: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotExtendable(Named):
    """The law of this term allows no extension (不得延长)."""

    code: ClassVar[str] = "deadline.not_extendable"
    zh: ClassVar[str] = "{key}（至多 {most}）依 {citation} 不得延长到 {amount}；请在期限内办理"
    en: ClassVar[str] = (
        "{citation} does not let {key} (at most {most}) grow to {amount}; act within it"
    )
    recorded: ClassVar[bool] = True

    key: str
    most: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReasonsRequired(Refusal):
    """The law wants a reason and a ground with this."""

    code: ClassVar[str] = "law.reasons_required"
    zh: ClassVar[str] = "须写明理由和依据文件；请补全后再提交"
    en: ClassVar[str] = "state the reason and the document it stands on, then send again"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMovable(Refusal):
    """The case cannot go on in that version of its diagram, for each of these reasons."""

    code: ClassVar[str] = "process.not_movable"
    zh: ClassVar[str] = "办件不能迁移到这个版本的流程图：{reasons}"
    en: ClassVar[str] = "the case cannot move to that version of its diagram: {reasons}"

    obstacles: tuple[Obstacle, ...]

    def text(self, language: Language) -> str:
        """Return the sentence for people, with every reason."""
        said = self.zh if language == "zh" else self.en
        between = "；" if language == "zh" else "; "
        return said.format(reasons=between.join(one.text(language) for one in self.obstacles))

    def evidence(self) -> dict[str, object]:
        """Return each reason as code, element and sentences."""
        return {
            "obstacles": tuple(f"{one.why}:{one.element}" for one in self.obstacles),
            "zh": tuple(one.text("zh") for one in self.obstacles),
            "en": tuple(one.text("en") for one in self.obstacles),
            "citation": self.citation,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyThere(Refusal):
    """The case runs on that diagram already; nothing is left to do."""

    code: ClassVar[str] = "process.already_there"
    zh: ClassVar[str] = "办件已在这个版本的流程图上，无需迁移"
    en: ClassVar[str] = (
        "the case already runs on that version of its diagram; nothing is to be done"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownDiagram(Refusal):
    """Nobody kept a diagram with that hash here."""

    code: ClassVar[str] = "process.unknown_diagram"
    zh: ClassVar[str] = "这里没有保存哈希为 {to} 的流程图；请先交来文件"
    en: ClassVar[str] = "no diagram with the hash {to} is kept here; hand the file in first"

    to: str
