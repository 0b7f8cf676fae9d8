"""Files of a case as downloads: never shown as documents of ours."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from api.console.attached import files_in
from api.console.casefile import materials
from api.console.forms.naming import of_data
from api.console.stream import whole
from api.console.visit import Trouble, Visit
from domain.case.state import Case
from domain.kernel.file_kinds import kind_of


def of_case(visit: Visit) -> Response:
    """Send a material or a letter of a case the visitor may know of."""
    case, digest = visit.case(visit.path("case")), visit.path("digest")
    name = _names(visit, case, digest).get(digest)
    content = visit.services.files.get(digest) if name else None
    if name is None or content is None:
        raise Trouble(404, "file.not_found")
    kind = kind_of(content)
    suffix = kind.endings[0] if kind else "bin"
    return attachment(content, f"{name}.{suffix}")


def diagram_source(visit: Visit) -> Response:
    """Send the diagram to which the case is pinned."""
    case = visit.case(visit.path("case"))
    content = visit.services.definitions.source(case.definition)
    return attachment(content, f"{case.procedure}.bpmn")


def _names(visit: Visit, case: Case, wanted: str) -> dict[str, str]:
    """Return the files of a case by digest, with a name each; `wanted` is looked for everywhere."""
    letters = {one.digest: one.number for one in case.notices if one.digest}
    letters |= {
        digest: visit.texts.tr("%(number)s送达凭证", number=one.number)
        for one in case.notices
        for digest in one.proofs
    }
    naming = of_data(case.procedure, visit.lang)
    found = {one.digest: one.name for one in files_in(case.data, naming)} | letters
    events = list(whole(visit, case)) if wanted not in found else ()
    handed_in = {one.digest: one.name for one in materials(visit, case, events)}
    return handed_in | found


BINARY: Final = "application/octet-stream"


def attachment(content: bytes, name: str, media_type: str = BINARY) -> Response:
    """Return bytes that a browser keeps and does not open here; a type only of what we made."""
    safe = "".join(one for one in name if one.isprintable() and one not in '/\\"')
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(safe, safe='')}",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )
