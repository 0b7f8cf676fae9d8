"""Two versions of a diagram in one picture: the old one above, the new one below, with a legend."""

from collections.abc import Iterator, Mapping
from html import escape

from domain.process.difference import difference, marks
from domain.process.layout import Bounds
from domain.process.model import Definition
from domain.process.picture import ARROW, COLOURS, FONT, SIGNS, Look, Rooms, drawn, frame, numbers
from domain.process.picture_labels import label_rooms

_HEAD, _TITLE = 44, 36  # height of the legend and of a title
_ENTRY = 150  # width of an entry of the legend
_SAID = {
    "added": "新增 added",
    "removed": "删除 removed",
    "changed": "修改 changed",
}


def difference_svg(old: Definition, new: Definition) -> str:
    """Return both versions as one SVG element, with what was added, removed and changed marked.

    Raises:
        NoLayoutError: one of the files has no layout.
    """
    before, after = marks(difference(old, new))
    rooms = label_rooms(old), label_rooms(new)
    frames = frame(old, rooms[0]), frame(new, rooms[1])
    width = max(*(one.width for one in frames), _ENTRY * len(_SAID) + 40)
    height = _HEAD + sum(one.height + _TITLE for one in frames)
    names = [one.name or one.id for one in new.processes.values()]
    second = _HEAD + _TITLE + frames[0].height
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram difference" role="img"'
            f' aria-labelledby="diagram-title" viewBox="0 0 {width:g} {height:g}" {FONT}>',
            f'<title id="diagram-title">{escape(" · ".join(names))}：变更 · changes</title>',
            ARROW,
            *_legend(),
            *_version("旧版 · old version", old, frames[0], _HEAD, before, rooms[0]),
            *_version("新版 · new version", new, frames[1], second, after, rooms[1]),
            "</svg>",
        ]
    )


def _legend() -> Iterator[str]:
    for place, (mark, said) in enumerate(_SAID.items()):
        x = 24 + place * _ENTRY
        yield (
            f'<g class="legend {mark}" color="{COLOURS[mark]}">'
            f'<rect x="{x}" y="14" width="20" height="16" rx="3" fill="currentColor"/>'
            f'<text x="{x + 10}" y="22" fill="Canvas" font-weight="bold" text-anchor="middle"'
            f' dominant-baseline="central">{SIGNS[mark]}</text>'
            f'<text x="{x + 28}" y="22" fill="currentColor" dominant-baseline="central">'
            f"{said}</text></g>"
        )


def _version(
    title: str,
    definition: Definition,
    room: Bounds,
    top: float,
    marked: Mapping[str, str],
    rooms: Rooms,
) -> Iterator[str]:
    yield (
        f'<text class="version" x="24" y="{top + _TITLE / 2:g}" font-size="16" font-weight="bold"'
        f' fill="currentColor" dominant-baseline="central">{title}</text>'
    )
    yield (
        f'<svg x="0" y="{top + _TITLE:g}" width="{room.width:g}" height="{room.height:g}"'
        f' viewBox="{numbers(room)}">'
    )
    yield from drawn(definition, Look(marks=marked), rooms)
    yield "</svg>"
