"""What can be seen of an XML file without a parser, and so before one is let near it."""

import codecs
import re

_PLAIN = frozenset(("utf-8", "us-ascii", "ascii", "iso-8859-1", "gbk", "gb2312", "gb18030"))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAX_ATTRIBUTES = 60  # of one tag
_ATTRIBUTE = re.compile(rb"=[\s\0]*[\"']")
LONGEST = 100_000  # bytes looked at; whoever needs more before the root element is not believed


def readable_encoding(data: bytes) -> bool:
    """Whether a file is in an encoding whose markup we can see: UTF-8, marked UTF-16, GBK …"""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return not data.startswith(codecs.BOM_UTF32_LE)
    if b"\0" in data[:LONGEST]:
        return False
    declaration = data.removeprefix(codecs.BOM_UTF8)[:200].partition(b"?>")[0]
    if not declaration.startswith(b"<?xml") or b"encoding" not in declaration:
        return True
    value = declaration.partition(b"encoding")[2].strip(b"= \t\r\n")[1:]
    name = value.partition(b'"')[0].partition(b"'")[0].decode("ascii", "replace").lower()
    return name in _PLAIN


def has_wide_tag(data: bytes) -> bool:
    """Whether a tag may have so many attributes that a parser, comparing all, would be slow."""
    return any(
        piece.count(b"=") > MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(piece)) > MAX_ATTRIBUTES
        for piece in data.split(b"<")
    )


def has_doctype(data: bytes) -> bool:
    """Whether a document type stands before the root element, or cannot be ruled out."""
    mark = next((name for start, name in _MARKS if data.startswith(start)), "latin-1")
    text = data[:LONGEST].decode(mark, "replace")
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<?", at):
            at = text.find("?>", at)
        elif text.startswith("<!--", at):
            at = text.find("-->", at)
        else:
            return text.startswith("<!", at)
        if at < 0:
            break
    return len(data) > LONGEST  # no root element in sight
