"""A model as people can do it: every task the player would do by itself becomes a user task."""

from lxml import etree

from infra.bpmn_xml.reader import MODEL

AUTOMATIC = frozenset(("task", "serviceTask", "manualTask"))


def for_people(source: bytes) -> bytes:
    """Return the same model with its tasks to be done one by one; ids, lines and marks stay.

    A send task with a message sends it inside its own case, and stays what it is.
    """
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter(f"{{{MODEL}}}*"):
        name = etree.QName(element).localname
        if name in AUTOMATIC or (name == "sendTask" and element.get("messageRef") is None):
            element.tag = f"{{{MODEL}}}userTask"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
