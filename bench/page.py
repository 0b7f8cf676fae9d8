"""What is published: lines of a run, written between two marks of `docs/performance.md`."""

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from typing_extensions import override

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the page."""

    what: str
    value: str
    wanted: str = ""
    kept: bool = True

    @override
    def __str__(self) -> str:
        """Return it as a row of a table."""
        return f"| {self.what} | {self.value} | {self.wanted} |{'' if self.kept else ' **✗**'}"


PACKAGES = ("temporalio", "sqlalchemy")


def publish(
    name: str, command: str, figures: Iterable[Figure], packages: Sequence[str] = PACKAGES
) -> str:
    """Write the figures between the marks `name`, with the versions used; return them as lines."""
    table = "\n".join(map(str, figures))
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    versions = ", ".join(f"{one} {version(one)}" for one in packages)
    head = f"{machine}, {versions}; one run of `{command}`, two shared cores.\n"
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    lines = f"{begin}\n{head}\n| what | figure | wanted |\n| --- | --- | --- |\n{table}\n{end}"
    PAGE.write_text(before + lines + rest.split(end)[1], encoding="utf-8")
    return table
