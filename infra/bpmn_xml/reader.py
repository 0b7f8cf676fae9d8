"""The BPMN reader: hostile until proven otherwise.

Bytes, tags, attributes and depth are capped and any DOCTYPE is refused before the parser sees a
byte; the parser resolves no entity, loads no DTD and has no network. Whether the content makes
sense is for `domain.process.checks`.
"""

import hashlib
from dataclasses import dataclass, field

from lxml import etree

from domain.process.drawing import OWN, Drawing, Element, Space, name_the_nameless
from domain.process.faults import Fault, fault_at
from infra.bpmn_xml.prolog import has_doctype, has_wide_tag, readable_encoding

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_SPACES: dict[str, Space] = {
    MODEL: "bpmn",
    OWN: "own",
    "http://www.omg.org/spec/BPMN/20100524/DI": "di",
    "http://www.omg.org/spec/DD/20100524/DI": "di",
    "http://www.omg.org/spec/DD/20100524/DC": "di",
}
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MAX_BYTES = 4_000_000
MAX_TAGS = 20_000  # opening, closing and other tags
MAX_DEPTH = 60


@dataclass(frozen=True)
class Reading:
    """A file that was read: its drawing, or why there is none; `tree` is for the schema check."""

    drawing: Drawing | None = None
    faults: tuple[Fault, ...] = ()
    tree: etree._ElementTree | None = field(default=None, repr=False)


def read(data: bytes, file: str) -> Reading:
    """Return what a BPMN file says, or its `file.*` fault; `file` is only a name."""
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS or has_wide_tag(data):
        return _refused("file.size", 1)
    if not readable_encoding(data):
        return _refused("file.xml", 1, "encoding")
    if has_doctype(data):
        return _refused("file.doctype", 1)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return _refused("file.xml", error.lineno or 1, error.msg or "")
    if root.getroottree().docinfo.doctype:
        return _refused("file.doctype", 1)
    if root.tag != f"{{{MODEL}}}definitions":
        return _refused("file.bpmn", root.sourceline or 1)
    drawn = _elements(root)
    if drawn is None:
        return _refused("file.size", 1)
    name_the_nameless(drawn)
    digest = hashlib.sha256(data).hexdigest()
    return Reading(Drawing(drawn, file, f"sha256:{digest}"), tree=root.getroottree())


def _refused(rule: str, line: int, detail: str = "") -> Reading:
    return Reading(faults=(fault_at(rule, None, line, detail),))


def _elements(root: etree._Element) -> Element | None:
    """Return the tree as plain elements; None when it is nested too deeply."""
    top = _element(root, None)
    level = [(root, top)]
    for _ in range(MAX_DEPTH):
        below: list[tuple[etree._Element, Element]] = []
        for source, made in level:
            for child in source:
                if isinstance(child.tag, str):
                    one = _element(child, made)
                    made.children.append(one)
                    below.append((child, one))
        if not below:
            return top
        level = below
    return None


def _element(source: etree._Element, parent: Element | None) -> Element:
    name = etree.QName(source)
    return Element(
        space=_SPACES.get(name.namespace or "", "other"),
        tag=name.localname,
        attributes={_attribute(str(key)): str(value) for key, value in source.attrib.items()},
        line=source.sourceline or 0,
        parent=parent,
        text=source.text or "",
    )


def _attribute(key: str) -> str:
    if not key.startswith("{"):
        return key
    namespace, _, name = key[1:].partition("}")
    if namespace == MODEL:
        return name
    prefix = "own" if namespace == OWN else "xsi" if namespace == XSI else namespace
    return f"{prefix}:{name}"
