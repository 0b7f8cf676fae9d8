"""Diagrams for measuring, without any extension: every engine that reads BPMN plays them.

Their only condition is the name of a variable, which each expression language reads alike.
"""

from collections.abc import Iterable
from itertools import pairwise

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:bench">'
    '<bpmn:process id="p" isExecutable="true">'
)
TAIL = "</bpmn:process></bpmn:definitions>"
AGAIN = "again"  # the variable
AROUND = 6  # nodes of `looped` besides its tasks
BLOCK = 4  # nodes of one choice of `wide`


def looped(size: int) -> bytes:
    """Return a process of `size` nodes that goes round while `again`: tasks in a row, two abreast.

    Each round of it is `size - AROUND` tasks of a person.
    """
    tasks = [f"t{number}" for number in range(size - AROUND)]
    *row, one, other = tasks
    gateways = [_gateway("exclusive", "m"), _gateway("parallel", "f"), _gateway("parallel", "j"),
                _gateway("exclusive", "x", default="x_e")]  # fmt: skip
    rows = [*_row(["s", "m", *row, "f"]), *_row(["f", one, "j"]), *_row(["f", other, "j"])]
    flows = [*rows, _flow("j", "x"), _flow("x", "m", AGAIN), _flow("x", "e")]
    return _file([_start(), *map(_user, tasks), *gateways, _end(), *flows])


def wide(size: int) -> bytes:
    """Return a process of about `size` nodes: choices one after the other, two tasks in each."""
    parts, at = [_start()], "s"
    for number in range((size - 2) // BLOCK):
        x, a, b, j = (f"{one}{number}" for one in "xabj")
        parts += [_gateway("exclusive", x, default=f"{x}_{b}"), _user(a), _user(b),
                  _gateway("exclusive", j), _flow(at, x), _flow(x, a, AGAIN), _flow(x, b),
                  _flow(a, j), _flow(b, j)]  # fmt: skip
        at = j
    return _file([*parts, _end(), _flow(at, "e")])


def many(count: int) -> bytes:
    """Return a process of one task of a person, `count` times at once."""
    times = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality"
        f' xsi:type="bpmn:tFormalExpression">{count}</bpmn:loopCardinality>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    return _file([_start(), _user("t", times), _end(), *_row(["s", "t", "e"])])


def _file(parts: Iterable[str]) -> bytes:
    return f"{HEAD}{''.join(parts)}{TAIL}".encode()


def _start() -> str:
    return '<bpmn:startEvent id="s"/>'


def _end() -> str:
    return '<bpmn:endEvent id="e"/>'


def _user(name: str, inside: str = "") -> str:
    return f'<bpmn:userTask id="{name}" name="{name}">{inside}</bpmn:userTask>'


def _gateway(kind: str, name: str, default: str = "") -> str:
    chosen = f' default="{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{name}"{chosen}/>'


def _row(nodes: Iterable[str]) -> list[str]:
    return [_flow(one, next_) for one, next_ in pairwise(nodes)]


def _flow(source: str, target: str, when: str = "") -> str:
    ends = f'id="{source}_{target}" sourceRef="{source}" targetRef="{target}"'
    if not when:
        return f"<bpmn:sequenceFlow {ends}/>"
    condition = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{when}'
    return f"<bpmn:sequenceFlow {ends}>{condition}</bpmn:conditionExpression></bpmn:sequenceFlow>"
