"""Declaring a letter void (作废): the act it told of stands, another letter tells of it."""

from domain.case import events as e
from domain.case.access import office_of
from domain.case.acts import Void
from domain.case.clocks import open_waiting
from domain.case.command import Command
from domain.case.decision import Facts
from domain.case.draft import Draft
from domain.case.refusals import NoticeIsVoid, NoticeOfOtherOffice, NoticeServed, malformed
from domain.case.serving import give_up, issue
from domain.case.state import Case, Notice
from domain.case.steps import next_number
from domain.kernel.errors import Refusal
from domain.kernel.faults import fault
from domain.law import jurisdiction as tree
from domain.ports import World


def void(
    world: World, case: Case, command: Command, payload: Void, facts: Facts
) -> Draft | Refusal:
    """Return the letter's end and the new letter's beginning, or why the letter stays as it is.

    The law binds who was served, so a letter can be taken back only before that; its number
    stays used. Local practice.
    """
    found = _voidable(case, command, payload)
    if isinstance(found, Refusal):
        return found
    draft = Draft(case, command, command.actor, command.received_at)
    draft.add(e.NoticeVoided(notice=found.id, reason=payload.reason))
    give_up(draft, found.id)
    new, number = f"n-{len(case.notices) + 1}", next_number(world, command, facts)
    again = e.NoticeIssued(notice=new, kind=found.kind, number=number, replaces=found.id)
    issue(draft, again, payload.service, "", world)
    if payload.service == "electronic":
        open_waiting(draft, world.definitions.pinned(case.definition), world.book, world.calendar)
    return draft


def _voidable(case: Case, command: Command, payload: Void) -> Notice | Refusal:
    letter = next((one for one in case.notices if one.id == payload.notice), None)
    if letter is None:
        zh, en = "本办件没有这份文书", "the case has no such letter"
        return malformed((fault("/notice", "field", zh, en),))
    if not _issued_by(case, letter, command):
        office = tree.name(letter.office) or letter.office
        return NoticeOfOtherOffice(number=letter.number, office=office)
    if letter.voided_at is not None:
        return NoticeIsVoid.of(letter)
    return NoticeServed.of(letter) if letter.served_at is not None else letter


def _issued_by(case: Case, letter: Notice, command: Command) -> bool:
    """Whether the actor's office issued the letter, or took the case over from the one that did."""
    concerned = (case.jurisdiction, *case.offices)
    office = letter.office if letter.office in concerned else case.jurisdiction
    return office_of(command.actor) == office
