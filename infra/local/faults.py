"""What can go wrong with servers on one machine, told so that a person can mend it."""

from collections.abc import Callable, Sequence

Say = Callable[[str], None]  # takes one line for the person who waits


def quiet(line: str) -> None:
    """Tell nobody."""
    del line


class LocalFaultError(Exception):
    """A local server cannot be found, built, started or reached; nothing was left running."""

    def __init__(
        self, code: str, chinese: str, english: str, *, remedy: str, tried: Sequence[str] = ()
    ) -> None:
        lines = [chinese, english, *(f"  - {one}" for one in tried), f"→ {remedy}"]
        super().__init__("\n".join(lines))
        self.code = code  # stable, e.g. "temporal.not_found"
        self.remedy = remedy  # what to do, Chinese then English
        self.tried = tuple(tried)
