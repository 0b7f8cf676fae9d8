"""The report of a question bank, as the generic case uses it."""

from domain.case.decision import Claim
from domain.case.procedure import Procedure
from domain.case.state import Case
from domain.law import jurisdiction as tree
from domain.procedures.offices import at_home, only_in
from domain.procedures.registers.question_bank import effects, facts
from domain.procedures.registers.question_bank.commands import COMMANDS
from domain.procedures.registers.question_bank.events import BankRecorded
from domain.procedures.registers.question_bank.examples import EXAMPLES
from domain.procedures.registers.question_bank.facts import Bank
from domain.procedures.registers.question_bank.refusals import REFUSALS
from domain.procedures.registers.question_bank.words import WORDS
from domain.registers import question_banks
from domain.registers.question_banks import RecordedBank


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    if not isinstance(event, BankRecorded):
        return ()
    which = question_banks.key(case.applicant.organisation, event.occupation_code, event.level)
    bank = RecordedBank(case=case.id, recorded_at=case.opened_at)  # on record as it is reported
    return (question_banks.claim(which, bank),)


QUESTION_BANK = Procedure(
    name="question_bank",
    workflow="QuestionBankReview",
    mark="TK",
    diagrams={"hunan": "registers/question_bank/hunan.bpmn"},
    data=Bank,
    blank=Bank(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=at_home,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    misplaced=only_in({"hunan": tree.HUNAN}),
    stages={},
    claims=_claims,
    effects=effects.EFFECTS,
    examples=EXAMPLES,
    words=WORDS,
)
