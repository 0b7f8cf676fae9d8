"""The law book and the calendar as shipped."""

import pytest

from domain.law.book import LawBook
from domain.law.calendar import Calendar
from infra.law_data import load_calendar, load_law_book


@pytest.fixture(scope="session")
def book() -> LawBook:
    """The law book shipped."""
    return load_law_book()


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The calendar shipped: 2004–2026 official, 2027 provisional."""
    return load_calendar()
