"""Registers that are kept as entered, until a procedure reads them."""

from dataclasses import dataclass

from domain.kernel.events import event
from domain.kernel.json import Json


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
