"""Names of messages and signals: what is thrown is caught, and one name means one thing."""

from collections.abc import Iterator
from unicodedata import normalize

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element

_EVENTS = {"message": "messageEventDefinition", "signal": "signalEventDefinition"}
_TASKS = {"sendTask", "receiveTask"}
_THROWING = frozenset(("endEvent", "intermediateThrowEvent", "sendTask"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield names that two have, or nearly, and throws that nothing in the file catches.

    What comes from outside may come to every catch, so a catch without a throw is none of these.
    """
    for kind in _EVENTS:
        uses = tuple(_uses(drawing, kind))
        yield from _named(drawing, kind, {ref for _, ref in uses})
        yield from _unheard(drawing, uses)


def _uses(drawing: Drawing, kind: str) -> Iterator[tuple[Element, str]]:
    """Yield each node that throws or catches, with the id of its message or signal."""
    for node in drawing.nodes:
        named = [one for one in drawing.events(node) if one.tag == _EVENTS[kind]]
        if kind == "message" and node.tag in _TASKS:
            named.append(node)
        for one in named:
            if ref := one.ref(f"{kind}Ref"):
                yield node, ref


def _named(drawing: Drawing, kind: str, used: set[str]) -> Iterator[Finding]:
    """Yield those among what is used whose name somebody before has, to the letter or nearly."""
    names: set[str] = set()
    folded: set[str] = set()
    for one in drawing.root.all(kind):
        name = (one.get("name") or "").strip()
        if not name or one.id not in used:
            continue
        alike = "".join(normalize("NFKC", name).casefold().split())
        if name in names:
            yield Finding("message.name", one, name)
        elif alike in folded:
            yield Finding("message.alike", one, name)
        names.add(name)
        folded.add(alike)


def _unheard(drawing: Drawing, uses: tuple[tuple[Element, str], ...]) -> Iterator[Finding]:
    caught = {ref for node, ref in uses if node.tag not in _THROWING}
    outward = {
        flow.ref("sourceRef")
        for collaboration in drawing.root.all("collaboration")
        for flow in collaboration.all("messageFlow")
    }
    for node, ref in uses:
        if node.tag in _THROWING and ref not in caught and node.id not in outward:
            yield Finding("message.unheard", node, ref)
