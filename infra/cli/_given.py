"""Reading what a command is given: files, standard input, JSON."""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path

from infra.cli.exits import Exit, Stop

DEEPEST = 64  # levels of objects and lists
_HALF = re.compile("[\ud800-\udfff]")


def bytes_of(file: str) -> bytes:
    """Return the bytes of a file; `-` is stdin.

    Raises:
        Stop: it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise usage(f"无法读取文件 · cannot read {file}: {error.strerror}") from None


def text_of(file: str) -> str:
    """Return the text of a UTF-8 file; `-` is stdin.

    Raises:
        Stop: it cannot be read.
    """
    try:
        return bytes_of(file).decode("utf-8")
    except UnicodeDecodeError:
        raise usage(f"{file}: 不是 UTF-8 · not UTF-8") from None


def input_of(given: str) -> object:
    """Return the JSON value of an option: `@FILE`, `-` for stdin, or the value itself.

    Raises:
        Stop: it is no JSON.
    """
    if given == "-":
        return json_of(text_of("-"), "stdin")
    if given.startswith("@"):
        return json_of(text_of(given[1:]), given[1:])
    return json_of(given, "--input")


def json_of(text: str, where: str) -> object:
    """Return the JSON value of a text, fractions as `Decimal`.

    Raises:
        Stop: it is no JSON, or none we can tell again; the message names `where` it came from.
    """
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        _check(value)
    except (ValueError, RecursionError) as error:
        raise usage(f"{where}: 不是 JSON · not JSON: {error}") from None
    return value


def _check(value: object, level: int = 0) -> None:
    """Refuse what is nested too deeply, and halves of characters.

    Raises:
        ValueError: it holds such.
    """
    if isinstance(value, str) and _HALF.search(value):
        raise ValueError("half a surrogate pair")
    inside = (*value, *value.values()) if isinstance(value, dict) else value
    if isinstance(inside, tuple | list):
        if level == DEEPEST:
            raise ValueError(f"more than {DEEPEST} levels")
        for one in inside:
            _check(one, level + 1)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def usage(message: str) -> Stop:
    """Return the end of a command that was given something wrong."""
    return Stop(Exit.USAGE, "command.malformed", message)
