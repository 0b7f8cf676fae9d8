"""What happens to an evaluation spec (VOCABULARY §4). When and by whom stands in the envelope."""

from dataclasses import dataclass

from domain.kernel.events import event
from domain.procedures.filing.values import Material


@event("spec.submitted")
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecSubmitted:
    """The institution submitted a spec of its own."""

    occupation_code: str
    occupation: str = ""
    digest: str = ""
    office: str = ""  # no longer written: the institution's own, where the case is the province's
    province: str = ""  # that files it


@event("spec.materials_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecMaterialsReceived:
    """The level it is for and the files that came with it, where it said so."""

    level: int | None = None
    materials: tuple[Material, ...] = ()


@event("spec.reviewed")
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecReviewed:
    """Enough experts reviewed it.

    Cite: YU-2022-8 三(四).
    """

    experts: tuple[str, ...]
    opinion: str = ""


@event("spec.filed")
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecFiled:
    """The province put it on file: the occupation may be evaluated by it.

    Cite: YU-2022-8 三(四).
    """

    occupation_code: str


@event("spec.declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecDeclined:
    """It is not put on file, with reasons and legal basis."""

    reasons: tuple[str, ...]
    legal_basis: tuple[str, ...]


SpecEvent = SpecSubmitted | SpecMaterialsReceived | SpecReviewed | SpecFiled | SpecDeclined
