"""How the cost of a case grows with its steps, each of which finds the workflow's cache cold."""

import math
import statistics
from collections.abc import Mapping

from bench.counters import BUDGETS
from bench.ground import Ground, at_work
from bench.page import Figure
from tests.workflows.filing import CLERK, Office

MARKS = tuple(range(20, 301, 20))  # notes on one case
SHOWN = (20, 100, 200, 300)
REPEATS = 3  # cases with that many notes; the middle one counts
MILLI = 1000.0


async def notes(found: Ground, repeats: int = REPEATS) -> list[Figure]:
    """Add notes to cases with the workflow cache off; fit how the cost of a case grows."""
    async with at_work(found, "notes", max_cached_workflows=0) as office:
        runs = [await _noted(found, office, f"notes-{number}") for number in range(repeats)]
    exponents = sorted(growth(spent) for spent in runs)
    middle, limit = statistics.median(exponents), BUDGETS["ratios"]["note_growth_exponent"]
    each = " · ".join(
        f"{mark}: {statistics.median(spent[mark] for spent in runs) * MILLI / mark:.0f} ms"
        for mark in SHOWN
    )
    spread = f"{exponents[0]:.2f} to {exponents[-1]:.2f} in {repeats} cases"
    value = f"{middle:.2f} ({spread}; CPU per note up to {each})"
    what = f"growth exponent of {MARKS[-1]} × `case.note` on one case, cache cold"
    return [Figure(what, value, f"≤ {limit:g}", middle <= limit)]


async def _noted(found: Ground, office: Office, name: str) -> dict[int, float]:
    """Return the CPU seconds used up to each mark; opening the case is not among them."""
    case = await office.open(name)
    began, spent, done = found.cpu(), {}, 0
    for mark in MARKS:
        while done < mark:
            await office.do(case, "case.note", CLERK, {"text": f"备注 {done}"})
            done += 1
        spent[mark] = found.cpu() - began
    return spent


def growth(spent: Mapping[int, float]) -> float:
    """Return the exponent with which what was spent grows with the number: 1 is linear.

    The slope of the line of least squares through all marks, both on logarithmic scales.
    """
    sizes = [math.log(mark) for mark in spent]
    costs = [math.log(seconds) for seconds in spent.values()]
    return statistics.linear_regression(sizes, costs).slope
