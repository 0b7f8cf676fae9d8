"""Which messages the pages use, found as the catalogue's own tool finds them."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

CONSOLE = Path(__file__).parent.parent.parent / "api" / "console"
KEYWORDS = {"tr": None, "ntr": None}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


def used() -> Iterator[tuple[str, str]]:
    """Yield each message with the place that uses it."""
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    found = extract_from_dir(
        str(CONSOLE), METHODS, options_map=options, keywords=KEYWORDS, strip_comment_tags=False
    )
    for file, line, message, *_ in found:
        text = message[0] if isinstance(message, tuple) else message
        yield text, f"{file}:{line}"
