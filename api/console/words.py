"""Dates, times and sizes as people read them, in one language and China Standard Time."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from markupsafe import Markup

from domain.kernel.errors import Language
from domain.kernel.times import CST
from domain.law.explain import day_text

_KIB = 1024
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Words:
    """Formats values for one language."""

    lang: Language

    def day(self, day: date) -> str:
        """Return `2026年10月26日（周一）`, or `Monday 26 October 2026`."""
        return day_text(day, self.lang)

    def short_day(self, day: date) -> str:
        """Return `10月26日`, or `26 Oct`."""
        if self.lang == "zh":
            return f"{day.month}月{day.day}日"
        return format_date(day, "d MMM", locale="en")

    def weekday(self, day: date) -> str:
        """Return `周一`, or `Mon`."""
        return format_date(day, "EEE", locale="zh_CN" if self.lang == "zh" else "en")

    def time(self, instant: datetime) -> Markup:
        """Return a `<time>` element: day and minute, exact to the second on pointing."""
        local = instant.astimezone(CST)
        text = f"{self.day(local.date())} {local:%H:%M}"
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            local.isoformat(), f"{local:%Y-%m-%d %H:%M:%S} UTC+8", text
        )

    def moment(self, instant: datetime) -> str:
        """Return day and minute as plain text, for the middle of a sentence."""
        local = instant.astimezone(CST)
        return f"{self.day(local.date())} {local:%H:%M}"

    def stamp(self, instant: datetime) -> Markup:
        """Return a `<time>` element to the second, for receipts and clocks."""
        local = instant.astimezone(CST)
        text = f"{self.day(local.date())} {local:%H:%M:%S}"
        return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), text)

    def end(self, instant: datetime) -> Markup:
        """Return 00:00 as 24:00 of the day before: how the law names the end of a term."""
        local = instant.astimezone(CST)
        if (local.hour, local.minute, local.second) != (0, 0, 0):
            return self.time(instant)
        before = date.fromordinal(local.date().toordinal() - 1)
        return Markup('<time datetime="{}">{}</time>').format(
            local.isoformat(), f"{self.day(before)} 24:00"
        )

    def size(self, count: int) -> str:
        """Return a number of bytes in B, kB or MB."""
        if count < _KIB:
            return f"{count} B"
        if count < _KIB * _KIB:
            return f"{count / _KIB:.0f} kB"
        return f"{count / _KIB / _KIB:.1f} MB"


def half_width(text: str) -> str:
    """Return `text` with full-width digits, letters and spaces made plain, and its ends cut off."""
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
    return text.translate(table).strip()


def whole(text: str) -> int | None:
    """Return the number a person typed, or an address names; None for what is none.

    It has at most nine digits: no count, version or page here has more, and every store takes them.
    """
    plain = half_width(text)
    return int(plain) if _WHOLE.fullmatch(plain) else None


def code(text: str) -> str:
    """Return a code as typed by a person, forgivingly: no spaces or hyphens, x as X."""
    return re.sub(r"[\s\-]", "", half_width(text)).upper()


def lines(text: str) -> list[str]:
    """Return the non-empty lines of a text, each without its ends."""
    return [one.strip() for one in text.splitlines() if one.strip()]
