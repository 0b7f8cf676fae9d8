"""The credits: what is shipped with the pages, and under which licence."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response

from api.console.visit import Visit

MANIFEST: Final = Path(__file__).parent.parent / "static" / "vendor" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file of somebody else's."""

    package: str
    version: str
    licence: str
    licence_files: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class CreditsPage:
    """All of them."""

    files: tuple[Vendored, ...]


def page(visit: Visit) -> Response:
    """Name them."""
    return visit.render("credits.html", visit.texts.tr("致谢与许可"), CreditsPage(_vendored()))


@cache
def _vendored() -> tuple[Vendored, ...]:
    listed = json.loads(MANIFEST.read_text("utf-8"))["files"]
    return tuple(
        Vendored(
            one["package"], one["version"], one["licence"], tuple(one["licence_files"]), one["file"]
        )
        for one in listed
    )
