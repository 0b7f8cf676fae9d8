"""The OMG schema of BPMN 2.0, vendored: a second opinion on what a file says."""

from functools import cache
from importlib import resources

from lxml import etree

from domain.process.faults import Fault, fault_at

MOST = 20  # messages; a file that breaks more rules is told the first


@cache
def _schema() -> etree.XMLSchema:
    place = resources.files("infra.bpmn_xml") / "schemas" / "BPMN20.xsd"
    with resources.as_file(place) as file:
        return etree.XMLSchema(etree.parse(file, etree.XMLParser(no_network=True)))


def unmet(tree: etree._ElementTree) -> tuple[Fault, ...]:
    """Return where a file breaks the schema, by line."""
    schema = _schema()
    if schema.validate(tree):
        return ()
    return tuple(
        fault_at("file.schema", None, error.line, _plain(error.message))
        for error in list(schema.error_log)[:MOST]
    )


def _plain(message: str) -> str:
    return message.replace("{http://www.omg.org/spec/BPMN/20100524/MODEL}", "")
