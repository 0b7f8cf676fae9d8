"""Parts of paths, described once. Length alone is judged here; what names nothing is a 404."""

from typing import Annotated

from fastapi import Path

from api.examples import COMMAND

LONGEST_ID = 100
CASE = "430100-BA-2026-000001"

CaseId = Annotated[
    str,
    Path(
        max_length=LONGEST_ID,
        description="Id or number of the case.",
        openapi_examples={"number": {"value": CASE}},
    ),
]
CommandName = Annotated[
    str,
    Path(
        max_length=LONGEST_ID,
        description="As in the state's `actions`.",
        openapi_examples={"supplement": {"value": COMMAND}},
    ),
]
TaskId = Annotated[str, Path(max_length=LONGEST_ID, description="As in the list of tasks.")]
DeadlineId = Annotated[str, Path(max_length=LONGEST_ID, description="As in the case.")]
