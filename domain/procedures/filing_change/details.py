"""The one detail of a change's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.labels import label
from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json


def _kind(data: Json, language: Language) -> str:
    return label("choice", f"change.request.kind.{data.get('kind')}", language)


def _code(data: Json, _language: Language) -> str:
    return str(data.get("institution_code", ""))


DETAILS: Mapping[str, Detail] = {
    "change.requested": _kind,
    "change.approved": _kind,
    "code.retired": _code,
    "directory.removed": _code,
}
