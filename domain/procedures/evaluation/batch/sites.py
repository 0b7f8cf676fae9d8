"""Deciding on an external site (外部考点): one application each time, one permit or two."""

from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import LawReasonsRequired, TaskAlreadyDone, WrongStage, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.kernel.faults import fault
from domain.kernel.times import in_china
from domain.law import jurisdiction as tree
from domain.procedures.evaluation.batch import checks
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.reporting import act, lacking
from domain.procedures.evaluation.batch.values import Site

_AGREED = "HN-2022-1 二(八)"  # 协商委派


def request(
    given: c.RequestExternalSite, case: Case, batch: Batch, situation: Situation
) -> Act | Refusal:
    """Ask for a site, with the special reason; the people there must be the institution's own.

    Cite: HN-2022-1 二(六), 二(八).
    """
    filed = checks.filed_address(batch, situation, given.site)
    if filed and given.site.place == filed:
        zh, en = "这是备案场所，无须许可", "this is the filed place and needs no permit"
        return malformed((fault("/site/address", "field", zh, en),))
    if lacking((given.reason,)):
        return LawReasonsRequired()
    people = (*batch.exam_staff, batch.internal_supervisor)
    if refusal := checks.own_staff(people, situation):
        return refusal
    asked = e.BatchSiteRequested(
        site=given.site, reason=given.reason, centers=centers(case.jurisdiction, given.site)
    )
    return act(asked)


def centers(own: str, site: Site) -> tuple[str, ...]:
    """Return whose permit a site needs: the own center's, in another city that city's as well.

    Cite: HN-2022-1 二(六).
    """
    place = tree.city(site.jurisdiction or own)
    return (own,) if place == tree.city(own) else (own, place)


def permit(given: c.PermitSite, case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Record one center's permit; the last one clears the site.

    The external supervisor is one that both centers agree on.

    Cite: HN-2022-1 二(六), 二(八).
    """
    permits, by = batch.permits, situation.actor.jurisdiction
    if permits is None:
        return WrongStage(stage=case.stage, command=situation.command)
    refusal = permitted_before(case, batch, by) or _supervisor(given, batch, situation)
    if refusal is not None:
        return refusal
    permitted = e.BatchSitePermitted(by=by, external_supervisor=given.external_supervisor)
    if not set(permits.centers) <= {*permits.given, by}:
        return act(permitted)
    cleared = e.BatchSiteCleared(
        site=permits.site,
        centers=permits.centers,
        external_supervisor=given.external_supervisor or permits.external_supervisor,
    )
    return act(permitted, cleared, letter=Letter(kind="batch.site_permit"))


def _supervisor(given: c.PermitSite, batch: Batch, situation: Situation) -> Refusal | None:
    who = given.external_supervisor
    agreed = batch.permits.external_supervisor if batch.permits is not None else ""
    if who and agreed and who != agreed:
        zh = f"另一中心委派的是 {agreed}；两个中心须协商委派同一人（{_AGREED}）"
        en = f"the other center named {agreed}; both agree on one person ({_AGREED})"
        return malformed((fault("/external_supervisor", "field", zh, en),))
    return checks.external_supervisor(who, batch, situation)


def permitted_before(case: Case, batch: Batch, by: str) -> Refusal | None:
    """Return the refusal of a second decision by a center that has given its permit."""
    if batch.permits is None or by not in batch.permits.given:
        return None
    done = [one for one in case.tasks if "batch.permit_site" in one.commands and one.done_at]
    at = done[-1].done_at if done else None
    return TaskAlreadyDone(by=tree.name(by) or by, at=in_china(at) if at else "—")


def deny(given: c.DenySite, case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Record that a center does not permit the site; the institution may ask for another."""
    by = situation.actor.jurisdiction
    if batch.permits is None:
        return WrongStage(stage=case.stage, command=situation.command)
    if refusal := permitted_before(case, batch, by):
        return refusal
    if lacking(given.reasons):
        return LawReasonsRequired()
    denied = e.BatchSiteDenied(by=by, reasons=given.reasons)
    return act(denied, letter=Letter(kind="batch.site_denial"))
