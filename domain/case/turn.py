"""What `case.advance` tells the conductor: ids, codes, counters and seconds only. It only grows."""

from dataclasses import dataclass, field

CALL_ATTEMPTS = 3  # at a web service in a row, before its failure is reported to the case


@dataclass(frozen=True, kw_only=True)
class Job:
    """A piece of service work; the same key twice adds nothing."""

    activity: str  # name of the activity: "notice.render"
    key: str  # "<case id>:notice.render:n-1"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Where a case stands after a look."""

    done: bool = False
    version: int = 0
    wake_after: float | None = None  # seconds until the next deadline; None: none runs, or frozen
    jobs: list[Job] = field(default_factory=list)
    outcome: str = ""  # "done", "refused", "" when the command asked about is not decided
    code: str = ""  # of a refusal
    procedure: str = ""
    number: str = ""
    stage: str = ""
    waiting_for: str = ""  # a role
    until: str = ""  # YYYY-MM-DD
    deadline: str = ""  # key of the next deadline
    jurisdiction: str = ""
    more: bool = False  # something is to be decided now, after what was asked about
