"""Activities: quantities, loops, instantiating receive tasks and called processes."""

import re
from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.checks.references import ACTIVITIES
from domain.process.drawing import Drawing, Element

_QUANTITY = re.compile(r"\+?0*[1-9]\d{0,3}")  # tokens; thousands are nobody's process
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield activities that could not work."""
    for node in drawing.nodes:
        if node.tag in ACTIVITIES:
            yield from _quantities(node)
            yield from _loops(node)
            yield from _starts(drawing, node)


def _quantities(node: Element) -> Iterator[Finding]:
    for name in ("startQuantity", "completionQuantity"):
        value = node.get(name)
        if value is not None and not _QUANTITY.fullmatch(value.strip()):
            yield Finding("activity.quantity", node, f"{name}={value}")


def _loops(node: Element) -> Iterator[Finding]:
    standard = node.all("standardLoopCharacteristics")
    multi = node.all("multiInstanceLoopCharacteristics")
    if len(standard) + len(multi) > 1:
        yield Finding("activity.two_loops", node)
    for one in multi:
        counted = [one.first("loopCardinality"), one.first("loopDataInputRef")]
        if not any(found is not None and found.text.strip() for found in counted):
            yield Finding("multi_instance.cardinality", node)
        if one.get("behavior") == "Complex":
            yield Finding("element.unsupported", node, f"behavior={one.get('behavior')}")
        yield from _count(one.first("loopCardinality"), node)
    for one in standard:
        if (one.get("loopMaximum") or "0").startswith("-"):
            yield Finding("multi_instance.cardinality", node, "loopMaximum")


def _count(cardinality: Element | None, node: Element) -> Iterator[Finding]:
    """Yield a count that stands there as a number and is no natural one."""
    text = cardinality.text.strip() if cardinality is not None else ""
    if _NUMBER.fullmatch(text) and not text.isdecimal():
        yield Finding("multi_instance.cardinality", node, text)


def _starts(drawing: Drawing, node: Element) -> Iterator[Finding]:
    if node.flag("instantiate", "false") and drawing.incoming(node):
        yield Finding("receive.instantiating", node)
    if node.tag != "callActivity":
        return
    called = drawing.by_id.get(node.ref("calledElement") or "")
    if called is None or called.tag != "process":
        return
    starts = called.all("startEvent")
    if starts and all(drawing.trigger(one) != "none" for one in starts):
        yield Finding("call.none_start", node)
