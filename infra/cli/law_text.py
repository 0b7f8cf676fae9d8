"""What `anjuan law` says to people: plain lines, Chinese first, dates in front so they align."""

from datetime import date

from domain.law import jurisdiction as tree
from domain.law.answers import JsonObject

_UNITS = {
    "working_day": "个工作日 · working days",
    "day": "天 · days",
    "month": "个月 · months",
    "year": "年 · years",
}
_WEEKDAYS = ("周一 Mon", "周二 Tue", "周三 Wed", "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun")
_FLAG = "无（仅提示逾期） · none, overdue is shown"


def term_text(answer: JsonObject, request: JsonObject) -> str:
    """Return the term with clause and consequence."""
    return "\n".join([_head(answer, request), *_terms_lines(answer)])


def deadline_text(answer: JsonObject, request: JsonObject) -> str:
    """Return the last day, why, and the ledger of days."""
    term = _table(answer["term"])
    lines = [
        _head(term, request),
        *_terms_lines(term),
        f"期满 · ends      {_day(answer['due'])} 24:00{_moved(answer)}",
        _calendar_line(answer),
    ]
    return "\n".join([*lines, *_explanation(answer), "", *_ledger(answer["ledger"])])


def lead_text(answer: JsonObject, request: JsonObject) -> str:
    """Return the last admissible day, why, and the ledger of days counted back."""
    term = _table(answer["term"])
    lines = [
        _head(term, request),
        *_terms_lines(term),
        f"最迟 · last day  {_day(answer['last_day'])} 24:00",
        _calendar_line(answer),
    ]
    return "\n".join([*lines, *_explanation(answer), "", *_ledger(answer["ledger"])])


def coverage_text(clauses: list[JsonObject]) -> str:
    """Return a line per clause: carried out, tested, or why not; and the sums."""
    lines = [_coverage_line(one) for one in clauses]
    procedural = [one for one in clauses if one["procedural"]]
    done = sum(bool(one["implemented_by"]) for one in procedural)
    tested = sum(bool(one["tested_by"]) for one in procedural)
    sums = (
        f"{len(clauses)} 条 · clauses, 程序性 · procedural {len(procedural)}, "
        f"已实现 · implemented {done}, 已测试 · tested {tested}"
    )
    return "\n".join([*lines, "", sums])


def _coverage_line(clause: JsonObject) -> str:
    marks = ("✓" if clause["implemented_by"] else "–") + ("✓" if clause["tested_by"] else "–")
    reason = f"  ({clause['why_not']})" if clause["why_not"] else ""
    return f"{marks} {clause['cite']}  {clause['label']}{reason}"


def _head(term: JsonObject, request: JsonObject) -> str:
    code = str(request["jurisdiction"])
    return f"{term['key']}  {code} {tree.name(code) or ''}".rstrip()


def _terms_lines(term: JsonObject) -> list[str]:
    local = "（本地惯例 · local practice）" if term["local_practice"] else ""
    return [
        f"期限 · term      {_amount(term)}",
        f"起算 · starts    {term['anchor']}",
        f"逾期 · lapses    {term['consequence'] or _FLAG}",
        f"依据 · clause    {term['cite']}{local}",
    ]


def _amount(term: JsonObject) -> str:
    if term["unit"] == "date":
        month, day = divmod(int(str(term["amount"])), 100)
        return f"{month}月{day}日 · a fixed day"
    most = "不超过 · at most " if term["at_most"] else ""
    return f"{most}{term['amount']} {_UNITS[str(term['unit'])]}"


def _day(text: object) -> str:
    day = date.fromisoformat(str(text))
    return f"{day.isoformat()} {_WEEKDAYS[day.weekday()]}"


def _moved(answer: JsonObject) -> str:
    return "（末日顺延，本地惯例 · moved off a day of rest）" if answer["moved"] else ""


def _calendar_line(answer: JsonObject) -> str:
    provisional = "  暂定 · provisional" if answer["provisional"] else ""
    return f"日历 · calendar  {answer['calendar']}{provisional}"


def _explanation(answer: JsonObject) -> list[str]:
    said = _table(answer["explanation"])
    return ["", str(said["zh"]), str(said["en"])]


def _ledger(ledger: object) -> list[str]:
    lines = [_table(one) for one in (ledger if isinstance(ledger, list) else [])]
    return [
        f"  {_day(line['day'])}  {line.get('n', '–'):>3}  {line['why']} · {line['why_en']}"
        for line in lines
    ]


def _table(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}
