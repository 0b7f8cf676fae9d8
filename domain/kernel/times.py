"""Legal time: instants are aware and UTC inside, legal days are China Standard Time."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CST = timezone(timedelta(hours=8), "CST")  # China Standard Time, no daylight saving since 1992


def legal_day(instant: datetime) -> date:
    """Return the day in China on which `instant` lies.

    Raises:
        ValueError: `instant` is naive.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(CST).date()


def day_told(instant: datetime) -> date:
    """Return the day on which people say it was: 24:00 still belongs to the day that it ends.

    Raises:
        ValueError: `instant` is naive.
    """
    return legal_day(instant - timedelta.resolution)


def start_of(day: date) -> datetime:
    """Return 00:00 of `day` in China, as UTC."""
    return datetime.combine(day, time(), CST).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return 24:00 of `day` in China, as UTC: when a term whose last day it is takes effect."""
    return start_of(day + timedelta(days=1))


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text with offset, as UTC.

    Raises:
        ValueError: not ISO 8601, impossible, without an offset, or beyond the years 1 to 9999.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset such as +08:00")
    try:
        return instant.astimezone(UTC)
    except OverflowError as beyond:
        raise ValueError(str(beyond)) from None


def parse_day(text: str) -> date:
    """Return the day that `text` writes as YYYY-MM-DD, the one spelling it has here.

    Raises:
        ValueError: another spelling, or no day.
    """
    day = date.fromisoformat(text)  # takes weeks such as 2024-W19-4 too
    if day.isoformat() != text:
        raise ValueError("a day is written YYYY-MM-DD")
    return day


def in_china(instant: datetime) -> str:
    """Return the ISO 8601 text of `instant` with the offset +08:00."""
    return instant.astimezone(CST).isoformat()


def minute_in_china(instant: datetime | None) -> str:
    """Return an instant as people in China read it, `2026-10-17 09:05`; nothing for none."""
    return "" if instant is None else f"{instant.astimezone(CST):%Y-%m-%d %H:%M}"
