"""What a file is by its bytes, and whether it is whole; names and headers are not believed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Flaw = Literal["empty", "wrong_kind", "incomplete"]
_TAIL = 1024  # bytes in which a PDF says its end
_ARCHIVE_TAIL = 22 + 65_535  # the end record of a ZIP with the longest comment


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    name: str
    media_type: str
    endings: tuple[str, ...]  # of file names
    begins: Callable[[bytes], bool]
    whole: Callable[[bytes], bool]


def _starts(with_: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(with_)


def _archive(member: bytes) -> Callable[[bytes], bool]:
    """Return the test of a ZIP that holds `member`: names stand in the clear, twice."""
    return lambda content: content.startswith(b"PK\x03\x04") and member in content


def _archive_ends(content: bytes) -> bool:
    return b"PK\x05\x06" in content[-_ARCHIVE_TAIL:]


def _pdf_ends(content: bytes) -> bool:
    return b"%%EOF" in content[-_TAIL:]


def _png_ends(content: bytes) -> bool:
    return content.endswith(b"IEND\xaeB\x60\x82")


def _jpeg_ends(content: bytes) -> bool:
    return content.rstrip(b"\0").endswith(b"\xff\xd9")


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    Kind("PDF", "application/pdf", ("pdf",), _starts(b"%PDF-"), _pdf_ends),
    Kind("PNG", "image/png", ("png",), _starts(b"\x89PNG\r\n\x1a\n"), _png_ends),
    Kind("JPG", "image/jpeg", ("jpg", "jpeg"), _starts(b"\xff\xd8\xff"), _jpeg_ends),
    Kind("OFD", "application/ofd", ("ofd",), _archive(b"OFD.xml"), _archive_ends),
    Kind("DOCX", _WORD, ("docx",), _archive(b"word/document.xml"), _archive_ends),
    Kind("XLSX", _SHEET, ("xlsx",), _archive(b"xl/workbook.xml"), _archive_ends),
)
NAMES = "、".join(one.name for one in KINDS)


def kind_of(content: bytes) -> Kind | None:
    """Return what the content is; None when it is nothing that is taken."""
    return next((one for one in KINDS if one.begins(content)), None)


def flaw_of(content: bytes) -> Flaw | None:
    """Return why the content is not taken: empty, of another kind, or cut short; None if it is."""
    if not content:
        return "empty"
    kind = kind_of(content)
    if kind is None:
        # A cut archive has lost its list of names with its end: say that, not that it is unknown.
        archive = content.startswith(b"PK\x03\x04") and not _archive_ends(content)
        return "incomplete" if archive else "wrong_kind"
    return None if kind.whole(content) else "incomplete"
