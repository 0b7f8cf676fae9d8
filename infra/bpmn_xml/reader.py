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
DMN = (  # 1.3, 1.4, 1.5
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
_SPACES: dict[str, Space] = {
    MODEL: "bpmn",
    OWN: "own",
    **dict.fromkeys(DMN, "dmn"),
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
    root = parsed(data)
    if isinstance(root, Fault):
        return Reading(faults=(root,))
    if root.tag != f"{{{MODEL}}}definitions":
        return _refused("file.bpmn", root.sourceline or 1)
    drawn = elements(root)
    if drawn is None:
        return _refused("file.size", 1)
    name_the_nameless(drawn)
    digest = hashlib.sha256(data).hexdigest()
    return Reading(Drawing(drawn, file, f"sha256:{digest}"), tree=root.getroottree())


def parsed(data: bytes) -> etree._Element | Fault:
    """Return the root element of a file, or why nobody should read it."""
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS or has_wide_tag(data):
        return fault_at("file.size", None, 1)
    if not readable_encoding(data):
        return fault_at("file.xml", None, 1, "encoding")
    if has_doctype(data):
        return fault_at("file.doctype", None, 1)
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
        return fault_at("file.xml", None, error.lineno or 1, error.msg or "")
    if root.getroottree().docinfo.doctype:
        return fault_at("file.doctype", None, 1)
    return root


def _refused(rule: str, line: int) -> Reading:
    return Reading(faults=(fault_at(rule, None, line),))


def elements(root: etree._Element) -> Element | None:
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
