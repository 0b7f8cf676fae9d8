"""The guards of a change: each returns the refusal it finds, or None, in their order."""

from collections.abc import Iterable, Iterator, Mapping

from domain.case.decision import FactValue
from domain.case.procedure import Situation
from domain.case.refusals import LawReasonsRequired, malformed
from domain.kernel.errors import Refusal
from domain.kernel.faults import Fault, fault
from domain.kernel.times import legal_day
from domain.law.book import NoRule, Rule
from domain.law.citation import LOCAL_PRACTICE
from domain.procedures.filing.authority import misplaced, named
from domain.procedures.filing.checks import counted_per
from domain.procedures.filing.commands import SubmitFiling
from domain.procedures.filing.refusals import QuotaExceeded, TooManyOccupations
from domain.procedures.filing.rules import quota
from domain.procedures.filing.submission import allowed, excepted
from domain.procedures.filing_change.commands import ApproveChange, DeclineChange, RequestChange
from domain.procedures.filing_change.events import ChangeRequested
from domain.procedures.filing_change.refusals import (
    ChangeBatchesOpen,
    ChangeNotFiled,
    ChangeNothing,
    ChangeWrongAuthority,
)
from domain.procedures.filing_change.values import Details, Filed, Kind
from domain.registers import institutions, open_batches, places, staff
from domain.registers.institutions import Entry, ScopeItem

_NOTHING = FactValue()
_OF_KINDS: Mapping[str, tuple[Kind, ...]] = {  # what is asked for is what is judged and made
    "scope": ("increment", "merger"),
    "details": ("details", "merger"),  # who absorbs may change its name with it
    "merged": ("merger",),
    "institution": ("merger",),
}
Request = RequestChange | ChangeRequested


def request(asked: RequestChange, situation: Situation) -> Refusal | None:
    """Return the first refusal a request meets.

    Cite: HN-2022-1 四(十八); RSJ-2019-2 四(一), 四(二).
    """
    if faults := tuple(_form(asked, situation.actor.organisation)):
        return malformed(faults)
    if refusal := misplaced(situation.variant, situation.jurisdiction):
        return refusal
    governed = governing(asked.kind, situation)
    if isinstance(governed, NoRule):
        return governed
    return possible(asked, situation.actor.organisation, situation) or _scope(asked, situation)


def _form(asked: RequestChange, uscc: str) -> Iterator[Fault]:
    """Yield what the kind of change wants and the request has not, or has wrongly."""
    if asked.kind == "increment" and not asked.scope:
        yield fault("/scope", "field", "请填写新增的职业和等级", "name what is to be added")
    if asked.kind == "details" and asked.details is None:
        yield fault("/details", "field", "请填写要变更的信息", "say what is to change")
    for name, kinds in _OF_KINDS.items():
        if asked.kind not in kinds and getattr(asked, name) not in (None, (), Details()):
            yield fault(f"/{name}", "field", "不属于这一类变更，请另行申请", "ask for it apart")
    if asked.kind != "merger":
        return
    least = 1 if asked.institution is None else 2  # one is absorbed; two form a new body
    if len(set(asked.merged)) < least or uscc in asked.merged:
        zh, en = "请列出被合并的其他机构", "name the other institutions that merge"
        yield fault("/merged", "field", f"{zh}（至少 {least} 家）", f"{en}, {least} at least")


def possible(asked: Request, uscc: str, situation: Situation) -> Refusal | None:
    """Return the refusal of a change of what is not on file, not here, or so already.

    Who asks, asks the very office that filed it, for the places there are counted there; what it
    absorbs may be on file below.
    """
    forms_new = asked.kind == "merger" and asked.institution is not None
    touched = [*(() if forms_new else (uscc,)), *asked.merged]
    for one in touched:
        filed = institutions.filed(situation.facts, one)
        if not filed:
            return ChangeNotFiled(uscc=one)
        theirs = institutions.filed_at if one == uscc else institutions.filed_with
        if not theirs(situation.facts, one, situation.jurisdiction):
            right = named(filed[0].jurisdiction)
            return ChangeWrongAuthority(
                uscc=one, right=right, citation=cite_of(asked.kind, situation)
            )
    entry = changed(uscc, situation)
    return None if entry is None or _differs(asked, entry, situation) else ChangeNothing()


def changed(uscc: str, situation: Situation) -> Entry | None:
    """Return the entry a change is about: the newest that this office has filed; None without."""
    filed = institutions.filed_at(situation.facts, uscc, situation.jurisdiction)
    return filed[0] if filed else None


def governing(kind: Kind, situation: Situation) -> Rule | NoRule:
    """Return the rule under which such a change is made where and when it happens.

    Codes end and merge alike in the whole country; where no text speaks of increments, what is to
    be added is filed anew.

    Cite: RSJ-2019-2 四(一), 四(二); HN-2022-1 一(一), 四(十八).
    """
    on = legal_day(situation.at)
    return situation.world.book.rule(
        f"change.{kind}", situation.jurisdiction, on, situation.variant
    )


def cite_of(kind: Kind, situation: Situation) -> str:
    """Return the clause under which such a change is made; "" where no text speaks of it."""
    found = governing(kind, situation)
    return "" if isinstance(found, NoRule) else found.cite


def finished(
    asked: Request, uscc: str, payload: ApproveChange, situation: Situation
) -> Refusal | None:
    """Return the refusal of the end of an institution whose batches have not ended.

    Local practice: no text says what becomes of them; who took part is owed their results. Nor does
    a text let a batch that can no longer end keep anybody from leaving: hence the exception.
    """
    if excepted(payload.exception, situation):
        return None
    leaving = (uscc,) if asked.kind == "exit" else asked.merged
    for one in leaving:
        if count := open_batches.count(situation.facts, one):
            return ChangeBatchesOpen(uscc=one, count=count, citation=LOCAL_PRACTICE)
    return None


def _differs(asked: Request, entry: Entry, situation: Situation) -> bool:
    if asked.kind == "increment":
        return bool(added(asked.scope, entry.scope))
    if asked.kind != "details" or asked.details is None:
        return True
    its, new = entry.institution, asked.details
    pairs = ((new.name, its.name), (new.address, its.address), (new.principal, its.principal))
    listed = staff.people(situation.facts, its.uscc)
    staffed = new.staff is not None and frozenset(new.staff) != listed
    return staffed or any(said is not None and said != was for said, was in pairs)


def added(asked: Iterable[ScopeItem], filed: Iterable[ScopeItem]) -> tuple[ScopeItem, ...]:
    """Return what is asked for and not filed yet: occupation, job and level make the difference."""
    known = {(one.occupation_code, one.job, one.level) for one in filed}
    return tuple(one for one in asked if (one.occupation_code, one.job, one.level) not in known)


def _scope(asked: RequestChange, situation: Situation) -> Refusal | None:
    """Return the refusal of a scope its holder may not have: the rules are those of a filing.

    Cite: HN-2022-1 一(一).
    """
    entry = changed(situation.actor.organisation, situation)
    its = asked.institution if entry is None else entry.institution
    if not asked.scope or its is None:
        return None
    applied = SubmitFiling(institution=its, scope=asked.scope, exception=asked.exception)
    return allowed(applied, entry.scope if entry else (), situation)


def room(
    filed: Filed,
    new: Iterable[ScopeItem],
    without: Iterable[str],
    payload: ApproveChange,
    situation: Situation,
) -> Refusal | None:
    """Return the refusal of what finds no place; the places of those that end do not count.

    Cite: HN-2022-1 一(一).
    """
    most = quota(situation, "filing.organisations_per_occupation")
    if most is None or not filed.social:
        return None
    if most.in_principle and excepted(payload.exception, situation):
        return None
    per, gone = counted_per(situation), {filed.institution.uscc, *without}
    for item in new:
        held = situation.facts.get(places.key(situation.jurisdiction, item, per), _NOTHING)
        count = held.count - sum(one.get("holder") in gone for one in held.items)
        if count >= most.amount:
            return QuotaExceeded(
                jurisdiction=situation.jurisdiction,
                occupation_code=item.occupation_code,
                job=item.job if per == "job" else "",
                taken=count,
                most=most.amount,
                citation=most.cite,
            )
    return None


def number(
    filed: Filed, asked: ChangeRequested, payload: ApproveChange, situation: Situation
) -> Refusal | None:
    """Return the refusal of more occupations than a social organisation may have in all.

    Between request and approval another increment may have been approved.

    Cite: HN-2022-1 一(一).
    """
    most = quota(situation, "filing.occupations_per_organisation")
    count = len({one.occupation_code for one in filed.scope})
    if most is None or not filed.social or count <= most.amount:
        return None
    granted = asked.exception is not None and asked.exception.given  # judged when it was asked for
    if most.in_principle and (granted or excepted(payload.exception, situation)):
        return None
    return TooManyOccupations(count=count, most=most.amount, citation=most.cite)


def decline(payload: DeclineChange) -> Refusal | None:
    """Return the refusal of a decline without reasons or without legal basis."""
    given = (payload.reasons, payload.legal_basis)
    stated = all(any(text.strip() for text in texts) for texts in given)
    return None if stated else LawReasonsRequired()
