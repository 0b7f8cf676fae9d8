"""Letters as PDF, read back."""

import struct
import zlib

import pypdfium2  # type: ignore[import-untyped]  # it brings no types


def text_of(content: bytes) -> str:
    """Return the text of a PDF, page after page, without the breaks of its lines."""
    document = pypdfium2.PdfDocument(content)
    pages = [one.get_textpage().get_text_range() for one in document]
    return "".join("".join(pages).split())


def sizes_of(content: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page, in points."""
    return [(round(one[0]), round(one[1])) for one in map(_size, pypdfium2.PdfDocument(content))]


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return width, height


def widest(content: bytes) -> float:
    """Return how far to the right anything printed reaches, in points."""
    pages = pypdfium2.PdfDocument(content)
    return max(float(one.get_bounds()[2]) for page in pages for one in page.get_objects())


def picture_of(content: bytes, scale: float = 1.5) -> bytes:
    """Return the first page of a PDF as a PNG."""
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=scale, rev_byteorder=True)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw, bytes_of_a_row = bytes(bitmap.buffer), width * bitmap.n_channels
    rows = (raw[n * stride : n * stride + bytes_of_a_row] for n in range(height))
    colour = {1: 0, 3: 2, 4: 6}[bitmap.n_channels]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
