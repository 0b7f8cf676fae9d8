"""What a report means in law, and that what is reported goes on record by itself."""

from collections.abc import Callable, Mapping

from domain.case.procedure import Act, Situation
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.procedures.registers.question_bank import checks
from domain.procedures.registers.question_bank import events as e
from domain.procedures.registers.question_bank.commands import ReportBank
from domain.procedures.registers.question_bank.facts import Bank


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what a report leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of a question bank has such a payload.
    """
    if not isinstance(payload, ReportBank):
        raise UnknownNameError(f"{type(payload).__name__} is no command of a question bank")
    if refusal := checks.report(payload, situation):
        return refusal
    reported = e.BankReported(
        occupation_code=payload.occupation_code,
        level=payload.level,
        theory_items=payload.theory_items,
        practical_papers=payload.practical_papers,
        repetition_percent=payload.repetition_percent,
        experts=payload.experts,
        reviewed_on=payload.reviewed_on,
    )
    return Act(events=((reported, ""),))


def recorded(case: Case) -> object:
    """Return that the bank is on record: a report needs no approval.

    Cite: HN-2022-1 二(七).
    """
    if not isinstance(case.data, Bank):
        raise StreamBrokenError(f"{case.id} is no question bank")
    return e.BankRecorded(occupation_code=case.data.occupation_code, level=case.data.level)


EFFECTS: Mapping[str, Callable[[Case], object]] = {"bank.recorded": recorded}
