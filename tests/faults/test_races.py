"""Row 43: two officials take one task, two cases want the last place; exactly one gets it."""

import threading
from concurrent.futures import ThreadPoolExecutor

from domain.kernel.times import minute_in_china, parse_instant
from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.history import Act, Told
from tests.faults.rig.office import Office

PLACES = 3  # of social organisations in a city, for one occupation and job


def both(office: Office, acts: list[Act]) -> list[Told]:
    """Send acts in the same moment and insist on each."""
    barrier = threading.Barrier(len(acts))

    def send(act: Act) -> Told:
        barrier.wait()
        return office.insist(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(send, acts))


def test_two_officials_who_complete_one_task_are_told_apart(trial: Begin) -> None:
    with trial("43", "two officials accept one filing at once") as case:
        office = case.office()
        for _ in range(2 * case.rounds):
            opened = filings.opened(office)
            acts = [office.act(by, "filing.accept", {}, opened) for by in ("clerk", "clerk2")]
            told = both(office, acts)
            assert sorted(one.verdict for one in told) == ["ok", "refused"]
            loser = next(one for one in told if one.verdict == "refused")
            assert loser.code == "task.already_done", loser
            (winner, by), *_ = (
                (one, act.client) for one, act in zip(told, acts, strict=True) if one is not loser
            )
            assert f"p-{by} " in loser.said, loser  # by whom
            when = minute_in_china(parse_instant(winner.received))
            assert f" {when} " in loser.said, (winner, loser)  # and when


def test_two_officials_who_claim_one_task_are_told_apart(trial: Begin) -> None:
    with trial("43", "two officials claim one task at once") as case:
        office = case.office()
        for _ in range(2 * case.rounds):
            opened = filings.opened(office)
            claim = {"task": "t-1", "instead_of": ""}
            acts = [
                office.act(by, "case.assign", {"to": f"p-{by}", **claim}, opened)
                for by in ("clerk", "clerk2")
            ]
            told = both(office, acts)
            assert sorted(one.verdict for one in told) == ["ok", "refused"]
            loser = next(one for one in told if one.verdict == "refused")
            assert loser.code == "task.already_claimed", loser


def registered(number: int) -> dict[str, object]:
    """A social organisation that holds a place already."""
    return {
        "name": f"长沙第{number}技能协会",
        "uscc": f"51430100000000000{number}",
        "type": "social_organisation",
        "serves": "public",
        "address": f"长沙市示例路{number}号",
        "principal": f"p-principal-{number}",
        "jurisdiction": "430100",
        "institution_code": f"S00004300000{number}",
        "scope": filings.SCOPE,
    }


def ready_for_approval(office: Office, by: str) -> str:
    """A social organisation's filing with everything done but the approval."""
    opened = filings.opened(office, by=by, kind="social_organisation")
    office.done("clerk", "filing.accept", {}, opened)
    office.done("assessor", "filing.assess", filings.ASSESSED, opened)
    office.done("clerk", "filing.publish_notice", {"working_days": 5}, opened)
    return opened


def test_two_cases_that_want_the_last_place_do_not_both_get_it(trial: Begin) -> None:
    with trial("43", "two cases want the last quota place at once") as case:
        for _ in range(min(case.rounds, 20)):
            office = case.office(
                at="2024-03-04T09:00:00+08:00",
                fixtures={"institutions": [registered(n) for n in range(1, PLACES)]},
            )
            cases = [ready_for_approval(office, by) for by in ("school", "school2")]
            assert office.clock(advance_to="2024-03-20T09:00:00+08:00").body["settled"]
            acts = [office.act("reviewer", "filing.approve", {}, one) for one in cases]
            told = both(office, acts)
            assert sorted(one.verdict for one in told) == ["ok", "refused"]
            loser = next(one for one in told if one.verdict == "refused")
            assert loser.code == "filing.quota_exceeded"
