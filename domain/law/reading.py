"""Reading a law text from its data file: loaded TOML in, entries of the law book out.

Shape of a file:
    id, zh, en, jurisdiction, since, until?, later?     the text
    [[clauses]]  at, zh, en, not_procedural?, later?    its clauses, under short labels of our own
    [[terms]]    key, at, amount, unit, anchor, consequence?, at_most?
    [[quotas]]   key, at, amount, at_least?, in_principle?
    [[rules]]    key, at, values
and on terms, quotas and rules also: variants?, levels?, since?, until?. `at` is one clause, or
several with commas, without the text's id; an empty `at` cites the text as a whole. `later` names
the procedure a clause is for where this release has none, of a text for all its clauses. The file
of local practice has no `at`; a value there may `cite` the clause it stands beside.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, get_args

from domain.kernel.terms import Term, Unit
from domain.law.book import Answer, Clause, Entry, LawBook, LawBookError, LawText, Quota, Rule
from domain.law.citation import LOCAL_PRACTICE, canonical
from domain.law.jurisdiction import Level, is_code

Table = Mapping[str, object]


def law_book(files: Iterable[Table]) -> LawBook:
    """Return the book of all texts in `files`, each a loaded TOML document.

    Raises:
        LawBookError: a value is missing or of the wrong kind, two rules answer the same question,
            or a citation is unknown.
    """
    readers = [_Reader(one) for one in files]
    return LawBook(
        texts=[one.text for one in readers],
        terms=[entry for one in readers for entry in one.terms()],
        quotas=[entry for one in readers for entry in one.quotas()],
        rules=[entry for one in readers for entry in one.rules()],
    )


class _Reader:
    """Reads one file; what is wrong is said with the file's id and the key."""

    def __init__(self, file: Table) -> None:
        self._file = file
        self._id = _text(file, "id", "?")
        self._local = self._id == LOCAL_PRACTICE
        self._jurisdiction = _text(file, "jurisdiction", self._id)
        if not is_code(self._jurisdiction):
            raise LawBookError(f"{self._id}: not a jurisdiction code: {self._jurisdiction!r}")
        self.text = LawText(
            id=self._id,
            zh=_text(file, "zh", self._id),
            en=_text(file, "en", self._id),
            jurisdiction=self._jurisdiction,
            since=_day(file, "since", self._id),
            until=_day_or_none(file, "until", self._id),
            clauses=tuple(self._clause(one) for one in _tables(file, "clauses", self._id)),
        )

    def terms(self) -> list[Entry[Term]]:
        """Return the file's terms."""
        return [self._entry(one, self._term(one)) for one in _tables(self._file, "terms", self._id)]

    def quotas(self) -> list[Entry[Quota]]:
        """Return the file's quotas."""
        tables = _tables(self._file, "quotas", self._id)
        return [self._entry(one, self._quota(one)) for one in tables]

    def rules(self) -> list[Entry[Rule]]:
        """Return the file's rules."""
        return [self._entry(one, self._rule(one)) for one in _tables(self._file, "rules", self._id)]

    def _clause(self, table: Table) -> Clause:
        nothing_to_do, later = "not_procedural" in table, {**self._file, **table}
        return Clause(
            cite=self._cite(table),
            zh=_text(table, "zh", self._id),
            en=_text(table, "en", self._id),
            not_procedural=_text(table, "not_procedural", self._id) if nothing_to_do else None,
            later=_text(later, "later", self._id) if "later" in later else None,
        )

    def _term(self, table: Table) -> Term:
        key = _text(table, "key", self._id)
        unit = _text(table, "unit", key)
        units: tuple[Unit, ...] = get_args(Unit)
        consequence = table.get("consequence")
        return Term(
            key=key,
            amount=_number(table, "amount", key),
            unit=_one_of(units, unit, key),
            anchor=_text(table, "anchor", key),
            consequence=None if consequence is None else str(consequence),
            cite=self._cite(table),
            local_practice=self._local,
            at_most=table.get("at_most") is True,
        )

    def _quota(self, table: Table) -> Quota:
        key = _text(table, "key", self._id)
        return Quota(
            key=key,
            amount=_number(table, "amount", key),
            cite=self._cite(table),
            local_practice=self._local,
            at_least=table.get("at_least") is True,
            in_principle=table.get("in_principle") is True,
        )

    def _rule(self, table: Table) -> Rule:
        key = _text(table, "key", self._id)
        return Rule(
            key=key,
            values=_texts(table, "values", key),
            cite=self._cite(table),
            local_practice=self._local,
        )

    def _entry(self, table: Table, answer: Answer) -> Entry[Answer]:
        levels: tuple[Level, ...] = get_args(Level)
        key = answer.key
        return Entry(
            answer=answer,
            jurisdiction=self._jurisdiction,
            since=_day_or_none(table, "since", key) or self.text.since,
            until=_day_or_none(table, "until", key) or self.text.until,
            variants=_texts(table, "variants", key),
            levels=tuple(_one_of(levels, one, key) for one in _texts(table, "levels", key)),
        )

    def _cite(self, table: Table) -> str:
        written = (
            str(table.get("cite", LOCAL_PRACTICE))
            if self._local
            else f"{self._id} {_text(table, 'at', self._id)}".strip()
        )
        try:
            return canonical(written)
        except ValueError as wrong:
            raise LawBookError(f"{self._id}: {wrong}") from None


_Choice = TypeVar("_Choice", bound=str)


def _tables(table: Table, name: str, place: str) -> list[Table]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise LawBookError(f"{place}: {name} is a list of tables")
    return found


def _text(table: Table, name: str, place: str) -> str:
    found = table.get(name)
    if not isinstance(found, str):
        raise LawBookError(f"{place}: {name} is a text")
    return found


def _texts(table: Table, name: str, place: str) -> tuple[str, ...]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise LawBookError(f"{place}: {name} is a list of texts")
    return tuple(found)


def _number(table: Table, name: str, place: str) -> int:
    found = table.get(name)
    if type(found) is not int or found < 1:
        raise LawBookError(f"{place}: {name} is a whole number from 1")
    return found


def _day(table: Table, name: str, place: str) -> date:
    found = _day_or_none(table, name, place)
    if found is None:
        raise LawBookError(f"{place}: {name} is a day")
    return found


def _day_or_none(table: Table, name: str, place: str) -> date | None:
    found = table.get(name)
    if found is None or type(found) is date:
        return found
    raise LawBookError(f"{place}: {name} is a day")


def _one_of(choices: tuple[_Choice, ...], found: str, place: str) -> _Choice:
    for one in choices:
        if one == found:
            return one
    raise LawBookError(f"{place}: {found!r} is none of {', '.join(choices)}")
