"""`make bench-batch`: a batch of 2,000 candidates opens and reports in time, and grows linearly.

Figures are seconds of one `advance` (lock, facts, decide, fold, append in PostgreSQL) and, as the
figure that does not depend on the machine, how they grow from a tenth of the candidates.
"""

import itertools
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

from activities.advance import Advance
from bench.direct import statements
from bench.ground import Ground, ground
from bench.page import Figure, publish
from domain.case.actor import Actor
from domain.case.command import Opening
from domain.kernel.json import Json, JsonValue
from domain.kernel.times import parse_instant
from domain.ports import BodyDiffers, Receipt
from infra.parts import Parts, make_parts
from infra.sandbox import PostgresSandbox

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))
BEGUN = parse_instant("2024-06-03T10:00:00+08:00")
MANY, FEW = 2_000, 200
ROUNDS = 3
TENANT = "batch"
USCC = "524300007QN1NLFJTT"
LATHE = "6-18-01-01"


def _actor(person: str, role: str, organisation: str = USCC) -> Actor:
    return Actor(person=person, role=role, organisation=organisation, jurisdiction="430100")


SCHOOL = _actor("p-school", "institution.operator")
HEAD = _actor("p-head", "exam.head")
CLERK = _actor("p-clerk", "center.clerk", "center-430100")
FIXTURES: Json = {
    "institutions": [
        {
            "name": "长沙甲培训学校",
            "uscc": USCC,
            "type": "school",
            "address": "长沙市示例路1号",
            "jurisdiction": "430100",
            "institution_code": "Y000043000007",
            "scope": [{"occupation_code": LATHE, "level": 4}],
        }
    ]
}
PLAN: Json = {
    "year": 2024,
    "rows": [{"occupation_code": LATHE, "level": 4, "evaluation_period": "2024-06"}],
}
BANK: Json = {
    "occupation_code": LATHE,
    "level": 4,
    "theory_items": 600,
    "practical_papers": 6,
    "repetition_percent": 10,
    "expert_review": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Seconds of one batch."""

    opening: float
    scoring: float
    reporting: float
    statements: int  # of its opening


@dataclass
class Center:
    """Receives and advances in this thread, as API and worker do one after the other."""

    parts: Parts
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """Stand where the worker does."""
        self._advance = Advance(self.parts.store, self.parts.world)

    def act(
        self, name: str, actor: Actor, payload: Json, case: str | None = None, procedure: str = ""
    ) -> tuple[str, float]:
        """Have an act decided; return its case and the seconds of the decision."""
        key = f"bench-{next(self._numbers)}"
        opening = Opening(procedure=procedure, variant="hunan") if procedure else None
        stored = self.parts.store.receive(
            Receipt(
                tenant=TENANT,
                client="bench",
                key=key,
                fingerprint=key,
                case_id=case,
                name=name,
                payload=payload,
                actor=actor,
                channel="api:bench",
                opening=opening,
            )
        )
        if isinstance(stored, BodyDiffers):
            raise TypeError("every act has a key of its own")
        begun = perf_counter()
        turn = self._advance.advance(stored.command.case_id, stored.command.id)
        took = perf_counter() - begun
        if turn.outcome != "done":
            raise RuntimeError(f"{name}: {turn.code}")
        return stored.command.case_id, took

    def prepare(self) -> None:
        """File the annual plan and report the question bank."""
        plan, _ = self.act("plan.submit", SCHOOL, PLAN, procedure="annual_plan")
        self.act("plan.approve", CLERK, {}, plan)
        self.act("bank.report", SCHOOL, BANK, procedure="question_bank")

    def batch(self, people: int) -> Took:
        """Run one batch from its report to its results."""
        names = [f"p-{n:05d}" for n in range(people)]
        with statements(self.parts.engine) as sent:
            case, opening = self.act("batch.report", SCHOOL, _plan(names), procedure="batch")
        self.act("batch.approve", CLERK, {}, case)
        self.act("batch.finish", HEAD, {"on": "2024-06-03"}, case)
        _, scoring = self.act("batch.enter_scores", SCHOOL, _scores(names), case)
        _, reporting = self.act("batch.report_results", SCHOOL, {}, case)
        return Took(opening=opening, scoring=scoring, reporting=reporting, statements=len(sent) - 1)


def _plan(names: list[str]) -> Json:
    return {
        "occupation_code": LATHE,
        "level": 4,
        "mode": "exam",
        "subjects": ["theory", "practice"],
        "fee": 300,
        "candidates": [*names],
        "site": {"address": "长沙市示例路1号"},
        "starts_on": "2024-06-03",
        "exam_plan": "机考",
        "exam_staff": ["s-1", "s-2"],
        "assessors": ["a-1", "a-2", "a-3"],
        "internal_supervisor": "i-1",
        "reason_if_late": "当日评价，为计时之用",
    }


def _scores(names: list[str]) -> Json:
    rows: list[JsonValue] = [
        {"candidate": name, "subject": subject, "score": 55 + n % 40}
        for n, name in enumerate(names)
        for subject in ("theory", "practice")
    ]
    return {"rows": rows, "first_entry_by": "e-1", "second_entry_by": "e-2"}


def measured(found: Ground, at: datetime = BEGUN) -> tuple[Took, Took]:
    """Return the medians of batches of `FEW` and of `MANY`."""
    parts = make_parts(found.settings())
    PostgresSandbox(parts.engine).create(at=at, tenant=TENANT, fixtures=FIXTURES)
    center = Center(parts)
    center.prepare()
    center.batch(FEW)  # warms what is compiled once
    few, many = ([center.batch(people) for _ in range(ROUNDS)] for people in (FEW, MANY))
    parts.engine.dispose()
    return _middle(few), _middle(many)


def _middle(found: list[Took]) -> Took:
    return Took(
        opening=median(one.opening for one in found),
        scoring=median(one.scoring for one in found),
        reporting=median(one.reporting for one in found),
        statements=max(one.statements for one in found),
    )


def main() -> int:
    """Measure, print, write the page; exit 1 when a bound is broken."""
    budget = BUDGETS["batch"]
    with ground() as place:
        few, many = measured(place)
    growth = partial(_bound, budget["growth"], "exponent")
    figures = [
        _bound(budget["open_seconds"], "s", f"opening with {MANY:,} candidates", many.opening),
        _bound(budget["report_seconds"], "s", f"entering {2 * MANY:,} scores", many.scoring),
        _bound(budget["report_seconds"], "s", f"reporting {MANY:,} results", many.reporting),
        growth(f"growth of opening from {FEW:,}", _growth(few.opening, many.opening)),
        growth(f"growth of reporting from {FEW:,}", _growth(few.reporting, many.reporting)),
        _bound(budget["statements"], "", "statements of an opening", many.statements),
    ]
    sys.stdout.write(publish("batch", "make bench-batch", figures) + "\n")
    return 0 if all(one.kept for one in figures) else 1


def _bound(most: float, unit: str, what: str, value: float) -> Figure:
    return Figure(what, f"{value:.3g} {unit}".strip(), f"≤ {most:g}", value <= most)


def _growth(few: float, many: float) -> float:
    """Return the power of the number of candidates by which seconds grow: 1 is linear."""
    return log(many / few) / log(MANY / FEW)


if __name__ == "__main__":
    from infra.cli.exits import leave

    leave(main())
