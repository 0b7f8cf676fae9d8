"""Files meant to hurt who reads them: each is refused fast, and in little memory."""

import gc
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bench.diagrams import HEAD, TAIL
from infra.bpmn_xml.judging import judge

MANY = 100_000
LAUGHS = 10  # entities, each of ten of the one before
MEGABYTE = 1_000_000
TIMES = 3  # each file is read


def _laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "lol"}">'
        for number in range(LAUGHS)
    )
    return f"<!DOCTYPE d [{entities}]><d>&l{LAUGHS - 1};</d>".encode()


def _blown_up() -> bytes:
    return f'<!DOCTYPE d [<!ENTITY a "{"a" * MANY}">]><d>{"&a;" * 30_000}</d>'.encode()


def _nested() -> bytes:
    return f"{HEAD}{'<bpmn:subProcess>' * MANY}{'</bpmn:subProcess>' * MANY}{TAIL}".encode()


def _nested_within_bounds() -> bytes:
    deep = 9_000
    return f"{HEAD}{'<bpmn:subProcess>' * deep}{'</bpmn:subProcess>' * deep}{TAIL}".encode()


def _numerous() -> bytes:
    return f"{HEAD}{'<bpmn:task/>' * MANY}{TAIL}".encode()


def _huge_attribute() -> bytes:
    return f'{HEAD}<bpmn:task id="t" name="{"a" * 3 * MEGABYTE}">{TAIL}'.encode()  # never closed


def _huger_attribute() -> bytes:
    return f'{HEAD}<bpmn:task id="t" name="{"a" * 20 * MEGABYTE}"/>{TAIL}'.encode()


def _attributes() -> bytes:
    names = " ".join(f'a{number}=""' for number in range(MANY))
    return f"{HEAD}<bpmn:task id='t' {names}/>{TAIL}".encode()


def _external() -> bytes:
    return b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'


def _deep_expression() -> bytes:
    return _conditions([f"{'(' * MANY}1{')' * MANY}"])


def _expressions() -> bytes:
    long = " + ".join("a" * 450)
    return _conditions([f"{long} + {number}" for number in range(1_800)])


def _conditions(texts: Iterable[str]) -> bytes:
    flow = '<bpmn:sequenceFlow id="f{}" sourceRef="s" targetRef="e"><bpmn:conditionExpression>{}'
    end = "</bpmn:conditionExpression></bpmn:sequenceFlow>"
    flows = "".join(f"{flow.format(number, text)}{end}" for number, text in enumerate(texts))
    return f'{HEAD}<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>{flows}{TAIL}'.encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "a billion laughs": _laughs,
    "one entity blown up": _blown_up,
    "an external entity": _external,
    "10⁵ nested elements": _nested,
    "nested as deep as its size allows": _nested_within_bounds,
    "10⁵ elements": _numerous,
    "an attribute of 3 MB in a broken file": _huge_attribute,
    "an attribute of 20 MB": _huger_attribute,
    "10⁵ attributes": _attributes,
    "an expression of 10⁵ brackets": _deep_expression,
    "3 MB of expressions": _expressions,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """How one file was refused."""

    what: str
    rule: str  # "" where it was not
    seconds: float  # of CPU
    megabytes: float  # beyond what the process held before, the file itself left out


def refusals() -> list[Refusal]:
    """Give each file to the reader, in a process of its own; the fastest time counts."""
    judge(_conditions(["true"]), "warm.bpmn")  # schema and grammar are read once per process
    gc.collect()
    gc.freeze()  # what was measured before is not the children's to sweep
    return [
        min(_refusals(what, make()), key=lambda one: one.seconds) for what, make in FILES.items()
    ]


def _refusals(what: str, data: bytes) -> Iterator[Refusal]:
    """Yield how one file is refused, several times."""
    fork = multiprocessing.get_context("fork")
    for _ in range(TIMES):
        ours, theirs = fork.Pipe(duplex=False)
        child = fork.Process(target=_refuse, args=(data, theirs.send))
        child.start()
        yield Refusal(what, *ours.recv())
        child.join()


def _refuse(data: bytes, tell: Callable[[tuple[str, float, float]], None]) -> None:
    before, began = _peak(), time.process_time()
    faults = judge(data, "hostile.bpmn", "deployed").faults
    spent = time.process_time() - began
    tell((faults[0].rule if faults else "", spent, (_peak() - before) / 1_000))


def _peak() -> int:
    """Return the most kilobytes this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
