"""How a change is made: what the register and the directory say from it on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.case.decision import FactKey, FactValue
from domain.case.numbers import SERIES
from domain.case.procedure import Act, Letter, Situation
from domain.kernel.errors import Refusal, StreamBrokenError
from domain.kernel.times import legal_day
from domain.procedures.filing.events import DirectoryPublished
from domain.procedures.filing.rules import NATIONAL, SOCIAL, is_social
from domain.procedures.filing_change import checks
from domain.procedures.filing_change.commands import ApproveChange
from domain.procedures.filing_change.events import ChangeApproved, ChangeRequested
from domain.procedures.filing_change.values import Details, Filed
from domain.registers import institutions
from domain.registers.codes import (
    MINISTRY,
    code_letter,
    code_series,
    employer_code,
    institution_code,
)
from domain.registers.directory import CodeRetired, DirectoryRemoved
from domain.registers.institutions import Bar, Entry, Institution, ScopeItem


def made(
    asked: ChangeRequested, uscc: str, payload: ApproveChange, situation: Situation
) -> Act | Refusal:
    """Return what a change that is made leads to, or the refusal of one without a place.

    Cite: HN-2022-1 四(十八); RSJ-2019-2 四(一), 四(二).
    """
    if asked.kind == "exit":
        return _act(
            asked, payload, situation, None, _leaves(_own(uscc, situation), "exit", situation)
        )
    entry = checks.changed(uscc, situation)
    filed = _formed(asked, situation) if asked.institution else _changed(asked, entry, situation)
    new = checks.added(filed.scope, entry.scope if entry is not None else ())
    if new and (
        refusal := checks.room(filed, new, asked.merged, payload, situation)
        or checks.number(filed, asked, payload, situation)
    ):
        return refusal
    leaving = _leaves(_merged(asked, situation), "merger", situation)
    return _act(asked, payload, situation, filed, (*leaving, _published(filed)))


def _act(
    asked: ChangeRequested,
    payload: ApproveChange,
    situation: Situation,
    filed: Filed | None,
    others: Iterable[object],
) -> Act:
    approved = ChangeApproved(
        kind=asked.kind,
        receipt_number=situation.letters[0],
        filed=filed,
        staff=asked.details.staff if asked.details is not None else None,
        exception=payload.exception,
    )
    cited = {
        CodeRetired: "RSJ-2019-2 四(一)",
        DirectoryRemoved: checks.cite_of("exit", situation),
    }
    return Act(
        events=tuple((one, cited.get(type(one), "")) for one in (approved, *others)),
        letters=(Letter(kind="change.receipt"),),
    )


def _leaves(entries: Iterable[Entry], reason: str, situation: Situation) -> Iterator[object]:
    """Yield that each of these codes lies in the pool and no longer stands in the directory.

    Cite: RSJ-2019-2 四(一).
    """
    day = legal_day(situation.at)
    for entry in entries:
        code, its = entry.institution_code, entry.institution.uscc
        yield CodeRetired(institution_code=code, uscc=its, since=day, reason=reason)
        yield DirectoryRemoved(
            institution_code=code,
            institution=entry.institution,
            jurisdiction=entry.jurisdiction,
            scope=entry.scope,
            filing=entry.case,
        )


def _changed(asked: ChangeRequested, entry: Entry | None, situation: Situation) -> Filed:
    """Return an institution that stays as it is from the change on; it keeps its code."""
    if entry is None:
        raise StreamBrokenError("a change of what is not on file")
    return Filed(
        institution=_described(entry.institution, asked.details),
        jurisdiction=entry.jurisdiction,
        scope=(*entry.scope, *checks.added(asked.scope, entry.scope)),
        institution_code=entry.institution_code,
        bars=_bars((entry, *_merged(asked, situation))),
        filing=entry.case,
        social=entry.public and is_social(situation, entry.institution),
    )


def _described(its: Institution, details: Details | None) -> Institution:
    if details is None:
        return its
    return replace(
        its,
        name=its.name if details.name is None else details.name,
        address=its.address if details.address is None else details.address,
        principal=its.principal if details.principal is None else details.principal,
    )


def _formed(asked: ChangeRequested, situation: Situation) -> Filed:
    """Return the body a merger forms: with a code of its own, and what the merged were filed for.

    Cite: RSJ-2019-2 四(二).
    """
    its, case = asked.institution, situation.case
    if its is None or case is None:
        raise StreamBrokenError("a merger that forms nothing")
    return Filed(
        institution=its,
        jurisdiction=situation.jurisdiction,
        scope=asked.scope or _together(asked, situation),
        institution_code=_code(its, situation),
        bars=_bars(_merged(asked, situation)),
        filing=case.id,
        social=is_social(situation, its),
    )


def _code(its: Institution, situation: Situation) -> str:
    n = situation.facts.get(series_key(its, situation), FactValue()).highest + 1
    if situation.variant == NATIONAL:
        return employer_code(n)
    return institution_code(_letter(its, situation), situation.jurisdiction[:2], n)


def series_key(its: Institution, situation: Situation) -> FactKey:
    """Return the series of codes from which a new body gets its own."""
    if situation.variant == NATIONAL:
        return FactKey(SERIES, MINISTRY)
    return FactKey(SERIES, code_series(_letter(its, situation), situation.jurisdiction[:2]))


def _letter(its: Institution, situation: Situation) -> str:
    public = situation.variant == SOCIAL  # 面向社会, whatever its type
    return institutions.PUBLIC if public else code_letter(its)


def _together(asked: ChangeRequested, situation: Situation) -> tuple[ScopeItem, ...]:
    scope: tuple[ScopeItem, ...] = ()
    for one in _merged(asked, situation):
        scope = (*scope, *checks.added(one.scope, scope))
    return scope


def _merged(asked: ChangeRequested, situation: Situation) -> tuple[Entry, ...]:
    """Return what this office, or one below it, has filed of those that end in another."""
    node = situation.jurisdiction
    found = (institutions.filed_with(situation.facts, one, node) for one in asked.merged)
    return tuple(entry for theirs in found for entry in _oldest_first(theirs))


def _bars(entries: Iterable[Entry]) -> tuple[Bar, ...]:
    """Return what stands against those that become one: no bar ends by a merger.

    Local practice: the texts bar an applicant and say nothing of its successor.
    """
    return tuple(dict.fromkeys(bar for one in entries for bar in one.bars))


def _own(uscc: str, situation: Situation) -> tuple[Entry, ...]:
    """Return what this very office has filed of who leaves."""
    return _oldest_first(institutions.filed_at(situation.facts, uscc, situation.jurisdiction))


def _oldest_first(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if not found:
        raise StreamBrokenError("the end of what is not on file")
    return found[::-1]


def _published(filed: Filed) -> DirectoryPublished:
    return DirectoryPublished(
        institution_code=filed.institution_code,
        name=filed.institution.name,
        uscc=filed.institution.uscc,
        scope=filed.scope,
    )
