"""Lays sheets out: HTML always, PDF by typst where the machine has the font for it."""

import io
import json
import re
import threading
import unicodedata
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import structlog
from typing_extensions import override

from domain.case.sheet import Sheet
from domain.ports import Press, Print
from infra.letters import page
from infra.letters.glyphs import Glyphs, glyphs_of

if TYPE_CHECKING:
    import segno
    import typst

log = structlog.get_logger("anjuan.letters")
TEMPLATE = "2"  # version of page.py and letter.typ; rises with every change a reader could see
FAMILY = "Noto Serif CJK SC"
WEIGHTS = {400, 700}  # regular and bold
CHECKED_AT = "/verify/paper"
_HERE = Path(__file__).parent
_LAYOUT = _HERE / "letter.typ"
_STANDARD: Final = "a-2a"  # to be kept for decades, and read aloud
_PAGE = re.compile(rb"/Type\s*/Page\b")
_NO_TIME = 0  # the letter says its day itself; when it was laid out changes no byte
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))  # Unicode categories


@dataclass(frozen=True, slots=True)
class _Types:
    """A compiler, and what the fonts it prints with can draw."""

    compiler: "typst.Compiler"
    glyphs: tuple[Glyphs, ...]  # of each weight

    def draw(self, character: str) -> bool:
        """Whether a character can be seen in every weight."""
        if character in "\n ":
            return True
        seen = unicodedata.category(character) not in _UNSEEN
        return seen and all(one.has(character) for one in self.glyphs)


class LetterPress(Press):
    """Lays out letters. Thread-safe; typst and the fonts are loaded with the first PDF."""

    template = TEMPLATE

    def __init__(self, fonts: Path | None, public_url: str = "") -> None:
        """Look for fonts in the folder `fonts` (None: make no PDF); people find us at `public_url`.

        `public_url` is `https://host` without a path; without one the QR holds number and code.
        """
        self._fonts, self._public_url = fonts, public_url
        self._types: _Types | None = None
        self._lock = threading.Lock()

    @override
    def page(self, sheet: Sheet) -> bytes:
        return page.page(sheet, TEMPLATE, self._qr(sheet, scale=2), self._address)

    @override
    def part(self, sheet: Sheet) -> str:
        return page.part(sheet, self._qr(sheet, scale=2), self._address)

    @override
    def print(self, sheet: Sheet) -> Print | None:
        if self._fonts is None:
            return None
        with self._lock:  # one at a time: what is laid out lies in the compiler's memory
            self._types = types = self._types or _set_up(self._fonts)
            return None if types is None else _print(types, self._data(sheet, types), sheet.number)

    @property
    def _address(self) -> str:
        return f"{self._public_url}{CHECKED_AT}" if self._public_url else ""

    def _data(self, sheet: Sheet, types: _Types) -> dict[str, Any]:
        number = "文号" if sheet.numbered else "办件编号"
        where = self._address or "文书核验页面"
        how = f"扫描二维码，或在{where}填写{number}和核验码，核对本文书。"
        words: dict[str, Any] = _spelled(asdict(sheet) | {"how": how}, types)
        return words | {"qr": self._qr(sheet, scale=4)}

    def _qr(self, sheet: Sheet, *, scale: int) -> str:
        """Return the picture that leads to the check of the paper; "" for one without a code."""
        if not sheet.code:
            return ""
        asked = {"number": sheet.number, "code": sheet.code}
        told = f"{self._address}?{urlencode(asked)}" if self._address else " ".join(asked.values())
        svg = io.BytesIO()
        _code(told).save(svg, kind="svg", scale=scale, border=1, xmldecl=False, nl=False)
        return svg.getvalue().decode()


@lru_cache(maxsize=64)  # each letter is laid out as HTML and as PDF, one right after the other
def _code(told: str) -> "segno.QRCode":
    """Return the QR code that says `told`: of all steps of a letter, this takes longest."""
    import segno  # noqa: PLC0415  – only who lays out letters needs it

    return segno.make(told, error="m", micro=False)


def has_font(folder: Path) -> bool:
    """Whether the folder holds the fonts letters are printed in, both weights."""
    return _fonts(folder) is not None


def _fonts(folder: Path) -> "typst.Fonts | None":
    try:
        import typst  # noqa: PLC0415  – 45 MB that only a printing process needs
    except ImportError:
        return None
    if not folder.is_dir():
        return None
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    weights = {one.weight for one in fonts.fonts() if one.family == FAMILY}
    return fonts if weights >= WEIGHTS else None


def _set_up(folder: Path) -> "_Types | None":
    fonts = _fonts(folder)
    if fonts is None:
        return None
    import typst  # noqa: PLC0415  – as above

    ours = [one for one in fonts.fonts() if one.family == FAMILY and one.weight in WEIGHTS]
    glyphs = [glyphs_of(Path(one.path), one.index) for one in ours if one.path]
    return _Types(typst.Compiler(root=str(_HERE), font_paths=fonts), tuple(glyphs))


def _print(types: _Types, sheet: dict[str, Any], number: str) -> Print | None:
    """Return the PDF of `sheet`, which holds only what can be drawn."""
    import typst  # noqa: PLC0415  – as above

    told = json.dumps(sheet, ensure_ascii=False)
    try:
        made = types.compiler.compile(
            input=str(_LAYOUT),
            format="pdf",
            sys_inputs={"sheet": told},
            pdf_standards=[_STANDARD],
            timestamp=_NO_TIME,
        )
    except typst.TypstError as error:  # the letter comes as HTML; once mended, it is printed
        log.error("letter.unprintable", number=number, error=str(error))  # noqa: TRY400  – said
        return None
    if not isinstance(made, bytes):
        raise TypeError("a PDF is bytes")
    return Print(content=made, pages=_pages(made))


def _pages(content: bytes) -> int:
    """Return how many pages typst wrote into a PDF."""
    return len(_PAGE.findall(content))


def _spelled(value: Any, types: "_Types") -> Any:  # noqa: ANN401  – JSON, walked
    """Return the same data: what no font has stands as its code point, never as an empty box."""
    if isinstance(value, str):
        return "".join(one if types.draw(one) else f"〔U+{ord(one):04X}〕" for one in value)
    if isinstance(value, dict):
        return {name: _spelled(one, types) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(one, types) for one in value]
    return value
