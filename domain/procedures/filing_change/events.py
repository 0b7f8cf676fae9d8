"""What happens to a request for change (VOCABULARY §3). When and by whom is in the envelope."""

from dataclasses import dataclass

from domain.kernel.events import event
from domain.procedures.filing.events import DirectoryPublished
from domain.procedures.filing.values import ExceptionGranted, Material
from domain.procedures.filing_change.values import Details, Filed, Kind
from domain.registers.directory import CodeRetired, DirectoryRemoved
from domain.registers.institutions import Institution, ScopeItem


@event("change.requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequested:
    """The institution asks for a change of its filing."""

    kind: Kind
    scope: tuple[ScopeItem, ...] = ()
    details: Details | None = None
    merged: tuple[str, ...] = ()
    institution: Institution | None = None
    reason: str = ""
    materials: tuple[Material, ...] = ()
    exception: ExceptionGranted | None = None


@event("change.accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccepted:
    """The center accepted the request (受理)."""


@event("change.approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeApproved:
    """The change is made.

    Cite: HN-2022-1 四(十八); RSJ-2019-2 四(二).
    """

    kind: Kind
    receipt_number: str
    filed: Filed | None = None  # as the register has it now; None after an exit
    staff: tuple[str, ...] | None = None  # listed anew
    exception: ExceptionGranted | None = None


@event("change.declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDeclined:
    """The change is not made, with reasons and legal basis (不予变更)."""

    reasons: tuple[str, ...]
    legal_basis: tuple[str, ...]


ChangeEvent = (
    ChangeRequested
    | ChangeAccepted
    | ChangeApproved
    | ChangeDeclined
    | CodeRetired
    | DirectoryRemoved
    | DirectoryPublished
)
