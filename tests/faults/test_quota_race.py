"""Twenty approvals at once against a quota of three: three get a place, the others learn why.

`make race` plays it fifty times; in `make test` it is played once.
"""

import os
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.history import Act, Told
from tests.faults.rig.office import ACTORS, Office

RACES = int(os.environ.get("RACES", "1"))
RIVALS = 20
PLACES = 3  # of social organisations in a city, for one occupation and job (HN-2022-1 一(一))
CHARTERS = {f"rival{n}": f"5143010000000{n:05d}" for n in range(RIVALS)}
RIVAL_ACTORS: Mapping[str, Mapping[str, str]] = {
    **ACTORS,
    **{
        login: {
            "role": "institution.operator",
            "person": f"p-{login}",
            "organisation": code,
            "name": f"长沙 {login}",
            "jurisdiction": "430100",
        }
        for login, code in CHARTERS.items()
    },
}


def _ready(office: Office, login: str) -> str:
    """Bring a rival's filing to where only the approval is left; return its case."""
    body: dict[str, Any] = {**filings.opening(kind="social_organisation")}
    its = {**body["with"]["institution"], "name": f"长沙 {login}", "uscc": CHARTERS[login]}
    body["with"] = {**body["with"], "institution": its}
    case = office.done(login, "filing.submit", body).case
    office.done("clerk", "filing.accept", {}, case)
    office.done("assessor", "filing.assess", filings.ASSESSED, case)
    office.done("clerk", "filing.publish_notice", {"working_days": 5}, case)
    return case


def _at_once(office: Office, acts: list[Act]) -> list[Told]:
    barrier = threading.Barrier(len(acts))

    def send(act: Act) -> Told:
        barrier.wait()
        return office.insist(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(send, acts))


def test_twenty_approvals_for_three_places(trial: Begin) -> None:
    with trial("43b", f"{RIVALS} approvals at once, {PLACES} places, {RACES} rounds") as case:
        for _ in range(RACES):
            office = case.office(at="2024-03-04T09:00:00+08:00", actors=RIVAL_ACTORS)
            cases = [_ready(office, login) for login in CHARTERS]
            assert office.clock(advance_to="2024-03-20T09:00:00+08:00").body["settled"]
            told = _at_once(
                office, [office.act("reviewer", "filing.approve", {}, c) for c in cases]
            )
            verdicts = Counter(one.verdict for one in told)
            assert verdicts == {"ok": PLACES, "refused": RIVALS - PLACES}
            refused = [one for one in told if one.verdict == "refused"]
            assert {one.code for one in refused} == {"filing.quota_exceeded"}
            ended = [office.get("GET", f"/cases/{one}").body["status"] for one in cases]
            assert ended.count("closed") == PLACES
        case.more = f"{RACES * PLACES} approved, {RACES * (RIVALS - PLACES)} told the quota"
