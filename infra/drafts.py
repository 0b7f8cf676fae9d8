"""Drafts as files: one JSON file each, in a folder per tenant and organisation."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from domain.kernel.json import Json
from infra.files import write_whole


class FolderDrafts:
    """Keeps drafts below a folder; every file is whole or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, tenant: str, owner: str) -> tuple[Json, ...]:
        """Return the drafts of an organisation, the last saved first."""
        found: list[tuple[int, Json]] = []
        for file in self._place(tenant, owner).glob("*.json"):
            with suppress(FileNotFoundError):  # dropped meanwhile
                found.append((file.stat().st_mtime_ns, json.loads(file.read_text("utf-8"))))
        found.sort(key=lambda one: one[0], reverse=True)
        return tuple(draft for _, draft in found)

    def get(self, tenant: str, owner: str, draft: str) -> Json | None:
        """Return a draft, or None."""
        try:
            text = self._file(tenant, owner, draft).read_text("utf-8")
        except FileNotFoundError:
            return None
        content: Json = json.loads(text)
        return content

    def put(self, tenant: str, owner: str, draft: str, content: Json) -> None:
        """Save a draft under its id, in place of what stood there."""
        text = json.dumps(content, ensure_ascii=False)
        write_whole(self._file(tenant, owner, draft), text.encode())

    def drop(self, tenant: str, owner: str, draft: str) -> None:
        """Forget a draft; one that is not there is forgotten already."""
        self._file(tenant, owner, draft).unlink(missing_ok=True)

    def _place(self, tenant: str, owner: str) -> Path:
        return self._folder / _name(tenant) / _name(owner)

    def _file(self, tenant: str, owner: str, draft: str) -> Path:
        return self._place(tenant, owner) / f"{_name(draft)}.json"


def _name(text: str) -> str:
    """Return a file name for any text: what people send never becomes a path."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
