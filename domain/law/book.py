"""The law book: every term, quota and rule as dated data, answered by key, jurisdiction and day.

A rule belongs to a jurisdiction and is inherited downwards unless a lower one has its own. It
answers only from its text's start; a rule that lost its force answers for the days before.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

from domain.kernel.errors import Defect, Language, Refusal
from domain.kernel.terms import Term
from domain.law import jurisdiction as tree
from domain.law.citation import LOCAL_PRACTICE, canonical, split


class LawBookError(Defect):
    """The law book contradicts itself or cites what it does not know."""

    code: ClassVar[str] = "defect.law_book"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRule(Refusal):
    """No text in force on that day answers the question (无此规则)."""

    code: ClassVar[str] = "law.no_rule"
    zh: ClassVar[str] = (
        "法规库中没有 {jurisdiction} 在 {on} 适用的 {key}；请核对键、管辖代码、类型和日期"
    )
    en: ClassVar[str] = (
        "no {key} is in force for {jurisdiction} on {on}; check key, jurisdiction, variant, date"
    )

    key: str
    jurisdiction: str
    on: date
    variant: str | None = None
    variants: tuple[str, ...] = ()  # for these there is an answer, and they differ

    def text(self, language: Language) -> str:
        """Return the sentence for people; it names the variants that have answers of their own."""
        sentence, names = Refusal.text(self, language), ", ".join(self.variants)
        if not names:
            return sentence
        return sentence + (
            f"；须指明类型：{names}" if language == "zh" else f"; name one of: {names}"
        )

    def evidence(self) -> dict[str, object]:
        """Return the fields, the day as text."""
        return Refusal.evidence(self) | {"on": self.on.isoformat(), "variants": [*self.variants]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A number the law sets as a limit."""

    key: str  # "filing.organisations_per_occupation"
    amount: int  # the most there may be, unless `at_least`
    cite: str  # canonical
    local_practice: bool = False
    at_least: bool = False  # the amount is a minimum
    in_principle: bool = False  # 原则上: an exception with reason and approval is possible


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that is not a number: the names it allows, demands or concerns."""

    key: str  # "filing.categories_of_social_organisations"
    values: tuple[str, ...]
    cite: str  # canonical
    local_practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a text, under a short label of our own."""

    cite: str  # canonical, with the text
    zh: str
    en: str
    not_procedural: str | None = None  # why there is nothing in it for a procedure to do
    later: str | None = None  # of which procedure it is, as long as nothing carries it out


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """One law text: what it is called here, where and since when it is in force."""

    id: str  # "HN-2022-1"
    zh: str
    en: str
    jurisdiction: str
    since: date
    until: date | None  # last day in force
    clauses: tuple[Clause, ...]


Answer = TypeVar("Answer", Term, Quota, Rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[Answer]):
    """One dated value of one key, with the cases it is made for."""

    answer: Answer
    jurisdiction: str
    since: date
    until: date | None = None  # last day in force
    variants: tuple[str, ...] = ()  # filing variants or institution types; empty: all
    levels: tuple[tree.Level, ...] = ()  # nodes of these levels; empty: all

    def holds(self, node: tree.Level, on: date) -> bool:
        """Return whether this is the law on `on` for a node of level `node`."""
        in_force = self.since <= on and (self.until is None or on <= self.until)
        return in_force and (not self.levels or node in self.levels)


AnyEntry = Entry[Term] | Entry[Quota] | Entry[Rule]


class LawBook:
    """All law texts, read-only: exactly one answer to a question, or `NoRule`."""

    def __init__(
        self,
        texts: Sequence[LawText],
        terms: Sequence[Entry[Term]],
        quotas: Sequence[Entry[Quota]],
        rules: Sequence[Entry[Rule]],
    ) -> None:
        self.texts = tuple(sorted(texts, key=lambda one: one.id))
        self._clauses = {clause.cite: clause for text in texts for clause in text.clauses}
        self._text_ids = {text.id for text in texts}
        self._terms, self._quotas, self._rules = _by_key(terms), _by_key(quotas), _by_key(rules)
        self._check()

    def term(
        self, key: str, jurisdiction: str, on: date, variant: str | None = None
    ) -> Term | NoRule:
        """Return the term `key` sets in `jurisdiction` on the day `on`.

        Without a variant, the variants' rules answer together where they say the same.

        Raises:
            ValueError: `jurisdiction` is not a code.
        """
        return _find(self._terms, key, jurisdiction, on, variant)

    def quota(
        self, key: str, jurisdiction: str, on: date, variant: str | None = None
    ) -> Quota | NoRule:
        """Return the limit `key` sets for exactly the node `jurisdiction` on the day `on`.

        Raises:
            ValueError: `jurisdiction` is not a code.
        """
        return _find(self._quotas, key, jurisdiction, on, variant)

    def rule(
        self, key: str, jurisdiction: str, on: date, variant: str | None = None
    ) -> Rule | NoRule:
        """Return the rule `key` in `jurisdiction` on `on`; `variant` may be an institution type.

        Raises:
            ValueError: `jurisdiction` is not a code.
        """
        return _find(self._rules, key, jurisdiction, on, variant)

    def clause(self, cite: str) -> Clause | None:
        """Return the clause a single citation names, if the book has it.

        Raises:
            ValueError: `cite` is not a citation.
        """
        return self._clauses.get(canonical(cite))

    def knows(self, cite: str) -> bool:
        """Return whether every clause of `cite` stands in the book.

        Raises:
            ValueError: `cite` is not a citation.
        """
        return all(
            one == LOCAL_PRACTICE or one in self._clauses or one in self._text_ids
            for one in split(cite)
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key the book can answer, in order."""
        return tuple(sorted({*self._terms, *self._quotas, *self._rules}))

    @cached_property
    def entries(self) -> tuple[AnyEntry, ...]:
        """Every dated value, in the order of keys."""
        books = (self._terms, self._quotas, self._rules)
        return tuple(one for book in books for key in sorted(book) for one in book[key])

    @cached_property
    def version(self) -> str:
        """The name of this content, such as `law@5f3c1a9b02d4`."""
        lines = sorted(repr(one) for one in (*self.texts, *self.entries))
        digest = hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
        return f"law@{digest[:12]}"

    def _check(self) -> None:
        unknown = [one.answer.cite for one in self.entries if not self.knows(one.answer.cite)]
        if unknown:
            raise LawBookError(f"the law book cites clauses it does not list: {unknown}")
        for book in (self._terms, self._quotas, self._rules):
            for same_key in book.values():
                _check_one_answer(same_key)


_Book = Mapping[str, Sequence[Entry[Answer]]]


def _by_key(entries: Iterable[Entry[Answer]]) -> dict[str, list[Entry[Answer]]]:
    book: dict[str, list[Entry[Answer]]] = defaultdict(list)
    for one in entries:
        book[one.answer.key].append(one)
    return dict(book)


def _find(
    book: _Book[Answer], key: str, jurisdiction: str, on: date, variant: str | None
) -> Answer | NoRule:
    node = tree.level(jurisdiction)
    entries = [one for one in book.get(key, ()) if one.holds(node, on)]
    differing: tuple[str, ...] = ()
    for place in tree.ancestors(jurisdiction):
        here = [one for one in entries if one.jurisdiction == place]
        found = _for_variant(here, variant)
        if len({_meaning(one.answer) for one in found}) == 1:
            return _together([one.answer for one in found])
        if found:
            differing = tuple(sorted({name for one in found for name in one.variants}))
            break
    return NoRule(key=key, jurisdiction=jurisdiction, on=on, variant=variant, variants=differing)


def _for_variant(entries: Sequence[Entry[Answer]], variant: str | None) -> Sequence[Entry[Answer]]:
    """Return the entries made for `variant`, else the general ones, else – unasked – all."""
    own = [one for one in entries if variant is not None and variant in one.variants]
    general = [one for one in entries if not one.variants]
    return own or general or (entries if variant is None else [])


def _meaning(answer: Term | Quota | Rule) -> Term | Quota | Rule:
    return replace(answer, cite="")


def _together(answers: Sequence[Answer]) -> Answer:
    """Return the one answer that several clauses give alike, citing all of them."""
    first = answers[0]
    cites = sorted({one.cite for one in answers})
    return first if len(cites) == 1 else replace(first, cite=canonical(", ".join(cites)))


def _check_one_answer(entries: Sequence[AnyEntry]) -> None:
    for n, one in enumerate(entries):
        for other in entries[n + 1 :]:
            if one.jurisdiction == other.jurisdiction and _overlap(one, other):
                raise LawBookError(
                    f"two answers to {one.answer.key} in {one.jurisdiction}: "
                    f"{one.answer.cite} and {other.answer.cite}"
                )


def _overlap(one: AnyEntry, other: AnyEntry) -> bool:
    apart_in_time = (one.until is not None and one.until < other.since) or (
        other.until is not None and other.until < one.since
    )
    return (
        not apart_in_time
        and _share(one.levels, other.levels, empty_is_all=True)
        and _share(one.variants, other.variants, empty_is_all=False)
    )


def _share(one: Sequence[str], other: Sequence[str], *, empty_is_all: bool) -> bool:
    if one and other:
        return not set(one).isdisjoint(other)
    return empty_is_all or not (one or other)
