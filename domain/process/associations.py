"""Associations: they join a compensation boundary event to the activity that undoes."""

from domain.process.drawing import Drawing, Element, local


def undoing(drawing: Drawing, boundary: Element) -> list[Element]:
    """Return the activities for compensation that an association joins to a boundary event."""
    found = []
    for body in drawing.bodies:
        for one in body.all("association"):
            ends = [local(one.get("sourceRef") or ""), local(one.get("targetRef") or "")]
            if boundary.id in ends:
                other = drawing.by_id.get(ends[1] if ends[0] == boundary.id else ends[0])
                if other is not None and other.flag("isForCompensation", "false"):
                    found.append(other)
    return found
