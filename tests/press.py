"""The press of tests that print by the way: it holds 50 MB of fonts, so there is one."""

from functools import cache
from pathlib import Path

from infra.letters.press import LetterPress

FONTS = Path("/usr/share/fonts")


@cache
def shared_press(fonts: Path | None) -> LetterPress:
    """Return the one press that prints with these fonts."""
    return LetterPress(fonts)
