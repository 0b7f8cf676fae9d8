"""Branches (分支机构) of a national employer: filed by its province, published with it."""

from itertools import chain

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey, FactValue
from domain.case.numbers import SERIES
from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import HasEnded, WrongStage, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError
from domain.kernel.faults import Fault, fault
from domain.law import jurisdiction as tree
from domain.procedures.filing import checks
from domain.procedures.filing import events as e
from domain.procedures.filing.authority import named
from domain.procedures.filing.commands import FileBranch, NamedBranch
from domain.procedures.filing.facts import BranchFiling, Filing
from domain.procedures.filing.refusals import EmployerLeft, WrongAuthority
from domain.procedures.filing.values import Branch
from domain.registers import institutions
from domain.registers.codes import (
    branch_code,
    code_series,
    is_employers,
    taken_code,
    taken_serial,
)
from domain.registers.institutions import Institution

_CITE, _PUBLICATION = "RS-2021-57A 一(十)5", "RS-2021-57A 一(十)6"
_EXIT = "RSJ-2019-2 四(一)"


def wanted(payload: FileBranch, filing: Filing, situation: Situation) -> tuple[FactKey, ...]:
    """Return the series of codes of the branch's province, and what is on file of its employer."""
    named = _named(payload)
    known = _known(named, filing)
    place = known.branch.jurisdiction if known is not None else _place(named, situation)
    employer = (institutions.key(filing.institution.uscc),) if filing.institution else ()
    return (_series(place), *employer)


def afterwards(case: Case, command: str) -> bool:
    """Whether a province may still file a branch: the published filing of a national employer.

    Cite: RS-2021-57A 一(十)5; RSJ-2019-3 一(5).
    """
    filed = isinstance(case.data, Filing) and is_employers(case.data.institution_code)
    return command == "filing.file_branch" and case.status == "closed" and filed


def file_branch(
    given: FileBranch, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    """Return what a province's decision on a branch leads to; after the last comes publication.

    Branches the employer listed are decided first. Once all are published, a province files one
    more on the branch's own application, and it is published in its turn.

    Cite: RS-2021-57A 一(十)5, 一(十)6; RSJ-2019-3 一(5); RSJ-2019-2 四(三).
    """
    named = _named(given)
    known = _known(named, filing)
    branch = known.branch if known is not None else _unlisted(named, case, filing, situation)
    if isinstance(branch, Refusal):
        return branch
    if refusal := _decided_before(known, case, situation) or _refusal(branch, given, situation):
        return refusal
    if given.passed and (refusal := _employer_left(filing, situation)):
        return refusal
    decided = _decided(branch, given, filing, situation)
    after = _published_later(filing, decided) if case.ended else _published(filing, decided)
    kind = "filing.branch_receipt" if given.passed else "filing.branch_declined"
    return Act(
        events=((decided, _CITE), *((one, _PUBLICATION) for one in after)),
        letters=(Letter(kind=kind),),
    )


def claims(event: e.FilingBranchFiled, case: Case, filing: Filing) -> tuple[Claim, ...]:
    """Return the entry and the code a filed branch gets; none where it was refused."""
    its, employer = event.branch, filing.institution
    if not event.passed or employer is None:
        return ()
    entry = institutions.Entry(
        institution=Institution(
            name=its.name, uscc=its.uscc, type=employer.type, serves=employer.serves
        ),
        jurisdiction=its.jurisdiction,
        scope=filing.scope,
        institution_code=event.institution_code,
        case=case.id,
    )
    code = event.institution_code
    return (institutions.claim(entry), *taken_code(code), *taken_serial(code))


def _named(given: FileBranch) -> NamedBranch:
    its = given.branch
    return NamedBranch(name=its, uscc=its) if isinstance(its, str) else its


def _known(named: NamedBranch, filing: Filing) -> BranchFiling | None:
    """Return the branch of that code, else of that name where the code names no other."""
    by_code = (one for one in filing.branches if one.branch.uscc == named.uscc)
    by_name = (
        one
        for one in filing.branches
        if one.branch.name == named.name and named.uscc in ("", named.name)
    )
    return next(chain(by_code, by_name), None)


def _place(named: NamedBranch, situation: Situation) -> str:
    return named.jurisdiction or situation.actor.jurisdiction


def _unlisted(
    named: NamedBranch, case: Case, filing: Filing, situation: Situation
) -> Branch | Refusal:
    """Return a branch the employer did not list, named in full."""
    if not case.ended:
        zh, en = "不是本案列明的分支机构；公布后可以另行备案", "not listed; may be filed later"
        return malformed((fault("/branch", "field", zh, en),))
    employer, place = filing.institution, _place(named, situation)
    faults: list[Fault] = []
    if not named.name or not named.uscc or named.name == named.uscc:
        zh = "未列明的分支机构，请写明名称和统一社会信用代码"
        faults.append(fault("/branch", "field", zh, "not listed: give its name and credit code"))
    elif employer is not None and named.uscc == employer.uscc:
        zh, en = "分支机构须有自己的代码", "a branch has its own credit code"
        faults.append(fault("/branch/uscc", "field", zh, en))
    if place == tree.COUNTRY:
        faults.append(fault("/branch/jurisdiction", "field", "请写明所在省份", "name its province"))
    if faults:
        return malformed(tuple(faults))
    return Branch(name=named.name, uscc=named.uscc, jurisdiction=place)


def _series(place: str) -> FactKey:
    return FactKey(SERIES, code_series(institutions.OWN, place[:2]))


def _decided_before(known: BranchFiling | None, case: Case, situation: Situation) -> Refusal | None:
    """Return the refusal of a second decision; one refused before may apply anew at the end."""
    if known is None or known.state == "open" or (case.ended and known.state == "refused"):
        return None
    return _over(case, situation)


def _over(case: Case, situation: Situation) -> Refusal:
    if case.ended:
        return HasEnded(status=case.status)
    return WrongStage(stage=case.stage, command=situation.command)


def _employer_left(filing: Filing, situation: Situation) -> Refusal | None:
    """Return the refusal of a branch of an employer whose code no longer stands.

    Cite: RSJ-2019-2 四(一).
    """
    its = filing.institution
    if its is None:
        raise StreamBrokenError("a filing without an applicant")
    found = institutions.filed(situation.facts, its.uscc)
    if any(one.institution_code == filing.institution_code for one in found):
        return None
    return EmployerLeft(employer=its.name, citation=_EXIT)


def _refusal(branch: Branch, given: FileBranch, situation: Situation) -> Refusal | None:
    if not given.passed and (refusal := checks.reasons([given.assessment], [_CITE], situation)):
        return refusal
    return _foreign(branch, situation.actor)


def _foreign(branch: Branch, actor: Actor) -> Refusal | None:
    """Return the refusal of a province that files the branch of another."""
    if actor.jurisdiction == branch.province:
        return None
    right = named(branch.province)
    return WrongAuthority(jurisdiction=named(actor.jurisdiction), right=right, citation=_CITE)


def _decided(
    branch: Branch, given: FileBranch, filing: Filing, situation: Situation
) -> e.FilingBranchFiled:
    if not given.passed:
        return e.FilingBranchFiled(branch=branch, passed=False, assessment=given.assessment)
    n = situation.facts.get(_series(branch.jurisdiction), FactValue()).highest + 1
    return e.FilingBranchFiled(
        branch=branch,
        passed=True,
        assessment=given.assessment,
        institution_code=branch_code(filing.institution_code, branch.province[:2], n),
        receipt_number=situation.letters[0],
    )


def _published(filing: Filing, decided: e.FilingBranchFiled) -> tuple[object, ...]:
    """Return the one publication (统一公布) that follows the last decision; nothing before it."""
    if any(one.uscc != decided.branch.uscc for one in filing.branches_left):
        return ()
    before = [(one.branch, one.institution_code) for one in filing.branches]
    codes = {branch.uscc: code for branch, code in before}
    codes[decided.branch.uscc] = decided.institution_code
    filed = tuple(_shown(one, code) for one, _ in before if (code := codes[one.uscc]))
    code = filing.institution_code
    return (published(filing), e.DirectoryBranchesPublished(institution_code=code, branches=filed))


def _published_later(filing: Filing, decided: e.FilingBranchFiled) -> tuple[object, ...]:
    """Return the publication of a branch that was filed after its employer."""
    if not decided.passed:
        return ()
    later = _shown(decided.branch, decided.institution_code)
    code = filing.institution_code
    return (e.DirectoryBranchesPublished(institution_code=code, branches=(later,)),)


def _shown(branch: Branch, code: str) -> e.PublishedBranch:
    return e.PublishedBranch(
        name=branch.name,
        uscc=branch.uscc,
        jurisdiction=branch.jurisdiction,
        institution_code=code,
    )


def published(filing: Filing, code: str = "") -> e.DirectoryPublished:
    """Return the publication of the institution itself, under its code on record or `code`."""
    its = filing.institution
    if its is None:
        raise StreamBrokenError("a filing without an applicant")
    return e.DirectoryPublished(
        institution_code=code or filing.institution_code,
        name=its.name,
        uscc=its.uscc,
        scope=filing.whole_scope,
    )
