"""Writes decision tables into the BPMN file whose tasks ask them, so that one hash pins both."""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from domain.process.faults import Fault
from infra.bpmn_xml.reader import MODEL, parsed

_PROCESS, _NOTE, _HOLDER = (
    f"{{{MODEL}}}{name}" for name in ("process", "documentation", "extensionElements")
)


def embed(flow: bytes, tables: Iterable[bytes]) -> bytes | Fault:
    """Return the BPMN file with the tables inside its first process, or why it cannot be read.

    Nothing else of the file changes, comments are kept out; the result is still to be judged.
    """
    root = parsed(flow)
    if isinstance(root, Fault):
        return root
    process = root.find(_PROCESS)
    holder = _holder(process if process is not None else root)
    for data in tables:
        table = parsed(data)
        if isinstance(table, Fault):
            return table
        holder.append(deepcopy(table))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _holder(process: etree._Element) -> etree._Element:
    """Return the `extensionElements` of a process; a new one stands behind its documentation."""
    found = process.find(_HOLDER)
    if found is None:
        found = etree.Element(_HOLDER)
        process.insert(len(process.findall(_NOTE)), found)
    return found
