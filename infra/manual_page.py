"""A process as a page of the manual, complete in itself: figure, steps, clocks, clauses."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape

from domain.case.labels import label, word
from domain.case.procedure import Procedure
from domain.kernel.errors import Language
from domain.kernel.terms import Term
from domain.law import jurisdiction as tree
from domain.law.book import AnyEntry, LawBook
from domain.law.citation import LOCAL_PRACTICE, canonical, split
from domain.law.explain import amount_text
from domain.procedures.table import PROCEDURES
from domain.process.difference_words import kind_name
from domain.process.manual import Clock, Step, Way, steps
from domain.process.model import Definition, Node, Process
from domain.process.picture import svg
from domain.process.timers import Span, TimerSpec, parse_span

_STYLE = (
    "@page{size:A4;margin:18mm}body{max-width:60em;margin:1.5em auto;padding:0 1em;line-height:1.7;"
    'font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b1b1b;background:#fff;'
    "overflow-wrap:anywhere}h1{font-size:1.6em}h2{border-bottom:2px solid #1b4f72;margin-top:2em}"
    "figure{margin:1em 0;overflow-x:auto}figure svg{min-width:44em;width:100%;height:auto}"
    "article{border-left:3px solid #1b4f72;padding:.1em 0 .1em 1em;margin:1em 0;"
    "break-inside:avoid}article.inner{margin-left:1.5em;border-color:#8aa}"
    "h3{margin:.2em 0;font-size:1.1em}dl{display:grid;grid-template-columns:7em 1fr;gap:.1em 1em;"
    "margin:.4em 0}dt{color:#555}dd{margin:0}ul{margin:0;padding-left:1.2em}.kind{color:#555;"
    "font-weight:normal;font-size:.85em}.hash{color:#555;font-size:.8em}section[lang=en]{"
    "break-before:page}@media (max-width:30em){dl{grid-template-columns:1fr}dt{margin-top:.4em}"
    "article.inner{margin-left:.4em}}@media print{figure{overflow:visible}figure svg{min-width:0}}"
)
_ENGLISH = re.compile(r"(?<=[。；！？])\s+(?=[A-Z])")
_CHINESE = re.compile(r"(?<=[.;!?])\s+(?=[\u4e00-\u9fff])")
_SAID: dict[str, tuple[str, str]] = {
    "role": ("谁办理", "who"),
    "done": ("办什么", "what is done"),
    "fields": ("填写", "filled in"),
    "commands": ("可作决定", "decisions"),
    "letters": ("发出文书", "letters"),
    "clock": ("期限", "clock"),
    "else": ("另外", "besides"),
    "ways": ("之后", "then"),
    "clauses": ("依据", "clauses"),
    "none": ("无期限", "no deadline"),
    "effect": ("自动处理", "done by the system"),
    "steps": ("办理步骤", "Steps"),
    "practice": ("本地惯例", "local practice"),
    "interrupts": ("期满即止", "ends the step"),
    "reminds": ("期满不止", "the step goes on"),
    "system": ("系统", "the system"),
}


def manual_page(definition: Definition, process: Process, book: LawBook) -> str:
    """Return the page of one process as an HTML document: Chinese first, English second.

    Raises:
        NoLayoutError: the file has no layout.
    """
    name = process.name or process.id
    zh, en = (_Telling(definition, book, lang).process(process) for lang in ("zh", "en"))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(name)}</title><style>{_STYLE}</style></head>\n<body>\n<main>"
        f"<h1>{escape(name)}</h1>\n<figure>{svg(definition)}</figure>\n"
        f'<section lang="zh-CN">{zh}</section>\n<section lang="en">{en}</section>\n'
        f'<p class="hash">{escape(definition.hash)}</p></main>\n</body></html>\n'
    )


class _Telling:
    """Tells a definition in one language."""

    def __init__(self, definition: Definition, book: LawBook, language: Language) -> None:
        self._definition, self._book, self._language = definition, book, language
        self._place = 0 if language == "zh" else 1
        self._its, self._variants = _owner(definition)

    def process(self, process: Process) -> str:
        """Return what the process is for, then its steps."""
        about = self._half(process.documentation)
        told = "".join(self._step(one) for one in steps(self._definition, process.id))
        return f"<p>{escape(about)}</p>\n<h2>{self._word('steps')}</h2>\n{told}"

    def _word(self, name: str) -> str:
        return _SAID[name][self._place]

    def _half(self, text: str | None) -> str:
        """Return a documentation's half in this language; all of it where it has but one."""
        zh, en = _halves(text or "")
        return (zh or en) if self._language == "zh" else (en or zh)

    def _step(self, step: Step) -> str:
        node = step.node
        rows = [*self._who(node), *self._clocks(step), *self._onward(step), *self._grounds(node)]
        listed = "".join(f"<dt>{escape(name)}</dt><dd>{told}</dd>" for name, told in rows)
        inner = ' class="inner"' if step.depth else ""
        kind = kind_name(node.kind, self._language)
        return (
            f"<article{inner}><h3>{step.number}　{escape(node.name or node.id)} "
            f'<span class="kind">{escape(kind)}</span></h3><dl>{listed}</dl></article>\n'
        )

    def _who(self, node: Node) -> Iterator[tuple[str, str]]:
        mark = node.task
        if mark.role:
            yield self._word("role"), escape(label("role", mark.role, self._language))
        elif node.kind in ("service", "rule", "send"):
            yield self._word("role"), self._word("system")
        if done := self._half(node.documentation):
            yield self._word("done"), escape(done)
        if node.fields:
            yield self._word("fields"), escape(self._joined(one.label for one in node.fields))
        if mark.commands:
            yield self._word("commands"), escape(self._several(mark.commands))
        letters = [one for one in mark.commands if self._its and one in self._its.sends]
        if letters:
            yield self._word("letters"), escape(self._several(letters))
        if node.effect:
            said = word("event", node.effect, self._language) or node.effect
            yield self._word("effect"), escape(said)

    def _several(self, commands: list[str] | tuple[str, ...]) -> str:
        return self._joined(label("command", one, self._language) for one in commands)

    def _joined(self, words: Iterable[str]) -> str:
        return ("、" if self._place == 0 else ", ").join(words)

    def _clocks(self, step: Step) -> Iterator[tuple[str, str]]:
        for one in step.clocks:
            yield self._word("clock"), self._clock(one)
        if step.node.deadline:
            yield self._word("clock"), self._terms(step.node.deadline)
        if step.node.no_deadline:
            yield self._word("none"), escape(step.node.no_deadline)

    def _clock(self, one: Clock) -> str:
        timer = self._terms(one.timer.text) if one.timer.kind == "law" else self._timer(one.timer)
        how = self._word("interrupts" if one.interrupting else "reminds")
        return f"{escape(one.event.name)}（{how}）{timer}{self._list(one.ways) if one.ways else ''}"

    def _timer(self, timer: TimerSpec) -> str:
        """Return a timer: whole days in words, all else as the diagram says it."""
        span = parse_span(timer.text) if timer.kind == "duration" else Span()
        days, rest = divmod(span.rest, timedelta(days=1))
        if span.months or rest or not days:
            return escape(str(timer))
        return f"{days} 日" if self._place == 0 else f"{days} day{'s' if days > 1 else ''}"

    def _terms(self, key: str) -> str:
        """Return what the law book says of a key, place by place."""
        found = [
            self._term(one.answer, one.jurisdiction)
            for one in self._book.entries
            if isinstance(one.answer, Term) and one.answer.key == key and self._holds(one)
        ]
        name = label("key", key, self._language)
        return f"{escape(name)} <code>{escape(key)}</code><ul>{''.join(found)}</ul>"

    def _holds(self, entry: AnyEntry) -> bool:
        """Whether the law book's entry is in force for what the diagram is drawn for."""
        all_ = not entry.variants or not self._variants
        return entry.until is None and (all_ or bool(self._variants.intersection(entry.variants)))

    def _term(self, term: Term, jurisdiction: str) -> str:
        place = tree.name(jurisdiction) or jurisdiction
        after = label("event", term.consequence, self._language) if term.consequence else ""
        otherwise = f" → {after}" if after else ""
        length = amount_text(term, self._language)
        return f"<li>{escape(f'{place} {length}{otherwise}')}（{self._clause(term.cite)}）</li>"

    def _onward(self, step: Step) -> Iterator[tuple[str, str]]:
        if step.ways:
            yield self._word("ways"), self._list(step.ways)
        if step.others:
            yield self._word("else"), self._list(step.others)

    def _list(self, ways: tuple[Way, ...]) -> str:
        lines = (f"{way.said} → {way.target.name or way.target.id}".lstrip() for way in ways)
        return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in dict.fromkeys(lines))}</ul>"

    def _grounds(self, node: Node) -> Iterator[tuple[str, str]]:
        if node.cite:
            clauses = split(canonical(", ".join(node.cite)))
            yield self._word("clauses"), "<br>".join(self._clause(one) for one in clauses)

    def _clause(self, cite: str) -> str:
        """Return a citation with the law book's short label."""
        if cite == LOCAL_PRACTICE:
            return self._word("practice")
        found = self._book.clause(cite) if len(split(cite)) == 1 else None
        said = "" if found is None else (found.zh, found.en)[self._place]
        return escape(f"{cite} {said}".strip())


def _owner(definition: Definition) -> tuple[Procedure | None, frozenset[str]]:
    """Return the procedure whose commands the diagram uses, with the variants it is drawn for."""
    used = {one for node in definition.nodes.values() for one in node.task.commands}
    for its in PROCEDURES.values():
        if used & {one.name for one in its.commands}:
            ends = {f"{its.name}_{variant}": variant for variant in its.diagrams}
            return its, frozenset(ends[one] for one in definition.processes if one in ends)
    return None, frozenset()


def _halves(text: str) -> tuple[str, str]:
    """Return the Chinese and the English half of a text; one begins after a stop of the other."""
    first = text.strip()[:1]
    english_first = first.isascii() and first.isalpha()
    found = (_CHINESE if english_first else _ENGLISH).search(text)
    if found is None:
        return text.strip(), ""
    halves = text[: found.start()].strip(), text[found.start() :].strip()
    return (halves[1], halves[0]) if english_first else halves
