"""The questions people put to law book and calendar, answered as JSON with stable names.

The command line and the API give the same answers because both take them from here.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.kernel.terms import Term
from domain.kernel.times import in_china, legal_day
from domain.law.book import LawBook, NoRule
from domain.law.calendar import Calendar
from domain.law.clock import Due, Lead, counts_back, due, lead
from domain.law.explain import explain
from domain.law.jurisdiction import COUNTRY, province, provinces

JsonObject = dict[str, object]


class NoPlaceError(ValueError):
    """A code of a place in no province there is: no law was made for it."""


@dataclass(frozen=True, slots=True)
class Law:
    """The law book and the calendar it is counted by."""

    book: LawBook
    calendar: Calendar

    def term(
        self, key: str, jurisdiction: str, on: date, variant: str | None = None
    ) -> JsonObject | NoRule:
        """Return `{key, amount, unit, consequence, cite, local_practice, anchor, at_most}`.

        `amount` of a term with unit `date` is the day of the year as MMDD.

        Raises:
            NoPlaceError: `jurisdiction` lies in no province there is.
            ValueError: `jurisdiction` is not a code.
        """
        found = self._found(key, jurisdiction, on, variant)
        return found if isinstance(found, NoRule) else term_json(found)

    def deadline(
        self,
        key: str,
        jurisdiction: str,
        start: datetime,
        variant: str | None = None,
        *,
        amount: int | None = None,
    ) -> JsonObject | NoRule:
        """Return `{due, effective, ledger, calendar, provisional, moved, explanation, key, term}`.

        A line of the ledger is `{day, counts, n?, why, why_en}`, the explanation `{zh, en}`;
        `term` is as from `term`. The law is that of the starting day.

        Raises:
            NoPlaceError: `jurisdiction` lies in no province there is.
            ValueError: `jurisdiction` is not a code, `start` is naive, `key` is a lead time, or
                `amount` is not an officer's to set.
        """
        term = self._found(key, jurisdiction, legal_day(start), variant)
        if isinstance(term, NoRule):
            return term
        answer = due(term, start, self.calendar, amount=amount)
        return {
            "key": key,
            "due": answer.due.isoformat(),
            "effective": in_china(answer.effective),
            "ledger": [line.to_json() for line in answer.ledger],
            "calendar": answer.calendar,
            "provisional": answer.provisional,
            "moved": answer.moved,
            "explanation": _in_both(term, answer),
            "term": term_json(term),
        }

    def lead(
        self, key: str, jurisdiction: str, before: date, variant: str | None = None
    ) -> JsonObject | NoRule:
        """Return `{last_day, effective, ledger, calendar, provisional, explanation, key, term}`.

        The ledger runs backwards from the day `before`, whose law it is.

        Raises:
            NoPlaceError: `jurisdiction` lies in no province there is.
            ValueError: `jurisdiction` is not a code, or `key` is not a lead time.
        """
        term = self._found(key, jurisdiction, before, variant)
        if isinstance(term, NoRule):
            return term
        if not counts_back(term):
            raise ValueError(f"{key} is not a lead time: it runs forward from an instant")
        answer = lead(term, before, self.calendar)
        return {
            "key": key,
            "last_day": answer.last_day.isoformat(),
            "effective": in_china(answer.effective),
            "ledger": [line.to_json() for line in answer.ledger],
            "calendar": answer.calendar,
            "provisional": answer.provisional,
            "explanation": _in_both(term, answer),
            "term": term_json(term),
        }

    def _found(self, key: str, jurisdiction: str, on: date, variant: str | None) -> Term | NoRule:
        if province(jurisdiction) not in {COUNTRY, *provinces()}:
            raise NoPlaceError(f"没有这个管辖 · no province or place has the code {jurisdiction}")
        return self.book.term(key, jurisdiction, on, variant)

    def year(self, year: int) -> JsonObject | None:
        """Return the table of `year`, or None when there is none.

        `{year, status, notice, version, valid_through, working_days, days}`; a day that is not
        simply what its weekday says is `{day, working, why, why_en}`.
        """
        table = self.calendar.tables.get(year)
        if table is None:
            return None
        first = date(year, 1, 1)
        length = (date(year + 1, 1, 1) - first).days
        days = (first + timedelta(days=n) for n in range(length))
        return {
            "year": year,
            "status": table.status,
            "notice": table.notice,
            "version": self.calendar.version,
            "valid_through": self.calendar.valid_through.isoformat(),
            "working_days": sum(map(self.calendar.is_working_day, days)),
            "days": [
                {"day": day.isoformat(), "working": why.working, "why": why.zh, "why_en": why.en}
                for day, why in self.calendar.days(year)
            ],
        }


def _in_both(term: Term, answer: Due | Lead) -> JsonObject:
    return {"zh": explain(term, answer, "zh"), "en": explain(term, answer, "en")}


def term_json(term: Term) -> JsonObject:
    """Return every field of `term` under its name."""
    return {
        "key": term.key,
        "amount": term.amount,
        "unit": term.unit,
        "consequence": term.consequence,
        "cite": term.cite,
        "local_practice": term.local_practice,
        "anchor": term.anchor,
        "at_most": term.at_most,
    }
