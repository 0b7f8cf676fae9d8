"""Link events: which catching one a throwing one goes on at, by reference or else by name."""

from domain.process.drawing import Drawing, Element, local


def link_target(drawing: Drawing, throwing: Element) -> Element | None:
    """Return the catching link event that a throwing one leads to on its level; None when none."""
    own, level = drawing.events(throwing)[0], id(throwing.parent)
    named = [local(one.text) for one in own.all("target")]
    for kind, value in (*(("id", name) for name in named), ("source", own.id)):
        if value and (found := drawing.links.get((level, kind, value))) is not None:
            return found
    return None if named else drawing.links.get((level, "name", own.get("name") or ""))
