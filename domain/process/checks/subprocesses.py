"""Sub-processes: embedded ones start plainly, event sub-processes by exactly one event."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.checks.references import ACTIVITIES
from domain.process.drawing import Drawing, Element

_NEVER = frozenset(("none", "cancel", "link", "terminate"))
_INTERRUPTING_ONLY = frozenset(("error", "compensate"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield sub-processes that could not start."""
    for body in drawing.bodies:
        if body.flag("triggeredByEvent", "false"):
            yield from _event_subprocess(drawing, body)
        elif body.tag in ("subProcess", "transaction"):
            for start in body.all("startEvent"):
                if drawing.trigger(start) != "none":
                    yield Finding("subprocess.start_trigger", start)
        elif body.tag == "adHocSubProcess":
            yield from _adhoc(body)


def _event_subprocess(drawing: Drawing, body: Element) -> Iterator[Finding]:
    if drawing.incoming(body) or drawing.outgoing(body):
        yield Finding("event_subprocess.flow", body)
    starts = body.all("startEvent")
    if len(starts) != 1:
        yield Finding("event_subprocess.start", body, f"{len(starts)} start events")
        return
    interrupting = starts[0].flag("isInterrupting", "true")
    found = [one.tag.removesuffix("EventDefinition") for one in drawing.events(starts[0])]
    for trigger in found or ["none"]:
        if trigger in _NEVER or (not interrupting and trigger in _INTERRUPTING_ONLY):
            yield Finding("event_subprocess.start", starts[0], trigger)


def _adhoc(body: Element) -> Iterator[Finding]:
    inside = {one.tag for one in body.children if one.space == "bpmn"}
    if not inside & ACTIVITIES or inside & {"startEvent", "endEvent"}:
        yield Finding("adhoc.content", body)
