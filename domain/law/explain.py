"""Says in words why a term ends on the day it ends."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from domain.kernel.errors import Language
from domain.kernel.terms import Term, Unit
from domain.kernel.times import minute_in_china
from domain.law.clock import Due, Lead, LedgerDay, Paused

_ORDINARY = frozenset({"工作日", "计入", "顺延至此", "固定日期"})
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_UNITS_ZH: dict[Unit, str] = {
    "working_day": "个工作日",
    "day": "天",
    "month": "个月",
    "year": "年",
    "date": "",
}
_UNITS_EN: dict[Unit, str] = {
    "working_day": "working day",
    "day": "day",
    "month": "month",
    "year": "year",
    "date": "",
}


def amount_text(term: Term, language: Language) -> str:
    """Return the length of `term` in words: `7个工作日`, `7 working days`, `12月31日`."""
    if term.unit == "date":
        month, day = divmod(term.amount, 100)
        return f"{month}月{day}日" if language == "zh" else f"{day} {_MONTHS[month - 1]}"
    return _length(term.amount, term.unit, language)


def day_text(day: date, language: Language) -> str:
    """Return `day` with its weekday: `2026年10月13日（周二）`, `Tuesday 13 October 2026`."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def explain(term: Term, answer: Due | Paused | Lead, language: Language) -> str:
    """Return one or two sentences that say why `answer` is the day, for people."""
    if term.unit == "second" and isinstance(answer, Due):
        return _by_clock(answer, language)
    sentence = _sentence_zh(term, answer) if language == "zh" else _sentence_en(term, answer)
    return sentence + _not_counted(answer.ledger, language) + _remarks(answer, language)


def _by_clock(answer: Due, language: Language) -> str:
    """Return when a timer of a diagram ends: no day is counted, so there is no way to tell."""
    at = minute_in_china(answer.effective)
    if language == "zh":
        return f"流程图上的定时，{at}到时，按钟表计算，不因放假顺延。"
    return f"A timer of the diagram, until {at}, by the clock; rest days do not move it."


def _sentence_zh(term: Term, answer: Due | Paused | Lead) -> str:
    first = day_text(answer.ledger[0].day, "zh")
    match answer:
        case Lead(last_day=last):
            length = amount_text(term, "zh")
            return f"{first}当日不计，提前{length}，最迟{day_text(last, 'zh')}24:00前。"
        case Paused(left=left, since=since):
            return f"{day_text(since, 'zh')}起暂停，还剩{_left(term, left, 'zh')}，恢复后再定末日。"
        case Due(due=last) if term.unit == "date":
            return f"固定日期，{day_text(last, 'zh')}24:00截止，不因放假顺延。"
        case Due(due=last):
            length = _told(term, answer, "zh")
            return f"{first}起算，当日不计，{length}，{day_text(last, 'zh')}24:00期满。"


def _sentence_en(term: Term, answer: Due | Paused | Lead) -> str:
    first = day_text(answer.ledger[0].day, "en")
    match answer:
        case Lead(last_day=last):
            length = amount_text(term, "en")
            return f"{length} before {first}, not counted: {day_text(last, 'en')}, until 24:00."
        case Paused(left=left, since=since):
            left_text = _left(term, left, "en")
            return f"Suspended since {day_text(since, 'en')}, {left_text} left to run on resuming."
        case Due(due=last) if term.unit == "date":
            return f"A fixed day: {day_text(last, 'en')}, until 24:00; no holiday moves it."
        case Due(due=last):
            length = _told(term, answer, "en")
            return f"{length} from {first}, not counted: {day_text(last, 'en')}, until 24:00."


def _length(amount: int, unit: Unit, language: Language) -> str:
    if language == "zh":
        return f"{amount}{_UNITS_ZH[unit]}"
    return f"{amount} {_UNITS_EN[unit]}{'' if amount == 1 else 's'}"


def _told(term: Term, answer: Due, language: Language) -> str:
    """Return the length counted: the officer's, where one was set within the term."""
    if term.unit in ("working_day", "day"):
        counted = max(line.n or 0 for line in answer.ledger)
        return _length(counted, term.unit, language)
    return amount_text(term, language)


def _left(term: Term, left: int, language: Language) -> str:
    return _length(left, "working_day" if term.unit == "working_day" else "day", language)


def _not_counted(ledger: Sequence[LedgerDay], language: Language) -> str:
    """Name what was skipped with its number of days, and what was worked on a weekend."""
    skipped = Counter(
        _kind(line, language)
        for line in ledger[1:]
        if not line.counts and line.why not in _ORDINARY
    )
    swapped = [line for line in ledger[1:] if line.counts and line.why not in _ORDINARY]
    if language == "zh":
        parts = [f"{kind}{days}天" for kind, days in skipped.items()]
        worked = [f"{line.day.month}月{line.day.day}日{line.why}" for line in swapped]
        return _clause("不计：", "、".join(parts), "。") + _clause(
            "计入：", "、".join(worked), "。"
        )
    parts = [f"{kind} ({days})" for kind, days in skipped.items()]
    worked = [f"{line.day.day} {_MONTHS[line.day.month - 1]}, a {line.why_en}" for line in swapped]
    return _clause(" Not counted: ", ", ".join(parts), ".") + _clause(
        " Counted: ", "; ".join(worked), "."
    )


def _kind(line: LedgerDay, language: Language) -> str:
    if line.why in _WEEKDAYS:
        return "周末" if language == "zh" else "weekend"
    return line.why if language == "zh" else line.why_en


def _clause(head: str, body: str, end: str) -> str:
    return f"{head}{body}{end}" if body else ""


def _remarks(answer: Due | Paused | Lead, language: Language) -> str:
    remarks: list[str] = []
    if isinstance(answer, Due) and answer.moved:
        remarks.append(
            "末日为休息日，顺延至次一工作日（本地惯例）。"
            if language == "zh"
            else " The last day was a day of rest and moved on (local practice)."
        )
    if answer.provisional:
        remarks.append(
            "暂定：涉及尚未公布放假安排的年份。"
            if language == "zh"
            else " Provisional: it touches a year whose holidays are not published."
        )
    return "".join(remarks)
