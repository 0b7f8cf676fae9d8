"""Lays sheets out: HTML always, PDF by typst where the machine has the font for it."""

import io
import json
import re
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from typing_extensions import override

from domain.case.sheet import Sheet
from domain.ports import Press, Print
from infra.letters import page

if TYPE_CHECKING:
    import typst

TEMPLATE = "2"  # version of page.py and letter.typ; rises with every change a reader could see
FAMILY = "Noto Serif CJK SC"
CHECKED_AT = "/verify/paper"
_HERE = Path(__file__).parent
_LAYOUT = _HERE / "letter.typ"
_STANDARD: Final = "a-2a"  # to be kept for decades, and read aloud
_LACKING = re.compile(r'text `(".*?")` could not be displayed')
_PAGE = re.compile(rb"/Type\s*/Page\b")
_NO_TIME = 0  # the letter says its day itself; when it was laid out changes no byte
_MOST_LACKING = 100  # characters no font has, in one sheet


class LetterPress(Press):
    """Lays out letters. Thread-safe; typst and the fonts are loaded with the first PDF."""

    template = TEMPLATE

    def __init__(self, fonts: Path | None, public_url: str = "") -> None:
        """Look for fonts in the folder `fonts` (None: make no PDF); people find us at `public_url`.

        `public_url` is `https://host` without a path; without one the QR holds number and code.
        """
        self._fonts, self._public_url = fonts, public_url
        self._compiler: typst.Compiler | None = None
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
            compiler = self._ready()
            return None if compiler is None else _print(compiler, self._data(sheet))

    @property
    def _address(self) -> str:
        return f"{self._public_url}{CHECKED_AT}" if self._public_url else ""

    def _ready(self) -> "typst.Compiler | None":
        if self._compiler is None and self._fonts is not None:
            self._compiler = _compiler(self._fonts)
        return self._compiler

    def _data(self, sheet: Sheet) -> dict[str, Any]:
        number = "文号" if sheet.numbered else "办件编号"
        where = self._address or "文书核验页面"
        how = f"扫描二维码，或在{where}填写{number}和核验码，核对本文书。"
        return asdict(sheet) | {"qr": self._qr(sheet, scale=4), "how": how}

    def _qr(self, sheet: Sheet, *, scale: int) -> str:
        """Return the picture that leads to the check of the paper; "" for one without a code."""
        if not sheet.code:
            return ""
        import segno  # noqa: PLC0415  – only who lays out letters needs it

        asked = {"number": sheet.number, "code": sheet.code}
        told = f"{self._address}?{urlencode(asked)}" if self._address else " ".join(asked.values())
        svg = io.BytesIO()
        made = segno.make(told, error="m", micro=False)
        made.save(svg, kind="svg", scale=scale, border=1, xmldecl=False, nl=False)
        return svg.getvalue().decode()


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
    return fonts if weights >= {400, 700} else None


def _compiler(folder: Path) -> "typst.Compiler | None":
    fonts = _fonts(folder)
    if fonts is None:
        return None
    import typst  # noqa: PLC0415  – as above

    return typst.Compiler(root=str(_HERE), font_paths=fonts)


def _print(compiler: "typst.Compiler", sheet: dict[str, Any]) -> Print:
    """Return the PDF; what no font has stands as its code point, never as an empty box.

    Raises:
        typst.TypstError: the layout is wrong.
    """
    import typst  # noqa: PLC0415  – as above

    for _ in range(_MOST_LACKING):
        try:
            content = _compiled(compiler, sheet)
        except typst.TypstError as error:
            lacking = _lacking(str(error))
            if not lacking:
                raise
            sheet = _spelled(sheet, lacking)
        else:
            return Print(content=content, pages=_pages(content))
    raise ValueError(f"more than {_MOST_LACKING} characters that no font has")


def _compiled(compiler: "typst.Compiler", sheet: dict[str, Any]) -> bytes:
    told = json.dumps(sheet, ensure_ascii=False)
    made = compiler.compile(
        input=str(_LAYOUT),
        format="pdf",
        sys_inputs={"sheet": told},
        pdf_standards=[_STANDARD],
        timestamp=_NO_TIME,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is bytes")
    return made


def _pages(content: bytes) -> int:
    """Return how many pages typst wrote into a PDF."""
    return len(_PAGE.findall(content))


def _lacking(error: str) -> str:
    """Return the text that no font has, as typst's complaint quotes it; "" if it is another one."""
    found = _LACKING.search(error)
    if found is None:
        return ""
    unescaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda one: chr(int(one[1], 16)), found[1][1:-1])
    return "".join(dict.fromkeys(unescaped))


def _spelled(value: Any, lacking: str) -> Any:  # noqa: ANN401  – JSON, walked
    """Return the same data with each character of `lacking` written as its code point."""
    if isinstance(value, str):
        return "".join(f"〔U+{ord(one):04X}〕" if one in lacking else one for one in value)
    if isinstance(value, dict):
        return {name: _spelled(one, lacking) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(one, lacking) for one in value]
    return value
