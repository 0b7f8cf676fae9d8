"""Branches (分支机构) of a national employer: filed by its province, published with it."""

from itertools import chain

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey, FactValue
from domain.case.numbers import SERIES
from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import WrongStage, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError
from domain.kernel.faults import fault
from domain.procedures.filing import checks
from domain.procedures.filing import events as e
from domain.procedures.filing.authority import named
from domain.procedures.filing.commands import FileBranch
from domain.procedures.filing.facts import BranchFiling, Filing
from domain.procedures.filing.refusals import WrongAuthority
from domain.procedures.filing.values import Branch
from domain.registers import institutions
from domain.registers.codes import branch_code, code_series, taken_code, taken_serial
from domain.registers.institutions import Institution

_CITE = "RS-2021-57A 一(十)5"
_LETTER = "Y"  # of employers: they evaluate their own people


def wanted(payload: FileBranch, filing: Filing) -> tuple[FactKey, ...]:
    """Return the series of codes of the branch's province."""
    known = _known(payload, filing)
    return (_series(known.branch),) if known is not None else ()


def file_branch(
    given: FileBranch, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    """Return what a province's decision on a branch leads to; after the last comes publication.

    Cite: RS-2021-57A 一(十)5, 一(十)6; RSJ-2019-3 一(5); RSJ-2019-2 四(三).
    """
    known = _known(given, filing)
    if known is None:
        no_branch = fault("/branch", "field", "不是本案列明的分支机构", "is no branch of this case")
        return malformed((no_branch,))
    if refusal := _refusal(known, given, case, situation):
        return refusal
    decided = _decided(known.branch, given, filing, situation)
    events = [decided, *_published(filing, decided)]
    kind = "filing.branch_receipt" if given.passed else "filing.branch_declined"
    return Act(events=tuple((one, "") for one in events), letters=(Letter(kind=kind),))


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


def _known(given: FileBranch, filing: Filing) -> BranchFiling | None:
    its = given.branch
    by_code = (one for one in filing.branches if one.branch.uscc == its)
    by_name = (one for one in filing.branches if one.branch.name == its)
    return next(chain(by_code, by_name), None)


def _series(branch: Branch) -> FactKey:
    return FactKey(SERIES, code_series(_LETTER, branch.province[:2]))


def _refusal(
    known: BranchFiling, given: FileBranch, case: Case, situation: Situation
) -> Refusal | None:
    if not given.passed and (refusal := checks.reasons([given.assessment], [_CITE], situation)):
        return refusal
    if refusal := _foreign(known.branch, situation.actor):
        return refusal
    if known.state != "open":
        return WrongStage(stage=case.stage, command=situation.command)
    return None


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
    n = situation.facts.get(_series(branch), FactValue()).highest + 1
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
    filed = tuple(
        e.PublishedBranch(
            name=one.name, uscc=one.uscc, jurisdiction=one.jurisdiction, institution_code=code
        )
        for one, _ in before
        if (code := codes[one.uscc])
    )
    code = filing.institution_code
    return (published(filing), e.DirectoryBranchesPublished(institution_code=code, branches=filed))


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
