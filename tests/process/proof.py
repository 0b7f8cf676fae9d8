"""What must hold for the process of every seed, and the smallest one that breaks it."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from domain.process.script import parse_script
from domain.process.simulate import simulate
from tests.process.random_models import FAULTS, LARGEST, damaged, drawn, judged, size_of, sound
from tests.process.random_paths import ends, reread, restored, walk

PLAYED = 8  # one seed in so many is also played on paper, open to the world


@dataclass
class Tally:
    """What was tried."""

    seeds: int = 0
    steps: int = 0
    nodes: int = 0
    faults: Counter[str] = field(default_factory=Counter)  # "dropped found", "swapped harmless" …

    def add(self, other: "Tally") -> None:
        """Take in what was tried elsewhere."""
        self.seeds += other.seeds
        self.steps += other.steps
        self.nodes += other.nodes
        self.faults += other.faults


def prove(seed: int, size: int | None = None) -> Tally:
    """Draw the process of a seed, go a random way, damage it; return what was tried.

    Raises:
        AssertionError: a restart changed the way, a sound process has a fault, or a fault that
            nobody found does harm.
    """
    data = drawn(seed, size_of(seed) if size is None else size)
    model = sound(data)
    tally = Tally(seeds=1, nodes=len(model.nodes), steps=walk(data, model, seed))
    if seed % PLAYED == 0:
        _prove_played(data)
    chance = Random(seed)  # noqa: S311  – faults, no secrets
    fault = FAULTS[seed % len(FAULTS)]
    broken = damaged(data, fault, chance)
    if broken != data:
        tally.faults[f"{fault} {_found_or_harmless(broken, fault, seed)}"] += 1
    return tally


def _prove_played(data: bytes) -> None:
    model = reread(data)
    days = [{"at": f"P{day}D", "message": one} for day in range(1, 40) for one in model.messages]
    script = {
        "process": "p",
        "variables": {"choice": 1, "list": [1, 2]},
        "arrivals": days,
        "until": "P60D",
    }
    parsed = parse_script(model, script)
    again = simulate(model, parsed, relay=lambda marking: restored(model.hash, marking))
    assert again == simulate(model, parsed)


def _found_or_harmless(broken: bytes, fault: str, seed: int) -> str:
    model = judged(broken).definition
    if model is None:
        return "found"
    try:
        ends(model, seed)
    except AssertionError as error:
        raise AssertionError(f"nobody found what was {fault}: {error}") from error
    return "harmless"


def smallest(seed: int) -> int:
    """Return the size of the smallest process of a seed that breaks what must hold.

    Raises:
        LookupError: none does.
    """
    for size in range(1, LARGEST + 1):
        if _breaks(seed, size):
            return size
    raise LookupError(f"nothing breaks with seed {seed}")


def _breaks(seed: int, size: int) -> bool:
    try:
        prove(seed, size)
    except Exception:  # noqa: BLE001  – whatever breaks it is shown by `prove` itself
        return True
    return False
