"""Makes HTML of page objects: one environment per language, everything escaped."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.console.assets import asset
from api.console.texts import HTML_LANG, LANGUAGES, Texts
from api.console.words import Words
from domain.case.labels import label
from domain.kernel.errors import Language

TEMPLATES: Final = Path(__file__).parent / "templates"
MACROS: Final = ("parts", "clocks", "lists", "fields", "details", "calendars")


class Pages:
    """The templates in every language."""

    def __init__(self) -> None:
        self._environments = {lang: _environment(lang) for lang in LANGUAGES}

    def page(self, template: str, lang: Language, values: Mapping[str, object]) -> str:
        """Return the whole page."""
        return self._environments[lang].get_template(template).render(values)


@cache
def _environment(lang: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts, words = Texts(lang), Words(lang)

    def named(kind: str, code: str) -> str:
        return label(kind, code, lang)

    def term(kind: str, code: str) -> str:
        return label(kind, code, "zh")

    environment.globals.update(
        asset=asset,
        tr=texts.tr,
        ntr=texts.ntr,
        words=words,
        label=named,
        term=term,
        lang=lang,
        html_lang=HTML_LANG[lang],
    )
    environment.filters.update(
        day=words.day, short_day=words.short_day, weekday=words.weekday, time=words.time,
        stamp=words.stamp, end=words.end, size=words.size,
    )  # fmt: skip
    for name in MACROS:  # in this order: later ones use the earlier
        environment.globals[name] = environment.get_template(f"{name}.html").module
    return environment
