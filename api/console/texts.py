"""The words of the pages: Chinese stands in the source, English in `locale/en.po`.

A test fails when a message has no English or the catalogue holds one that nobody uses.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from domain.kernel.errors import Language

CATALOGUE = Path(__file__).parent / "locale" / "en.po"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
HTML_LANG: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@cache
def english() -> dict[str, tuple[str, ...]]:
    """Return the English forms of each message: one, or singular and plural."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        name = message.id[0] if isinstance(message.id, tuple | list) else message.id
        texts = tuple(form for form in forms if form)
        if name and len(texts) == len(forms):
            found[name] = texts
    return found


@dataclass(frozen=True, slots=True)
class Texts:
    """The words in one language. `tr` and `ntr` are the names the message test looks for."""

    lang: Language

    def tr(self, message: str, **values: object) -> str:
        """Return `message`, with `%(name)s` places filled from `values`."""
        text = message if self.lang == "zh" else english().get(message, (message,))[0]
        return text % values if values else text

    def ntr(self, message: str, n: int, **values: object) -> str:
        """Return `message` for `n` things; `%(n)s` is filled with it."""
        if self.lang == "zh":
            return message % {"n": n, **values}
        forms = english().get(message, (message,))
        return forms[0 if n == 1 else -1] % {"n": n, **values}
