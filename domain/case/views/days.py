"""Days in words: `2026年10月26日（周一）`, `Monday 26 October 2026`."""

from datetime import date

from domain.kernel.errors import Language

_ZH = "一二三四五六日"
_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day_text(day: date, language: Language) -> str:
    """Return a day with its weekday."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日（周{_ZH[day.weekday()]}）"
    return f"{_EN[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
