"""Bytes by digest in a folder: materials and letters, kept outside the database."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

LARGEST = 20 * 1024 * 1024  # bytes of one file
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


class FileTooLargeError(ValueError):
    """More bytes than one file may have."""

    code = "request.too_large"


class FolderFiles:
    """Keeps each content once, under `folder/ab/cdef…`; a reader never sees half a file."""

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        """Keep files in `folder`, made when first needed, each at most `largest` bytes."""
        self._folder = folder
        self._largest = largest

    def put(self, content: bytes) -> str:
        """Keep `content`; return `sha256:<64 hex>`. The same bytes again change nothing.

        Raises:
            FileTooLargeError: nothing was kept.
            OSError: the folder cannot be written.
        """
        if len(content) > self._largest:
            raise FileTooLargeError(f"{len(content)} bytes; at most {self._largest}")
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        place = self._place(digest)
        if place is not None and not place.exists():
            write_whole(place, content)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the bytes, or None when nobody kept them, or `digest` is none."""
        place = self._place(digest)
        if place is None:
            return None
        try:
            return place.read_bytes()
        except FileNotFoundError:
            return None

    def size(self, digest: str) -> int | None:
        """Return how many bytes there are, without reading them; None when nobody kept them."""
        place = self._place(digest)
        try:
            return place.stat().st_size if place is not None else None
        except FileNotFoundError:
            return None

    def _place(self, digest: str) -> Path | None:
        """Return where `digest` lies; only what is a digest ever names a file."""
        found = _DIGEST.fullmatch(digest)
        return self._folder / found[1][:2] / found[1][2:] if found else None


def write_whole(place: Path, content: bytes) -> None:
    """Write a file, in place of what stood there; once this returns it outlives a power cut.

    A reader finds the old content or the new one, never half of it.

    Raises:
        OSError: it cannot be written, and what stood there stands; or it stands written, and
            nobody knows whether it would outlive a power cut.
    """
    _make(place.parent)
    number, unfinished = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(place)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _flush(place.parent)


def _make(folder: Path) -> None:
    """Make a folder and those above it that are missing; their names reach the disk as well."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        _flush(one.parent)


def _flush(folder: Path) -> None:
    """Have the names in a folder reach the disk, as its files' bytes have."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
