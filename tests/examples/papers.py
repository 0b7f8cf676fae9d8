"""Letters as PDF, read back."""

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
