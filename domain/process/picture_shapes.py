"""The shapes of BPMN: circles, diamonds and rounded boxes with their marks."""

from collections.abc import Callable, Mapping
from html import escape

from domain.process.layout import Bounds, Shape
from domain.process.model import ACTIVITIES, Node

LINE = 16  # height of a line of text
_WIDE, _NARROW = 12.0, 6.6  # width of a Chinese and of a Latin letter
MAX_LINES = 5
LABEL_WIDTH = 73.0  # six Chinese letters
ACTIVE = ' stroke-width="3.5" fill="currentColor" fill-opacity="0.12"'
_QUIET = ' stroke-width="1.5" fill="none"'

_TASK_MARKS: Mapping[str, str] = {
    "user": "◉",
    "manual": "✋",
    "service": "⚙",
    "rule": "▦",
    "send": "✉",
    "receive": "✉",
}
_EVENT_MARKS: Mapping[str, str] = {
    "message": "✉",
    "timer": "◷",
    "error": "ϟ",
    "signal": "△",
    "escalation": "⇑",
    "link": "⇨",
    "conditional": "☰",
    "compensate": "◁◁",
    "cancel": "✕",
    "multiple": "⬠",
    "terminate": "●",
}
_GATEWAY_MARKS: Mapping[str, str] = {
    "exclusive": "×",
    "parallel": "+",
    "inclusive": "○",
    "complex": "✱",
    "event_gateway": "⬠",
}


def body_of(node: Node, shape: Shape, room: Bounds | None, *, active: bool) -> str:
    """Return the drawing of one node with its name; `room` is the place for a name beside it."""
    look = ACTIVE if active else _QUIET
    if node.kind in ACTIVITIES:
        return _activity(node, shape, look)
    draw: Callable[[Node, Bounds, str], str] = _gateway if node.kind in _GATEWAY_MARKS else _event
    return draw(node, shape.bounds, look) + (text_block(node.name, room, "label") if room else "")


def _activity(node: Node, shape: Shape, look: str) -> str:
    box = shape.bounds
    dashes = ' stroke-dasharray="2 3"' if node.kind == "event_subprocess" else ""
    width = 4 if node.kind == "call" else 0
    stroke = f' stroke-width="{width}" fill="none"' if width and look == _QUIET else look
    frame = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="8"'
        f' stroke="currentColor"{dashes}{stroke}/>'
    )
    if node.transaction:
        frame += (
            f'<rect x="{box.x + 3:g}" y="{box.y + 3:g}" width="{box.width - 6:g}"'
            f' height="{box.height - 6:g}" rx="6" stroke="currentColor"{_QUIET}/>'
        )
    if node.undoing:
        frame += _mark("◁◁", box.x + box.width / 2, box.y + box.height - 10)
    mark = _TASK_MARKS.get(node.kind, "")
    corner = _mark(mark, box.x + 12, box.y + 14) if mark else ""
    whole = node.kind in ("subprocess", "event_subprocess") and shape.expanded
    room = title_room(box) if whole else box
    return frame + corner + text_block(node.name, room, "name")


def title_room(box: Bounds) -> Bounds:
    """Return the room for the name of an expanded sub-process."""
    return Bounds(box.x, box.y + 4, box.width, LINE + 4)


def _gateway(node: Node, box: Bounds, look: str) -> str:
    middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
    corners = (
        f"{middle_x:g},{box.y:g} {box.x + box.width:g},{middle_y:g}"
        f" {middle_x:g},{box.y + box.height:g} {box.x:g},{middle_y:g}"
    )
    frame = f'<polygon points="{corners}" stroke="currentColor"{look}/>'
    return frame + _mark(_GATEWAY_MARKS[node.kind], middle_x, middle_y, size=22)


def _event(node: Node, box: Bounds, look: str) -> str:
    x, y, radius = box.x + box.width / 2, box.y + box.height / 2, box.width / 2
    if node.kind == "end":
        look = look.replace('"1.5"', '"3.5"')
    dashes = "" if node.interrupting else ' stroke-dasharray="4 3"'
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" stroke="currentColor"{dashes}{look}/>'
    if node.kind in ("catch", "throw", "boundary"):
        circle += (
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius - 3:g}" stroke="currentColor"'
            f"{dashes}{_QUIET}/>"
        )
    return circle + _mark(_EVENT_MARKS.get(node.event.trigger, ""), x, y, size=16)


def _mark(sign: str, x: float, y: float, size: int = 12) -> str:
    if not sign:
        return ""
    return (
        f'<text class="mark" x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="middle"'
        f' dominant-baseline="central" fill="currentColor" aria-hidden="true">{sign}</text>'
    )


def badge(text: str, box: Bounds) -> str:
    """Return a small tag on the upper left corner of a shape."""
    width = 8 + 8 * len(text)
    x, y = box.x - 6, box.y - 8
    return (
        f'<rect class="badge" x="{x:g}" y="{y:g}" width="{width}" height="16" rx="8"'
        f' fill="currentColor"/><text class="badge" x="{x + width / 2:g}" y="{y + 8:g}"'
        f' font-size="12" font-weight="bold" text-anchor="middle" dominant-baseline="central"'
        f' fill="Canvas">{escape(text)}</text>'
    )


def text_block(text: str, room: Bounds, kind: str) -> str:
    """Return a text wrapped and centred in a box; a label's box is a hint and grows downwards."""
    label = kind == "label"
    lines = wrapped(text, max(room.width, LABEL_WIDTH) if label else room.width - 8)
    middle = room.x + room.width / 2
    height = LINE if label else room.height
    first = room.y + height / 2 - (0 if label else (len(lines) - 1) * LINE / 2)
    halo = ' paint-order="stroke" stroke="Canvas" stroke-width="3"' if label else ""
    spans = "".join(
        f'<tspan x="{middle:g}" y="{first + number * LINE:g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return (
        f'<text class="{kind}" text-anchor="middle" dominant-baseline="central"'
        f' fill="currentColor"{halo}>{spans}</text>'
        if spans
        else ""
    )


def extent(text: str, room: Bounds) -> Bounds:
    """Return the box a label in `room` fills; as room for it, the box holds the same lines."""
    lines = wrapped(text, max(room.width, LABEL_WIDTH))
    wide = max(map(_width, lines), default=0.0) + 1
    return Bounds(room.x + (room.width - wide) / 2, room.y, wide, LINE * len(lines))


def _width(text: str) -> float:
    return sum(_WIDE if ord(letter) > 0x2E7F else _NARROW for letter in text)  # noqa: PLR2004  – CJK begins here


def wrapped(text: str, width: float) -> list[str]:
    """Return `text` in lines of at most `width`; Chinese breaks anywhere, Latin words do not."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        wide = _width(piece)
        if line.strip() and used + wide > width:
            lines.append(line.strip())
            line, used = "", 0.0
        line, used = line + piece, used + wide
    lines += [line.strip()] if line.strip() else []
    if len(lines) > MAX_LINES:
        return [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1] + "…"]
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        latin = letter.isascii() and not letter.isspace()
        if latin and pieces and pieces[-1].isascii() and not pieces[-1].isspace():
            pieces[-1] += letter
        else:
            pieces.append(" " if letter.isspace() else letter)
    return pieces
