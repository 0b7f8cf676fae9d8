"""What `anjuan process migrate` asks and says: the order from options, the answer as lines."""

from collections import Counter
from pathlib import Path
from typing import Any

from domain.kernel.errors import Language
from infra.cli._calling import Body
from infra.cli.exits import Exit, Stop

CHOICES = ("keep", "reset", "rederive")
OUTCOMES = {
    "movable": ("可迁移", "can move"),
    "moved": ("已迁移", "moved"),
    "blocked": ("不能迁移", "cannot move"),
    "pending": ("尚未处理", "not yet decided"),
}
_CHOSEN = {
    "keep": ("保留", "kept"),
    "reset": ("重起", "begun anew"),
    "rederive": ("重算", "derived anew"),
    "cancelled": ("取消", "cancelled"),
}


def order_of(to: str, maps: list[str], deadlines: list[str], cases: list[str], reason: str) -> Body:
    """Return the body of the order.

    Raises:
        Stop: an option does not say what it should.
    """
    default, choices = _deadlines(deadlines)
    named = {"to": to} if to.startswith("sha256:") else {"diagram": _text(to)}
    return {
        **named,
        "deadlines": default,
        "choices": choices,
        "mapping": dict(_pair(one, "--map") for one in maps),
        "cases": [name for one in cases for name in one.split(",") if name],
        "reason": reason,
    }


def told(pages: list[Body], lang: Language) -> str:
    """Return what became of each case, and how many of each, for people."""
    items = [one for page in pages for one in page["items"]]
    lines = [line for one in items for line in _case(one, lang)]
    counts = Counter(one["outcome"] for one in items)
    summary = "，".join(f"{_said(OUTCOMES[what], lang)} {n}" for what, n in counts.items())
    definition = pages[-1]["definition"]
    last = summary or _said(("没有需要迁移的办件", "no case to move"), lang)
    return "\n".join([f"→ {definition['name']}  {definition['hash'][:19]}…", *lines, last])


def _case(one: Body, lang: Language) -> list[str]:
    places = "、".join(one["at"])
    lines = [f"{one['number']}  {places}  {_said(OUTCOMES[one['outcome']], lang)}"]
    lines += [f"    ✗ {reason[lang]} [{reason['code']}]" for reason in one["obstacles"]]
    lines += [f"    ◷ {_term(term, lang)}" for term in one["terms"]]
    return lines


def _term(term: dict[str, Any], lang: Language) -> str:
    before, after = term["before"] or "—", term["after"] or "—"
    days = before if before == after else f"{before} → {after}"
    return f"{term['label']} {days}  {_said(_CHOSEN[term['choice']], lang)}"


def _said(both: tuple[str, str], lang: Language) -> str:
    return both[lang == "en"]


def _deadlines(given: list[str]) -> tuple[str, dict[str, str]]:
    """Return the choice for all terms, and those for single keys or elements."""
    general = [one for one in given if "=" not in one]
    choices = dict(_pair(one, "--deadlines") for one in given if "=" in one)
    wrong = [one for one in (*general, *choices.values()) if one not in CHOICES]
    if wrong or len(general) != 1:
        raise Stop(
            Exit.USAGE,
            "command.malformed",
            "--deadlines 须写一次 keep、reset 或 rederive，另可写 期限或环节=选择"
            " · say --deadlines keep, reset or rederive once, and key-or-element=choice besides",
        )
    return general[0], choices


def _pair(text: str, option: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        message = f"{option} {text}: 写作 旧=新 · write old=new"
        raise Stop(Exit.USAGE, "command.malformed", message)
    return old, new


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Stop(
            Exit.USAGE, "file.unreadable", f"{file}: 无法读取 · cannot be read: {wrong}"
        ) from None
