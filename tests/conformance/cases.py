"""One run case as a real case: deployed, played through a worker, compared with paper."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.kernel.json import Json
from domain.procedures.process.deploying import main_process
from domain.process.faults import Fault
from domain.process.script import START, parse_script
from domain.registers.processes import Deployed
from infra.cli.process import judged, played
from infra.cli.process_text import Answer, played_json, rejected_json
from tests.conformance.people import for_people
from tests.conformance.player import NotTakenError, Player
from tests.conformance.reading import differences, of_people
from tests.workflows.filing import REVIEWER, Office

How = Literal["deployed", "unsound", "refused", "left"]
SEVERAL = "several executable processes that talk to each other; a case runs one"

NO_COUNTERPART = {  # what the player may do and nobody in a case: it is refused, and so not played
    "process.nobody_catches": "a task's error that nothing catches: nobody ends a case by one",
    "process.nobody_waits": "an arrival that nothing in the case can take: it is refused",
}


@dataclass(frozen=True, slots=True)
class Went:
    """How a run case went as a real case.

    `deployed`: deployed and played. `unsound`: deployment refused it for that, as it must; its
    file was then kept and played all the same. `refused`: neither paper nor deployment takes it.
    `left`: not played; `reason` says why. `wrong` is in what it went otherwise than on paper.
    """

    how: How
    answer: Answer
    wrong: tuple[str, ...] = ()
    reason: str = ""


async def go(office: Office, file: str, source: bytes, given: Json) -> Went:
    """Play an input of a model as a case of `office`'s tenant, which is made, and on paper."""
    verdict = judged(source, file, "played")
    theirs = for_people(source)
    definition = judged(theirs, file, "played").definition
    if verdict.definition is None or definition is None:
        await _at(office, START)
        return Went("refused", rejected_json(verdict.faults), await _refusal(office, file, theirs))
    if main_process(definition) is None:
        await _at(office, START)
        return Went("left", {}, await _refusal(office, file, theirs), SEVERAL)
    script = parse_script(definition, given)
    await _at(office, script.start)
    found = await _deploy(office, file, theirs)
    how: How = "deployed" if isinstance(found, Deployed) else "unsound"
    if not isinstance(found, Deployed):
        if wrong := tuple(one.rule for one in found if not one.rule.startswith("sound.")):
            return Went(how, {}, (f"deployment refuses more than the unsound: {' '.join(wrong)}",))
        await asyncio.to_thread(office.parts.definitions.keep, theirs)
    try:
        answer = await Player(office, definition, script).play()
    except NotTakenError as error:
        reason = NO_COUNTERPART.get(error.code, "")
        return Went("left", {}, reason=reason) if reason else Went(how, {}, (str(error),))
    on_paper = of_people(definition, played_json(played(verdict.definition, given), log=False))
    return Went(how, answer, tuple(differences(definition, on_paper, answer)))


async def _at(office: Office, start: datetime) -> None:
    """Make the tenant, its clock standing at the start."""
    await asyncio.to_thread(office.sandbox.create, at=start, tenant=office.tenant)


async def _refusal(office: Office, file: str, source: bytes) -> tuple[str, ...]:
    """Return that deployment takes what paper does not, if it does."""
    found = await _deploy(office, file, source)
    return ("deployed, though no case can play it",) if isinstance(found, Deployed) else ()


async def _deploy(office: Office, file: str, source: bytes) -> "Deployed | tuple[Fault, ...]":
    deploy = office.parts.deployments.deploy
    return await asyncio.to_thread(deploy, office.tenant, file, source, REVIEWER)
