"""The commands of a change of a filing (VOCABULARY §3)."""

from dataclasses import dataclass
from typing import Annotated

from domain.case.acts import Code
from domain.case.procedure import CommandSpec
from domain.kernel.limits import AtMost, Word
from domain.procedures.filing.commands import CENTER, MOST_ITEMS, REVIEWER
from domain.procedures.filing.values import ExceptionGranted, Material
from domain.procedures.filing_change.values import Details, Kind
from domain.registers.institutions import Institution, ScopeItem

MOST_MERGED = 50  # each is read under a lock of its own; no law


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange:
    """Ask for a change of one's filing (申请变更).

    Which fields count is decided by `kind`: an increment's `scope`; the `details`; of a merger
    `merged`, the new body's `institution` where one is formed, and its `scope`.
    """

    kind: Kind
    scope: Annotated[tuple[ScopeItem, ...], AtMost(MOST_ITEMS)] = ()  # in addition (增量)
    details: Details | None = None
    merged: Annotated[tuple[Annotated[str, Word()], ...], AtMost(MOST_MERGED)] = ()  # who ends
    institution: Institution | None = None  # the body a merger forms; absent: who asks absorbs
    reason: str = ""
    materials: tuple[Material, ...] = ()
    exception: ExceptionGranted | None = None  # for more occupations than the texts allow
    jurisdiction: Annotated[str, Code] | None = None  # of who filed it; else the institution's own


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptChange:
    """Accept the request (受理)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveChange:
    """Make the change (准予变更)."""

    exception: ExceptionGranted | None = None  # to quotas, and to an end without open batches


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineChange:
    """Do not make the change (不予变更)."""

    reasons: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()


def _of_the_center(name: str, payload: type[object], *roles: str) -> CommandSpec:
    return CommandSpec(
        name=name, payload=payload, roles=roles, if_match="exact", procedure="filing_change"
    )


COMMANDS = (
    CommandSpec(
        name="change.request",
        payload=RequestChange,
        roles=("institution.*",),
        opens=True,
        procedure="filing_change",
    ),
    _of_the_center("change.accept", AcceptChange, *CENTER),
    _of_the_center("change.approve", ApproveChange, *REVIEWER),
    _of_the_center("change.decline", DeclineChange, *REVIEWER),
)
