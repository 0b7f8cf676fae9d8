"""Files people send: judged by their content, kept by digest."""

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.console.pages import FieldFault
from api.console.visit import Visit
from domain.kernel.file_kinds import flaw_of, kind_of

LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was taken."""

    code: str
    digest: str
    filename: str
    size: int


async def keep(visit: Visit, code: str, upload: object) -> Kept | FieldFault | None:
    """Keep the file sent for material `code`; None when the field was left empty."""
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    content = await upload.read()
    name = upload.filename.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]
    if fault := _fault(visit, content, name):
        return FieldFault(f"file-{code}", fault)
    digest = await run_in_threadpool(visit.services.files.put, content)
    return Kept(code=code, digest=digest, filename=name, size=len(content))


def _fault(visit: Visit, content: bytes, name: str) -> str:
    tr, limit = visit.texts.tr, visit.services.site.max_upload
    if not content:
        return tr("“%(name)s”是空文件，请重新选择。", name=name)
    if len(content) > limit:
        most = visit.words.size(limit)
        return tr("“%(name)s”超过 %(most)s，请压缩或拆分后再传。", name=name, most=most)
    kind, ending = kind_of(content), name.lower().rpartition(".")[2]
    if flaw_of(content) == "incomplete":
        return tr("“%(name)s”不完整，可能传输中断，请重新导出后再传。", name=name)
    if kind is None or ending not in kind.endings:
        return tr(
            "“%(name)s”的内容不是 PDF、JPG、PNG、OFD、DOCX 或 XLSX，请换一个文件。", name=name
        )
    return ""
