"""For whom a case waits, until when, and what happens if nothing happens: in one sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.case.labels import label, word
from domain.case.queue import next_due, waiting_task
from domain.case.state import Case, Task
from domain.case.views.days import day_text
from domain.case.views.spans import instant_words, span_words, time_left
from domain.case.views.terms import deadline_of, reminds
from domain.kernel.errors import Language
from domain.law import jurisdiction as tree
from domain.law.clock import working_days_left
from domain.ports import World
from domain.procedures.table import procedure
from domain.process.marking import Marking

_OUTSIDE: Mapping[str, tuple[str, str]] = {  # by kind of wait
    "message": ("消息", "the message"),
    "receive": ("消息", "the message"),
    "signal": ("信号", "the signal"),
    "service": ("外部服务", "the web service"),
    "send": ("外部服务", "the web service"),
}
_SOMEBODY = {"institution.*": "institution.operator", "center.*": "center.clerk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """For whom a case waits and until when."""

    role: str  # a role, "public" while a notice runs, "law" while only time is waited for
    organisation: str  # its name
    organisation_en: str
    task: str  # form of the task; "" when only time is waited for
    key: str = ""  # of the deadline; "" when no text sets one
    until: date | None = None
    working_days_left: int | None = None  # 0 on the last day, negative when overdue
    cite: str = ""
    local_practice: bool = False
    paused: bool = False
    unserved: bool = False  # the letter that starts the term has not reached its addressee
    plain: bool = False  # the diagram alone sets terms, no text
    ends: datetime | None = None  # of a term that runs by the clock
    left: timedelta | None = None  # of it, negative once it is over

    def sentence(self, language: Language) -> str:
        """Return it as people say it."""
        if language == "zh":
            return f"{self._who_zh()}{self._when_zh()}"
        return f"{self._who_en()}{self._when_en()}"

    def _who_zh(self) -> str:
        if not self.task:
            running = label("key", self.key, "zh")
            return f"“{running}”计时中" if self.plain else f"{running}进行中"
        return f"等待{self.organisation}{label('duty', self.task, 'zh')}"

    def _who_en(self) -> str:
        if not self.task:
            running = label("key", self.key, "en")
            return f"“{running}” is counting" if self.plain else f"The {running} is running"
        return f"Waiting for {self.organisation_en} {label('duty', self.task, 'en')}"

    def _when_zh(self) -> str:
        if self.paused:
            return "，期限已暂停"
        if self.unserved:
            return "，期限自送达之日的次日起计算"
        if self.ends is not None and self.left is not None:
            over = "已届满" if self.left <= timedelta() else f"还有{span_words(self.left, 'zh')}"
            return f"，截至{instant_words(self.ends, 'zh')}，{over}"
        if self.until is None or self.working_days_left is None:
            return "，未设期限" if self.plain else "，法规未定期限"
        left, until = self.working_days_left, day_text(self.until, "zh")
        if left < 0:
            return f"，截至{until}，已超期{-left}个工作日"
        if left == 0:
            return f"，截至{until}，今天截止"
        return f"，截至{until}，还有{left}个工作日"

    def _when_en(self) -> str:
        if self.paused:
            return "; the term is suspended"
        if self.unserved:
            return "; the term starts once the letter is served"
        if self.ends is not None and self.left is not None:
            gone = self.left <= timedelta()
            over = "which is over" if gone else f"{span_words(self.left, 'en')} left"
            return f", until {instant_words(self.ends, 'en')}, {over}"
        if self.until is None or self.working_days_left is None:
            return "; no deadline is set" if self.plain else "; no text sets a term"
        left, until = self.working_days_left, day_text(self.until, "en")
        days = "1 working day" if abs(left) == 1 else f"{abs(left)} working days"
        if left < 0:
            return f", until {until}, {days} overdue"
        return f", until {until}, {days} left" if left else f", until {until}, which is today"


@dataclass(frozen=True, slots=True, kw_only=True)
class IfNothing:
    """What happens by itself when nobody acts: by law, or by a timer of the diagram."""

    key: str  # of the deadline
    event: str  # what the law does; "" where the stage or a timer only ends
    effective: datetime  # 24:00 of the last day; of a timer that runs by the clock its instant
    cite: str
    local_practice: bool = False
    plain: bool = False  # the diagram alone says what comes: its timer is named

    def sentence(self, language: Language) -> str:
        """Return it as people say it."""
        if self.plain:
            name = label("key", self.key, language)
            zh, en = f"期满后，流程从“{name}”继续", f"Then the process goes on from “{name}”"
            return zh if language == "zh" else en
        said = word("otherwise", self.event or self.key, language)
        return said or label("otherwise", "", language)


def wait(case: Case, world: World, now: datetime) -> WaitView | None:
    """Return for whom the case waits; None once it has ended."""
    if case.ended:
        return None
    task = waiting_task(case)
    deadline = deadline_of(world, case, task)
    if task is None and deadline is None:
        return None
    name, name_en = _organisation(case, task)
    role = _SOMEBODY.get(task.role, task.role) if task is not None else _no_ones(case)
    due = deadline.due if deadline is not None else None
    left = time_left(deadline, now) if deadline is not None else None
    return WaitView(
        role=role,
        organisation=name,
        organisation_en=name_en,
        task=task.form if task is not None else "",
        key=deadline.key if deadline is not None else "",
        until=due,
        working_days_left=working_days_left(now, due, world.calendar) if due is not None else None,
        cite=deadline.term.cite if deadline is not None else "",
        local_practice=deadline is not None and deadline.term.local_practice,
        paused=deadline is not None and deadline.state == "suspended",
        unserved=deadline is None and _under_way(case, task),
        plain=procedure(case.procedure).plain is not None,
        ends=deadline.effective if left is not None and deadline is not None else None,
        left=left,
    )


def next_sentence(case: Case, world: World, now: datetime, language: Language) -> str:
    """Return what comes next: the wait sentence, or how the case ended."""
    found = wait(case, world, now)
    if found is not None:
        return found.sentence(language)
    if not case.ended:  # nobody has a task and no term runs
        return _outside(case, world, language)
    status = label("status", case.status, language)
    return f"办件已结束：{status}" if language == "zh" else f"The case has ended: {status}"


def _outside(case: Case, world: World, language: Language) -> str:
    """Return what the case waits for that comes from outside, as the diagram calls it."""
    definition = world.definitions.pinned(case.definition)
    said = list[str]()
    for one in Marking.from_json(case.marking).waits if case.marking else ():
        named = definition.messages.get(one.ref or "") or definition.signals.get(one.ref or "")
        kind = _OUTSIDE.get(one.kind)
        if kind is not None:
            zh, en = kind
            name = named.name or named.id if named else definition.node(one.element).name
            said.append(f"{zh}“{name}”" if language == "zh" else f"{en} “{name}”")
    if not said:
        return "等待外部答复" if language == "zh" else "Waiting for an answer from outside"
    return f"等待{'、'.join(said)}" if language == "zh" else f"Waiting for {', '.join(said)}"


def if_nothing_happens(case: Case, world: World) -> IfNothing | None:
    """Return what the next deadline that lapses brings about; None when nothing comes by itself.

    Of a plain process it is the next open timer, whoever is waited for, on any branch; one that
    only reminds is passed over.
    """
    plain = procedure(case.procedure).plain is not None
    if plain:
        definition = world.definitions.pinned(case.definition)
        open_ = (one for one in case.deadlines if one.state == "open")
        told = tuple(one for one in open_ if not reminds(definition, one.element))
        case = replace(case, deadlines=told)
    due = next_due(case)
    if due is None or due.effective is None:
        return None
    return IfNothing(
        key=due.key,
        event=due.term.consequence or "",
        effective=due.effective,
        cite=due.term.cite,
        local_practice=due.term.local_practice,
        plain=plain,
    )


def _under_way(case: Case, task: Task | None) -> bool:
    """Whether the letter that asks the applicant for something has not been served yet."""
    asked = task is not None and task.holder == "applicant" and bool(case.notices)
    return asked and case.notices[-1].unserved


def _organisation(case: Case, task: Task | None) -> tuple[str, str]:
    """Return who is waited for, in Chinese and English."""
    if task is not None and task.holder == "applicant":
        return case.applicant.name, case.applicant.name
    if task is None:
        return label("role", _no_ones(case), "zh"), label("role", _no_ones(case), "en")
    if task.role == "ministry.center":
        return label("role", task.role, "zh"), label("role", task.role, "en")
    return _centers(case.awaited or (case.jurisdiction,))


def _no_ones(case: Case) -> str:
    """Return the role that stands where nobody has a task: the public only under a notice."""
    return "public" if case.status == "publicity" else "law"


def _centers(places: tuple[str, ...]) -> tuple[str, str]:
    """Return the centers of some places, by name where the table has it."""
    zh = "、".join(f"{tree.name(one) or f'{one} '}鉴定中心" for one in places)
    en = " and ".join(
        f"{tree.name(one)}鉴定中心" if tree.name(one) else f"the center of {one}" for one in places
    )
    return zh, en
