"""Deployed processes: what is sent to deploy one, and what is shown of it."""

from typing import Annotated, Any

from pydantic import Field

from api.schemas.command import Word
from api.schemas.shape import Instant, Paged, Shape

LONGEST_TTL = 40  # characters of a duration


class ProcessFile(Shape):
    """A BPMN 2.0 file to be deployed."""

    file: Annotated[str, Field(min_length=1, max_length=200, description="Its name.")]
    source: Annotated[str, Field(min_length=1, description="The XML, as text.")]


class DeployedProcess(Shape):
    """A version of a process."""

    process: Annotated[str, Field(description="Its id in the diagram; the `variant` of a start.")]
    version: int
    current: Annotated[bool, Field(description="New cases run on it.")]
    name: str
    definition: Annotated[str, Field(description="Hash of the file: what cases are pinned to.")]
    file: str
    deployed_at: Instant
    deployed_by: str


class DeployedPage(Paged[DeployedProcess]):
    """The versions of all processes, newest first."""


class FormField(Shape):
    """An entry of a task's form."""

    name: str
    type: str
    label: str
    required: bool
    options: list[str]


class ProcessTask(Shape):
    """A user task with its form; without fields it takes any variables."""

    element: str
    name: str
    role: str
    fields: list[FormField]


class ProcessView(Shape):
    """A version of a process, with what may be done in its cases."""

    deployed: DeployedProcess
    tasks: list[ProcessTask]
    messages: list[str]
    signals: list[str]
    endpoints: Annotated[list[str], Field(description="Of web services it calls, by name.")]


class MessageSent(Shape):
    """A message for the case with a correlation key."""

    message: Word
    key: Annotated[Word, Field(description="The `key` the case was started with.")]
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    ttl: Annotated[
        str,
        Field(
            default="",
            max_length=LONGEST_TTL,
            description="ISO 8601 duration for which it is kept while nothing waits for it;"
            " `PT0S`: only now; unsaid: as the installation is set.",
        ),
    ]
