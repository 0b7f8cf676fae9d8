"""Where one is led once something was done."""

from starlette.responses import Response

from api.console.visit import to
from domain.ports import Stored


def after(path: str, stored: Stored) -> Response:
    """Lead to `path`, where `flash` then tells how the act ended."""
    return to(path, done=stored.command.id)
