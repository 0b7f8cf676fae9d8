"""Which characters a font can draw, read from its own table: OpenType `cmap`."""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

Range = tuple[int, int]  # first and last code point, both included
_UNICODE = {(3, 10), (0, 4), (0, 6)}  # platform and encoding of tables that hold every plane
_GROUPS = 12  # format: ranges of 32 bits
_COLLECTION = b"ttcf"


class Glyphs:
    """The code points for which a font has a picture."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        """Hold `ranges`, which do not overlap."""
        self._ranges = sorted(ranges)
        self._firsts = [first for first, _ in self._ranges]

    def has(self, character: str) -> bool:
        """Whether the font can draw this one character."""
        at = bisect_right(self._firsts, ord(character)) - 1
        return at >= 0 and ord(character) <= self._ranges[at][1]


def glyphs_of(file: Path, index: int) -> Glyphs:
    """Return what the font at `index` of a font file or collection can draw.

    Raises:
        ValueError: it has no table of all of Unicode.
        OSError: the file cannot be read.
    """
    with file.open("rb") as font:

        def read(offset: int, size: int) -> bytes:
            font.seek(offset)
            return font.read(size)

        start = 0
        if read(0, 4) == _COLLECTION:
            (start,) = struct.unpack(">I", read(12 + 4 * index, 4))
        (tables,) = struct.unpack(">H", read(start + 4, 2))
        cmap = next(_offsets(read(start + 12, 16 * tables), b"cmap"), None)
        if cmap is None:
            raise ValueError(f"{file} has no cmap")
        (count,) = struct.unpack(">H", read(cmap + 2, 2))
        records = struct.iter_unpack(">HHI", read(cmap + 4, 8 * count))
        for platform, encoding, offset in records:
            kind, _, _, _, groups = struct.unpack(">HHIII", read(cmap + offset, 16))
            if (platform, encoding) in _UNICODE and kind == _GROUPS:
                rows = struct.iter_unpack(">III", read(cmap + offset + 16, 12 * groups))
                return Glyphs((first, last) for first, last, _ in rows)
    raise ValueError(f"{file} has no table of all of Unicode")


def _offsets(directory: bytes, wanted: bytes) -> Iterator[int]:
    for tag, _, offset, _ in struct.iter_unpack(">4sIII", directory):
        if tag == wanted:
            yield offset
