"""Letters as PDF, read back."""

import pypdfium2


def text_of(content: bytes) -> str:
    """Return the text of a PDF, page after page, without the breaks of its lines."""
    document = pypdfium2.PdfDocument(content)
    pages = [one.get_textpage().get_text_range() for one in document]
    return "".join("".join(pages).split())
