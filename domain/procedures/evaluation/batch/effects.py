"""What each command of a batch means in law, and what lateness means. Tokens move elsewhere."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.case.procedure import Act, Situation
from domain.case.refusals import SamePerson, WrongStage
from domain.case.state import Case
from domain.kernel.errors import Refusal, UnknownNameError
from domain.procedures.evaluation.batch import checks, reporting, results, running, sites
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch.facts import Batch, of


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what `payload` leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of a batch has such a payload.
    """
    if isinstance(payload, c.ReportBatch):
        return reporting.report(payload, situation)
    case, found = situation.case, _DECIDERS.get(type(payload))
    if found is None or case is None:
        raise UnknownNameError(f"{type(payload).__name__} is no command of a batch")
    return found(payload, case, of(case.data), situation)


_Decider = Callable[[Any, Case, Batch, Situation], Act | Refusal]  # paired by type below
_DECIDERS: Mapping[type[object], _Decider] = {
    c.ApproveBatch: reporting.approve,
    c.RejectBatch: reporting.reject,
    c.RequestExternalSite: sites.request,
    c.PermitSite: sites.permit,
    c.DenySite: sites.deny,
    c.CheckCandidate: running.check,
    c.SignIn: running.sign_in,
    c.RecordViolation: running.violation,
    c.FinishBatch: running.finish,
    c.UploadVideo: running.video,
    c.EnterScores: results.enter,
    c.ReportResults: results.report,
    c.ApproveResults: results.approve,
    c.ReturnResults: results.send_back,
}

EFFECTS: Mapping[str, Callable[[Case], object]] = {
    "institution.evaluation_blocked": running.evaluation_blocked,
}


def foreseen(command: str, situation: Situation) -> Refusal | None:
    """Return the refusal a command would meet now, whatever its payload says."""
    case = situation.case
    if case is None or not isinstance(case.data, Batch):
        return None
    match command:
        case "batch.approve":
            return checks.approval(case.data, situation)
        case "batch.check_candidate" if case.data.finished_on is not None:
            return WrongStage(stage=case.stage, command=command)
        case "batch.record_violation" if case.status == "received":
            return WrongStage(stage=case.stage, command=command)
        case "batch.upload_video" if running.not_begun(case, case.data, situation.at):
            return WrongStage(stage=case.stage, command=command)
        case "batch.permit_site" | "batch.deny_site":
            return sites.permitted_before(case, case.data, situation.actor.jurisdiction)
        case _:
            return None


def considered(case: Case, command: str) -> bool:
    """Whether a named refusal says more than the stage would (VOCABULARY §9)."""
    return command == "batch.approve" and case.stage in ("batch_site_request", "batch_site_permit")


def decided(case: Case, at: datetime) -> bool:
    """Whether an exam has begun: what is due after it cannot be evaded by withdrawing.

    An approved exam begins with its first day, whether anything of it is recorded or not.

    Local practice: no text says how a plan ends whose exam is called off; its institution withdraws
    it before, as it would one that is not approved yet.

    Cite: HN-2022-1 四(十七).
    """
    batch = of(case.data)
    return batch.begun or not running.not_begun(case, batch, at)


def separated(_payload: object, situation: Situation) -> Refusal | None:
    """Return the refusal of a results review by who reported them; offices are apart already."""
    case, person = situation.case, situation.actor.person
    reviewed = situation.command in ("batch.approve_results", "batch.return_results")
    if case is None or not reviewed or ("batch.results_reported", person) not in case.acts:
        return None
    return SamePerson(person=person, earlier="batch.results_reported")
