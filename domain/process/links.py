"""Link events: which catching one a throwing one goes on at, by reference or else by name."""

from domain.process.drawing import Drawing, Element, local


def link_target(drawing: Drawing, throwing: Element) -> Element | None:
    """Return the catching link event that a throwing one leads to on its level; None when none."""
    own = drawing.events(throwing)[0]
    catching = [
        node
        for node in drawing.nodes
        if node.tag == "intermediateCatchEvent"
        and node.parent is throwing.parent
        and drawing.trigger(node) == "link"
    ]
    named = {local(one.text) for one in own.all("target")}
    for node in catching:
        definition = drawing.events(node)[0]
        sources = {local(one.text) for one in definition.all("source")}
        if definition.id in named or (own.id is not None and own.id in sources):
            return node
    if named:
        return None
    return next((one for one in catching if _name(drawing, one) == own.get("name")), None)


def _name(drawing: Drawing, node: Element) -> str | None:
    return drawing.events(node)[0].get("name")
