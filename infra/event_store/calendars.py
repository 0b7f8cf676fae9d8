"""The calendar of each tenant: the shipped years, with those the tenant has published in place."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from domain.case.envelope import Recorded
from domain.law.calendar import Calendar, parse_year

CALENDAR = "register:calendar"  # the stream of `calendar.published`
Load = Callable[[], Iterable[Recorded]]


class TenantCalendars:
    """Answers the calendar of a tenant at a version of its register; each is made once."""

    def __init__(self, shipped: Calendar) -> None:
        """Start from the years `shipped` with the release or the installation."""
        self._shipped = shipped
        self._known: dict[tuple[str, int], Calendar] = {}

    def at(self, tenant: str, version: int | None, load: Load) -> Calendar:
        """Return the calendar; `load` gives the register's events when they are needed."""
        if not version:
            return self._shipped
        known = self._known.get((tenant, version))
        if known is None:
            known = published(self._shipped, load())[-1]
            self._known[tenant, version] = known
        return known


def published(shipped: Calendar, events: Iterable[Recorded]) -> list[Calendar]:
    """Return the calendar before any event, then after each one."""
    calendars = [shipped]
    for one in events:
        table = cast(Mapping[str, object], one.data["table"])
        calendars.append(calendars[-1].with_year(parse_year(table)))
    return calendars
