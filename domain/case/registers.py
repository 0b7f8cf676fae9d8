"""Registers outside the cases: events of streams `register:<name>`, and the claims they make."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.events import event
from domain.kernel.json import Json
from domain.procedures.filing.values import Institution, ScopeItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A reason why an institution may not apply (不得申报的情形)."""

    kind: str  # offence, annual_inspection, illegal_organisation, abnormal_operations, bad_record …
    since: date | None = None  # for those that end after some years


@event("institution.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRegistered:
    """An institution stands in the register, filed or only known."""

    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...] = ()
    institution_code: str = ""  # empty: known, not filed
    bars: tuple[Bar, ...] = ()


@event("occupation.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRegistered:
    """An occupation stands in the register."""

    code: str
    name: str
    standard: bool = True
    licence: bool = False


@event("supervisor.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorRegistered:
    """A quality supervisor (质量督导员) stands in the register, kept as entered; no claims yet."""

    supervisor: Json


@event("certificate.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRegistered:
    """A certificate (证书) stands in the register, kept as entered: a row as of an upload."""

    certificate: Json


@event("calendar.published")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished:
    """The working days of a year are out; `table` is what `calendar.parse_year` reads."""

    year: int
    table: Json
