"""How long the records of a batch are kept (档案保管)."""

from domain.case.procedure import Situation
from domain.kernel.times import legal_day
from domain.law import clock
from domain.law.book import NoRule
from domain.procedures.evaluation.batch.events import BatchArchived
from domain.procedures.evaluation.batch.reading import rule
from domain.procedures.evaluation.batch.values import Kept

_TERMED = ("paper", "electronic")


def archived(situation: Situation) -> BatchArchived:
    """Return the batch archived now, with the last day each kind of records is kept.

    Cite: HN-2022-1 三(十四).
    """
    for_ever = rule(situation, "archive.permanent")
    kept = (
        [Kept(kind=kind, last_day=None, cite=for_ever.cite) for kind in for_ever.values]
        if (for_ever)
        else []
    )
    world, on = situation.world, legal_day(situation.at)
    for kind in _TERMED:
        term = world.book.term(f"archive.{kind}", situation.jurisdiction, on, situation.variant)
        if isinstance(term, NoRule):
            continue
        end = clock.due(term, situation.at, world.calendar)
        kept.append(Kept(kind=kind, last_day=end.due, cite=term.cite))
    return BatchArchived(kept=tuple(kept))
