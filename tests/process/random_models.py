"""Whole random files: sound ones, and the same with a fault that a hand could have made."""

import re
from random import Random

from domain.process.checking import Verdict
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from tests.process.drawn import define, file, message, process, start, timer
from tests.process.random_blocks import CALLED, DEPTH, Blocks
from tests.process.random_rare import RareBlocks

LARGEST = 12  # blocks
RARE = 3  # one seed in so many may also have rarer elements
MAIN = "p"
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")
FAULTS = ("dropped", "undefaulted", "mismatched", "swapped")


def size_of(seed: int) -> int:
    """Return how many blocks the process of a seed has."""
    return 1 + seed % LARGEST


def drawn(seed: int, size: int) -> bytes:
    """Return the file of a seed: one process, and one that it calls."""
    blocks = Blocks(seed, size) if seed % RARE else RareBlocks(seed, size)
    begin = blocks.random.choice([start(), start(), start(message("news")), start(timer("P1D"))])
    called = b""
    flows, parts = blocks.body(DEPTH, begin)
    if blocks.calls:
        blocks.calls = False  # it calls nothing itself
        inner, inside = blocks.body(0)
        called = process(inner, CALLED, **inside).encode()
    return file(process(flows, MAIN, **parts), called.decode())


def judged(data: bytes) -> Verdict:
    """Return the verdict on a file that real cases shall run on."""
    return judge(data, "random.bpmn", "deployed")


def sound(data: bytes) -> Definition:
    """Return the definition of a file of `drawn`: no rule is broken, unless it is too large."""
    verdict = judged(data)
    broken = {one.rule for one in verdict.faults} - {"sound.too_large"}
    assert not broken, f"a sound process is said to break {sorted(broken)}"
    return verdict.definition or define(data)


def damaged(data: bytes, fault: str, chance: Random) -> bytes:
    """Return the file with one fault: a flow less, a default less, another join, flows swapped."""
    text = data.decode()
    if fault == "dropped":
        flow = chance.choice(re.findall(r'sequenceFlow id="(\w+)"', text))
        text = re.sub(rf'<bpmn:sequenceFlow id="{flow}".*?</bpmn:sequenceFlow>', "", text)
        return text.replace(f' default="{flow}"', "").encode()
    if fault == "undefaulted":
        return _undefaulted(text, chance).encode()
    if fault == "mismatched":
        return _rejoined(text, chance).encode()
    one, other = chance.sample(sorted(set(re.findall(r'targetRef="(\w+)"', text))), 2)
    there = {one: other, other: one}
    return re.sub(
        rf'targetRef="({one}|{other})"', lambda found: f'targetRef="{there[found[1]]}"', text
    ).encode()


def _undefaulted(text: str, chance: Random) -> str:
    """Make a default flow an ordinary one: with a condition, else without."""
    defaults = re.findall(r' default="(\w+)"', text)
    if not defaults:
        return text
    flow = chance.choice(defaults)
    text = text.replace(f' default="{flow}"', "")
    when = "<bpmn:conditionExpression>choice = 9</bpmn:conditionExpression>"
    pattern = rf'(<bpmn:sequenceFlow id="{flow}" [^>]*>)'
    return re.sub(pattern, rf"\1{when}", text) if chance.random() < 0.5 else text


def _rejoined(text: str, chance: Random) -> str:
    """Turn a gateway where flows meet into one of another kind."""
    found = re.findall(rf'<bpmn:({"|".join(GATEWAYS)}) id="(\w+)"', text)
    joins = [one for one in found if text.count(f'targetRef="{one[1]}"') > 1]
    if not joins:
        return text
    tag, name = chance.choice(joins)
    other = chance.choice([one for one in GATEWAYS if one != tag])
    pattern = rf'<bpmn:{tag} (id="{name}".*?)></bpmn:{tag}>'
    return re.sub(pattern, rf"<bpmn:{other} \1></bpmn:{other}>", text)
