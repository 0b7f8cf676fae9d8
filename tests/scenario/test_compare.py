"""Expectations are partial; what does not hold is said in a sentence."""

from infra.scenario.compare import Seen, differences
from infra.scenario.yaml_text import Value

SEEN = Seen(
    case={"status": "accepted", "waiting_for": {"role": "center.reviewer", "until": None}},
    events=[
        {"type": "filing.submitted", "effective": "2024-04-26T17:00:00+08:00", "actor": "a"},
        {
            "type": "filing.deemed_accepted",
            "effective": "2024-05-09T16:00:00+00:00",
            "actor": "law",
            "cite": "HN-2022-1 一(二)",
            "data": {"n": 1, "list": ["x"]},
        },
    ],
    deadlines=[{"key": "filing.acceptance", "due": "2024-05-09", "state": "lapsed"}],
)
DEEMED: dict[str, Value] = {
    "type": "filing.deemed_accepted",
    "effective": "2024-05-10T00:00:00+08:00",
}


def test_what_is_left_out_is_not_compared() -> None:
    assert differences("a", {}, SEEN) == []


def test_instants_and_clauses_compare_by_meaning() -> None:
    assert differences("a", {"events": [DEEMED | {"cite": "HN-2022-1 (2)"}]}, SEEN) == []


def test_data_is_compared_key_by_key() -> None:
    assert differences("a", {"events": [DEEMED | {"data": {"list": ["x"]}}]}, SEEN) == []
    assert differences("a", {"events": [DEEMED | {"data": {"n": True}}]}, SEEN) != []


def test_events_must_come_in_the_order_listed() -> None:
    wanted: dict[str, Value] = {"events": [DEEMED, {"type": "filing.submitted"}]}
    assert differences("a", wanted, SEEN) == [
        "a: no event {type: filing.submitted}",
    ]


def test_an_event_that_differs_is_shown_beside_what_was_found() -> None:
    wanted: dict[str, Value] = {
        "events": [{"type": "filing.deemed_accepted", "actor": "center.clerk"}]
    }
    (sentence,) = differences("a", wanted, SEEN)
    assert "actor: center.clerk" in sentence
    assert "actor: law" in sentence


def test_exact_forbids_other_events() -> None:
    assert differences("a", {"events": [DEEMED], "exact": True}, SEEN) == [
        "a: other events happened: filing.submitted"
    ]
    both: dict[str, Value] = {"events": [{"type": "filing.submitted"}, DEEMED], "exact": True}
    assert differences("a", both, SEEN) == []


def test_absent_events_must_not_have_happened() -> None:
    assert differences("a", {"absent": ["filing.submitted"]}, SEEN) == [
        "a: filing.submitted happened"
    ]


def test_one_deadline_listed_matches_any_of_the_case() -> None:
    assert differences("a", {"deadlines": [{"key": "filing.acceptance"}]}, SEEN) == []
    assert len(differences("a", {"deadlines": [{"due": "2024-05-10"}]}, SEEN)) == 1


def test_a_case_never_opened_meets_no_expectation() -> None:
    assert differences("b", {"status": "received"}, None) == ["b: no such case was opened"]


def test_status_and_waiting_are_compared() -> None:
    assert differences("a", {"status": "received"}, SEEN) == [
        "a: status is 'accepted', not 'received'"
    ]
    assert differences("a", {"waiting_for": {"role": "center.reviewer"}}, SEEN) == []


def test_exact_leaves_out_what_a_later_job_reports() -> None:
    later = Seen(
        case=SEEN.case, events=[*SEEN.events, {"type": "notice.rendered"}], deadlines=SEEN.deadlines
    )
    both: dict[str, Value] = {"events": [{"type": "filing.submitted"}, DEEMED], "exact": True}
    assert differences("a", both, later) == []
