"""The draft of a filing: what is typed, section by section, before it is an act."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from api.console.casefile import material_names
from api.console.visit import Trouble, Visit
from api.console.words import whole
from domain.kernel.canonical import canonical
from domain.kernel.codec import instant_text
from domain.kernel.json import Json, JsonValue
from domain.kernel.times import in_china, parse_instant

ROWS: Final = 3  # empty rows offered; saving offers more
MOST_ROWS: Final = 60
SECTIONS: Final = ("institution", "scope", "materials", "commitment")
VARIANT: Final = "hunan"
_DIGITS: Final = 16  # hex digits of a section's digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file kept for the draft."""

    digest: str
    filename: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDraft:
    """A filing as far as it is filled in."""

    id: str
    saved_at: datetime
    saved_by: str
    institution: Mapping[str, str] = field(default_factory=dict)
    scope: tuple[Mapping[str, str], ...] = ()
    computerised: str = ""
    materials: Mapping[str, Upload] = field(default_factory=dict)
    materials_seen: bool = False
    signed_by: str = ""
    signed_at: str = ""
    submitted: str = ""  # the act that sent it, until it is decided
    refused: str = ""  # the act that sent it and was refused, until something changes

    @property
    def seen(self) -> str:
        """What pages that show the draft put into their forms: a digest of each section."""
        materials: Json = {code: [one.digest, one.filename] for code, one in self.materials.items()}
        contents: tuple[JsonValue, ...] = (  # in the order of SECTIONS
            dict(self.institution),
            [self.computerised, *map(dict, self.scope)],
            materials,
            [self.signed_by, self.signed_at],
        )
        return ".".join(hashlib.sha256(canonical(one)).hexdigest()[:_DIGITS] for one in contents)

    def changed_since(self, seen: str) -> tuple[str, ...]:
        """Return the sections that are no longer as a page showed them; all if it says nothing."""
        shown = seen.split(".")
        if len(shown) != len(SECTIONS):
            return SECTIONS
        pairs = zip(SECTIONS, shown, self.seen.split("."), strict=True)
        return tuple(section for section, then, now in pairs if then != now)

    def changed(self, visit: Visit, **values: object) -> "FilingDraft":
        """Return the draft with a section changed: a signature does not outlive what it signed."""
        news = replace(self, **values)  # type: ignore[arg-type]  # one section's own fields
        if news != self and "signed_by" not in values:
            news = replace(news, signed_by="", signed_at="")
        return replace(news, saved_at=visit.now, saved_by=visit.actor.person, refused="")

    def payload(self, visit: Visit) -> Json:
        """Return the draft as the command `filing.submit`."""
        institution = {
            name: value
            for name, value in self.institution.items()
            if value and name != "jurisdiction"
        }
        names = material_names(visit)
        signed: Json = (
            {"commitment": {"signed_by": self.signed_by, "signed_at": self.signed_at}}
            if self.signed_by
            else {}
        )
        return {
            "jurisdiction": self.institution.get("jurisdiction", ""),
            "institution": institution,
            "scope": [
                {**{k: v for k, v in one.items() if v and k != "level"}, "level": _level(one)}
                for one in self.scope
            ],
            "computerised": self.computerised == "yes",
            "materials": [
                {"code": code, "name": names.get(code, code), "digest": one.digest}
                for code, one in self.materials.items()
            ],
            **signed,
        }


def _level(row: Mapping[str, str]) -> int:
    return whole(row.get("level", "")) or 0


def begin(visit: Visit) -> FilingDraft:
    """Return a new draft, with what is known of the visitor filled in."""
    actor = visit.actor
    known = {"name": actor.name, "uscc": actor.organisation, "jurisdiction": actor.jurisdiction}
    return FilingDraft(
        id=secrets.token_urlsafe(9),
        saved_at=visit.now,
        saved_by=actor.person,
        institution=known,
    )


def load(visit: Visit, draft: str) -> FilingDraft:
    """Return a draft of the visitor's organisation.

    Raises:
        Trouble: there is none.
    """
    if visit.official:
        raise Trouble(403, "page.no_right")
    found = visit.kit.drafts.get(visit.tenant, visit.actor.organisation, draft)
    settled = _settled(visit, _read(found)) if found is not None else None
    if settled is None:
        raise Trouble(404, "draft.not_found")
    return settled


def load_open(visit: Visit, draft: str) -> FilingDraft:
    """Return a draft one may go on with.

    Raises:
        Trouble: there is none, or it was submitted and waits for the decision.
    """
    found = load(visit, draft)
    if found.submitted:
        raise Trouble(409, "draft.submitted")
    return found


def drafts(visit: Visit) -> tuple[FilingDraft, ...]:
    """Return the drafts of the visitor's organisation, the last saved first."""
    found = visit.kit.drafts.all(visit.tenant, visit.actor.organisation)
    settled = (_settled(visit, _read(one)) for one in found)
    return tuple(one for one in settled if one is not None)


def _settled(visit: Visit, draft: FilingDraft) -> FilingDraft | None:
    """Return the draft as its submission has left it; None once it has become a case."""
    if not draft.submitted:
        return draft
    stored = visit.services.store.stored(visit.tenant, draft.submitted)
    outcome = stored.outcome if stored is not None else None
    if outcome is None:
        return draft
    if outcome.kind == "done":
        drop(visit, draft.id)
        return None
    kept = replace(draft, submitted="", refused=draft.submitted)
    save(visit, kept)
    return kept


def save(visit: Visit, draft: FilingDraft) -> None:
    """Keep a draft."""
    content = {**asdict(draft), "saved_at": instant_text(draft.saved_at)}
    visit.kit.drafts.put(visit.tenant, visit.actor.organisation, draft.id, content)


def drop(visit: Visit, draft: str) -> None:
    """Forget a draft."""
    visit.kit.drafts.drop(visit.tenant, visit.actor.organisation, draft)


def signature(visit: Visit) -> dict[str, str]:
    """Return what a signature of the visitor puts into a draft."""
    return {"signed_by": visit.actor.person, "signed_at": in_china(visit.now)}


def _read(content: Mapping[str, Any]) -> FilingDraft:
    return FilingDraft(
        **{
            **content,
            "saved_at": parse_instant(content["saved_at"]),
            "scope": tuple(content["scope"]),
            "materials": {code: Upload(**one) for code, one in content["materials"].items()},
        }
    )
