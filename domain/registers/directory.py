"""What leaves the directory of institutions: codes that end, entries that are taken out."""

from dataclasses import dataclass
from datetime import date

from domain.case.decision import Claim
from domain.kernel.events import event
from domain.registers import codes, institutions
from domain.registers.institutions import Institution, ScopeItem
from domain.registers.places import freed_places


@event("code.retired")
@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRetired:
    """An institution's code lies in the pool and is never given again (列入废置库).

    Cite: RSJ-2019-2 四(一).
    """

    institution_code: str
    uscc: str
    since: date
    reason: str  # exit, merger, termination


@event("directory.removed")
@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRemoved:
    """An institution no longer stands in the directory (注销机构信息).

    Cite: HN-2022-1 四(十八).
    """

    institution_code: str
    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...]
    filing: str = ""  # the case behind the entry; empty where no case stands behind it


def left(event_: CodeRetired | DirectoryRemoved) -> tuple[Claim, ...]:
    """Return what an exit puts into the pool, and what it gives back: entry and places."""
    match event_:
        case CodeRetired(institution_code=code, uscc=uscc, since=since, reason=reason):
            entry = codes.Retired(uscc=uscc, since=since, reason=reason)
            return (codes.retired(code, entry),)
        case DirectoryRemoved(institution=its, jurisdiction=place, scope=scope, filing=case):
            return (institutions.removed(its.uscc, case), *freed_places(place, its, scope))
