"""Associations: they join a compensation boundary event to the activity that undoes."""

from domain.process.drawing import Drawing, Element


def undoing(drawing: Drawing, boundary: Element) -> list[Element]:
    """Return the activities for compensation that an association joins to a boundary event."""
    joined = (drawing.by_id.get(one) for one in drawing.associated.get(boundary.id or "", ()))
    return [one for one in joined if one is not None and one.flag("isForCompensation", "false")]
