"""Bytes by digest in an S3-compatible store: the same promises as the folder's."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import ObjectStore, from_url

from infra.files import LARGEST, FileTooLargeError

T = TypeVar("T")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


class ObjectFiles:
    """Keeps each content once, under `ab/cdef…`; what is there is never written over."""

    def __init__(self, store: ObjectStore, *, largest: int = LARGEST) -> None:
        """Keep files in `store`, each at most `largest` bytes."""
        self._store = store
        self._largest = largest

    def put(self, content: bytes) -> str:
        """Keep `content`; return `sha256:<64 hex>`. The same bytes again change nothing.

        Raises:
            FileTooLargeError: nothing was kept.
            OSError: the store did not take it.
        """
        if len(content) > self._largest:
            raise FileTooLargeError(f"{len(content)} bytes; at most {self._largest}")
        digest = hashlib.sha256(content).hexdigest()
        with suppress(AlreadyExistsError):  # the same bytes: their digest is their name
            obstore.put(self._store, _place(digest), content, mode="create")
        return f"sha256:{digest}"

    def get(self, digest: str) -> bytes | None:
        """Return the bytes, or None when nobody kept them, or `digest` is none."""
        return self._found(digest, lambda place: bytes(obstore.get(self._store, place).bytes()))

    def size(self, digest: str) -> int | None:
        """Return how many bytes there are, without reading them; None when nobody kept them."""
        return self._found(digest, lambda place: int(obstore.head(self._store, place)["size"]))

    def _found(self, digest: str, read: Callable[[str], T]) -> T | None:
        found = _DIGEST.fullmatch(digest)
        if found is None:
            return None
        try:
            return read(_place(found[1]))
        except FileNotFoundError:
            return None


def object_files(url: str, *, largest: int = LARGEST) -> ObjectFiles:
    """Return the files of `s3://bucket/prefix`; keys and endpoint come from the `AWS_*` variables.

    Raises:
        ValueError: the URL names no store.
    """
    try:
        return ObjectFiles(from_url(url), largest=largest)
    except BaseError as error:
        raise ValueError(f"{url}: {error}") from error


def _place(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:]}"
