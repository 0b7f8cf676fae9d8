"""A name stands for its organisation, also inside a payload."""

from datetime import datetime
from typing import Any

from domain.kernel.json import Json
from infra.scenario.codes import derived_code
from infra.scenario.compare import Seen
from infra.scenario.model import Scenario, Step
from infra.scenario.playing import Answer, play
from infra.scenario.reading import read_scenario

TEXT = """
scenario: x
actors: {a: {role: institution.operator, person: p, organisation: 甲}}
fixtures: {institutions: [{name: 乙, uscc: CODE-B, type: school, jurisdiction: "430100"}]}
steps:
  - at: 2024-03-04T09:00:00+08:00
    case: c
    by: a
    do: filing.submit
    with: {branches: [{name: 丙, uscc: CODE-C}]}
  - at: 2024-03-04T09:00:00+08:00
    case: c
    by: a
    do: change.request
    with: {merged: [乙, 丁], branch: 丙, subject: {organisation: 甲}, name: 乙}
"""


class Recorder:
    """A stage that keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def set_up(self, scenario: Scenario) -> None:
        """Begin."""

    def pass_time(self, at: datetime) -> None:
        """Nothing falls due."""

    def act(self, step: Step, case_id: str | None, payload: Json) -> Answer:  # noqa: ARG002  – a stage's shape
        """Take everything."""
        self.sent.append(dict(payload))
        return Answer("", step.case)

    def seen(self, case_id: str) -> Seen | None:  # noqa: ARG002  – a stage's shape
        """Return nothing: nothing is expected."""
        return None


def test_names_of_known_organisations_become_their_codes_where_one_is_meant() -> None:
    stage = Recorder()
    assert play(read_scenario(TEXT), stage) == []
    assert stage.sent[-1] == {
        "merged": ["CODE-B", "丁"],
        "branch": "CODE-C",
        "subject": {"organisation": derived_code("甲")},
        "name": "乙",
    }
