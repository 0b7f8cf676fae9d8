"""Bytes by digest: in a folder and in an S3-compatible store, over HTTP."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from typing_extensions import override

from domain.ports import Files
from infra.files import FileTooLargeError, FolderFiles, write_whole
from infra.object_files import ObjectFiles, object_files

CONTENT = "场地证明".encode()
Make = Callable[..., FolderFiles | ObjectFiles]


class _Bucket(BaseHTTPRequestHandler):
    """The part of the S3 protocol that keeping files by digest needs."""

    kept: ClassVar[dict[str, bytes]] = {}
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        fresh = self.kept.setdefault(self.path, content) is content
        only_new = self.headers.get("if-none-match") == "*"
        self._answer(200 if fresh or not only_new else 412)

    def do_GET(self) -> None:
        self._answer(200 if self.path in self.kept else 404, self.kept.get(self.path, b""))

    def do_HEAD(self) -> None:
        self.do_GET()

    @override
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.send_header("etag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("last-modified", "Fri, 26 Apr 2024 09:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


@contextmanager
def _bucket() -> Iterator[str]:
    _Bucket.kept.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Bucket) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["folder", "s3"])
def make(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Make]:
    if request.param == "folder":
        yield lambda **more: FolderFiles(tmp_path / "files", **more)
        return
    with _bucket() as endpoint:
        for name, value in (
            ("AWS_ENDPOINT", endpoint), ("AWS_ALLOW_HTTP", "true"), ("AWS_REGION", "local"),
            ("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"),
        ):  # fmt: skip
            monkeypatch.setenv(name, value)
        yield lambda **more: object_files("s3://anjuan/materials", **more)


def test_bytes_come_back_by_their_digest(make: Make) -> None:
    files: Files = make()
    digest = files.put(CONTENT)
    assert digest == "sha256:" + hashlib.sha256(CONTENT).hexdigest()
    assert files.get(digest) == CONTENT
    assert files.size(digest) == len(CONTENT)


def test_the_same_bytes_again_change_nothing(make: Make) -> None:
    files: Files = make()
    assert files.put(CONTENT) == files.put(CONTENT)
    assert files.put(CONTENT) != files.put(CONTENT + b"!")


def test_what_nobody_kept_and_what_is_no_digest_names_no_file(make: Make, tmp_path: Path) -> None:
    files: Files = make()
    (tmp_path / "secret").write_text("x")
    for name in (
        "",
        "../secret",
        "sha256:../../secret",
        "sha256:" + "0" * 64,
        "sha256:" + "A" * 64,
    ):
        assert files.get(name) is None
        assert files.size(name) is None


def test_too_many_bytes_are_turned_away(make: Make) -> None:
    files: Files = make(largest=3)
    with pytest.raises(FileTooLargeError):
        files.put(b"1234")
    assert files.get("sha256:" + hashlib.sha256(b"1234").hexdigest()) is None


def test_a_url_that_names_no_store_is_refused() -> None:
    with pytest.raises(ValueError, match="ftp://"):
        object_files("ftp://elsewhere/x")


def test_the_names_of_new_folders_reach_the_disk_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    fsync = os.fsync

    def note(number: int) -> None:
        fsync(number)
        flushed.append(Path(f"/proc/self/fd/{number}").readlink())

    monkeypatch.setattr(os, "fsync", note)
    write_whole(tmp_path / "a" / "b" / "file", CONTENT)
    assert [one for one in flushed if one.is_dir()] == [tmp_path, tmp_path / "a", tmp_path / "a/b"]
    flushed.clear()
    write_whole(tmp_path / "a" / "b" / "file", CONTENT)
    assert [one for one in flushed if one.is_dir()] == [tmp_path / "a/b"]
