"""A null character is in no name and no text: refused where a request comes in, once for all."""

import pytest

from tests.api.client import code_of
from tests.api.conftest import As


@pytest.mark.parametrize(
    "path",
    ["/cases/%00", "/cases/x%00y/state", "/operations/%00", "/tasks/%00.t-1", "/tasks/x.%00",
     "/notices/%00", "/deadlines/%00", "/schemas/commands/%00", "/law/terms/%00"],
)  # fmt: skip
def test_a_path_with_a_null_character_leads_nowhere(by: As, path: str) -> None:
    answer = by("clerk").get(path)
    assert (answer.status_code, code_of(answer)) == (404, "request.not_found")


@pytest.mark.parametrize(
    ("path", "pointer"),
    [("/cases?q=%00", "/query/q"), ("/cases?status=received&status=a%00", "/query/status"),
     ("/events?case=%00", "/query/case"), ("/cases?%00=1", "/query")],
)  # fmt: skip
def test_a_query_with_a_null_character_is_malformed(by: As, path: str, pointer: str) -> None:
    answer = by("clerk").get(path)
    assert (answer.status_code, code_of(answer)) == (422, "command.malformed")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_an_act_at_such_a_path_is_not_received(by: As, case: str) -> None:
    answer = by("clerk").act(f"{case}%00", "case.note", {"text": "x"}, version="*")
    assert (answer.status_code, code_of(answer)) == (404, "request.not_found")
