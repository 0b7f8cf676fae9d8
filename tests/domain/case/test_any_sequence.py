"""Whatever anybody sends in whatever order: nothing raises, nothing is lost, the law acts once."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.case.actor import Actor
from tests.domain.case.test_which_refusal import PAYLOADS
from tests.examples.filing import (
    ANYBODY,
    ASSESSOR,
    BUREAU,
    CLERK,
    DIGEST,
    FRIDAY,
    OTHER_SCHOOL,
    REVIEWER,
    SCHOOL,
    material,
    submitted,
)
from tests.spec.driver import Office, Sent, cst

KEYS = st.sampled_from(["filing.acceptance", "filing.supplement", "filing.publicity"])
WHY = {"reason": "x", "cite": "y"}
GENERAL = st.one_of(
    st.just(("case.note", {"text": "x"})),
    st.just(("case.assign", {"to": "p"})),
    st.just(("case.transfer", {"jurisdiction": "430200"})),
    st.just(("case.withdraw", {})),
    st.just(("deadline.redate", {})),
    st.just(("notice.record_rendering", {"notice": "n-1", "digest": DIGEST})),
    st.builds(lambda key: ("deadline.suspend", {"key": key, **WHY}), KEYS),
    st.builds(lambda key: ("deadline.resume", {"key": key}), KEYS),
    st.builds(lambda key, n: ("deadline.extend", {"key": key, "amount": n, **WHY}), KEYS,
              st.integers(1, 4)),
    st.just(("notice.serve", {"notice": "n-1", "method": "mail", "at": "2024-05-06T09:00:00Z"})),
)  # fmt: skip
OWN = st.sampled_from(sorted(PAYLOADS)).map(lambda name: (name, dict(PAYLOADS[name][1])))
VARIED = st.one_of(
    st.sampled_from([["a"], ["b"], ["a", "b"]]).map(
        lambda codes: ("filing.supplement", {"materials": [material(one) for one in codes]})
    ),
    st.integers(1, 12).map(
        lambda n: (
            "filing.request_supplement",
            {"missing": [{"material": "a"}, {"material": "b"}], "working_days": n},
        )
    ),
    st.sampled_from(["mail", "electronic"]).map(
        lambda how: (
            "filing.request_supplement", {"missing": [{"material": "a"}], "service": how},
        )
    ),
    st.booleans().map(lambda passed: ("filing.assess", {"passed": passed})),
    st.booleans().map(
        lambda upheld: ("filing.resolve_objection", {"upheld": upheld, "reason": "x"})
    ),
    st.just(("filing.accept", {"nonsense": 1})),
)  # fmt: skip
ACTORS = st.sampled_from(
    [SCHOOL, OTHER_SCHOOL, CLERK, ASSESSOR, REVIEWER, BUREAU, ANYBODY, Actor(role="system")]
)
STEPS = st.lists(
    st.tuples(st.one_of(OWN, VARIED, GENERAL), ACTORS, st.integers(0, 200), st.booleans()),
    max_size=14,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.sampled_from(["school", "social_organisation"]))
def test_no_sequence_of_commands_breaks_a_case(
    steps: list[tuple[tuple[str, dict[str, object]], Actor, int, bool]], kind: str
) -> None:
    """The driver holds after each append: fold == state, no gap in versions, no lapse twice."""
    office, at = Office(), cst(FRIDAY)
    office.play("a", submitted(FRIDAY, kind=kind))
    for (name, payload), actor, hours, right in steps:
        at += timedelta(hours=hours)
        by = PAYLOADS[name][0] if right and name in PAYLOADS else actor
        outcome = office.play("a", Sent(at, by, name, payload)).decision.outcome
        assert outcome.kind in ("done", "refused")
        assert outcome.kind == "done" or (outcome.code and outcome.zh and outcome.en)
    versions = [one.version for one in office.streams["a"]]
    assert versions == list(range(1, len(versions) + 1))
    effects = [one for one in office.streams["a"] if ".deemed_" in one.type]
    assert all(one.meta.actor.role == "law" for one in effects)
    case = office.cases["a"]
    assert case.ended == (case.ended_at is not None)
    states = [one.state for one in case.tasks] + [one.state for one in case.deadlines]
    assert not (case.ended and "open" in states)
