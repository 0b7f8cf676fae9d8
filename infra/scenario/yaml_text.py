"""Strict YAML: keys and values stay what they look like, and every fault has a line.

Only `true`, `false`, `null` and plain integers without a leading zero are more than text, so `on`,
`0430` and dates stay as written. Doubled keys, anchors and tags are faults.
"""

import re
from dataclasses import dataclass, field

import yaml

from domain.kernel.json import JsonValue

Value = JsonValue
Path = tuple[str | int, ...]

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_DEEPEST = 30


class MalformedError(Exception):
    """A scenario file cannot be understood; says where and what to do."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(f"{line}: {zh} · {en}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a file with the line on which each begins."""

    value: Value
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Document:
    """Return the one document of `text`.

    Raises:
        MalformedError: not YAML, or outside the strict subset.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MalformedError(line, "不是有效的 YAML", f"not YAML: {error.problem}") from None
    if node is None:
        raise MalformedError(1, "文件是空的", "the file is empty")
    lines: dict[Path, int] = {}
    return Document(_value(node, (), lines), lines)


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Value:
    lines[path] = _line(node)
    if len(path) > _DEEPEST:
        raise MalformedError(_line(node), "嵌套过深", "nested too deeply")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, n), lines) for n, item in enumerate(node.value)]
    found: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key in found:
            line = _line(key_node)
            raise MalformedError(line, f"键重复或不是文字：{key}", f"doubled or odd key: {key}")
        found[key] = _value(value_node, (*path, key), lines)
        lines[(*path, key)] = _line(key_node)  # a reader looks for the key
    return found


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    text = str(node.value)
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.match(text) else text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
