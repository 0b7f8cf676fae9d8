"""Finds the Temporal server's program, in the order ARCHITECTURE gives, and builds it if need be.

The order: `ANJUAN_TEMPORAL_BIN`, `temporal` on PATH, the cached program, the SDK's own download,
`go install`. (`TEMPORAL_ADDRESS` comes before all: then no program is needed.)
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infra.local import temporal_build
from infra.local.faults import LocalFaultError, Say, quiet

CLI = temporal_build.VERSION
SERVER = "Server 1.29.1"  # the build itself says 0.0.0-DEV, so this is what tells
DOWNLOAD_WITHIN = 20.0  # seconds; the SDK's download either works soon or not at all


def cache_folder() -> Path:
    """Return the user's cache folder for the program."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "anjuan"


def find_temporal(say: Say = quiet, *, may_build: bool = True) -> Path:
    """Return the program `temporal` with the server we run against.

    Raises:
        LocalFaultError: naming each thing tried, and what to do.
    """
    tried: list[str] = []
    cached = cache_folder() / f"temporal-{CLI}"
    if found := _named(tried) or _on_path(tried) or _in_cache(cached, tried):
        return found
    if may_build:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with _only_one_builder(cached.with_suffix(".lock"), say):
            if found := _in_cache(cached, []):  # another run built it while we waited
                return found
            if found := _download(cached, tried) or _build(cached, tried, say):
                return found
    raise LocalFaultError(
        "temporal.not_found",
        f"找不到 Temporal 服务器程序（{SERVER}）。",
        f"No Temporal server program was found ({SERVER}).",
        tried=tried,
        remedy="安装 Go ≥ 1.25 后重试，或设置 ANJUAN_TEMPORAL_BIN 或 TEMPORAL_ADDRESS · install "
        "Go ≥ 1.25 and try again, or set ANJUAN_TEMPORAL_BIN or TEMPORAL_ADDRESS",
    )


def says(program: Path) -> str:
    """Return what `program --version` prints, "" when it cannot be run."""
    try:
        shown = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return shown.stdout.strip()


def _named(tried: list[str]) -> Path | None:
    named = os.environ.get("ANJUAN_TEMPORAL_BIN")
    if not named:
        tried.append("ANJUAN_TEMPORAL_BIN: 未设置 · not set")
        return None
    if SERVER in (said := says(Path(named))):
        return Path(named)
    raise LocalFaultError(
        "temporal.wrong_program",
        f"ANJUAN_TEMPORAL_BIN 指向的程序不是 {SERVER}。",
        f"The program ANJUAN_TEMPORAL_BIN names is not {SERVER}.",
        tried=[f"{named}: {said or '无法运行 · cannot be run'}"],
        remedy="改正或删除该设置 · correct the setting, or remove it",
    )


def _on_path(tried: list[str]) -> Path | None:
    found = shutil.which("temporal")
    if not found:
        tried.append("PATH: 没有 temporal · no temporal")
        return None
    if SERVER in (said := says(Path(found))):
        return Path(found)
    tried.append(f"{found}: {said or '无法运行 · cannot be run'}")
    return None


def _in_cache(cached: Path, tried: list[str]) -> Path | None:
    if SERVER in (said := says(cached)):
        return cached
    tried.append(f"{cached}: {said or '没有 · none'}")
    return None


def _download(cached: Path, tried: list[str]) -> Path | None:
    with tempfile.TemporaryDirectory(dir=cached.parent) as folder:
        command = [sys.executable, "-m", "infra.local.sdk_download", folder]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, check=False, timeout=DOWNLOAD_WITHIN)
        for program in Path(folder).glob("temporal*"):
            if SERVER in says(program):
                return program.replace(cached)
    tried.append("SDK: 下载未成 · download did not succeed")
    return None


def _build(cached: Path, tried: list[str], say: Say) -> Path | None:
    with tempfile.TemporaryDirectory(dir=cached.parent, prefix="build-") as folder:
        program = temporal_build.build(Path(folder), tried, say)
        if program is None:
            return None
        if SERVER not in (said := says(program)):
            tried.append(f"go install: {said}")
            return None
        return program.replace(cached)


@contextlib.contextmanager
def _only_one_builder(lock: Path, say: Say) -> Iterator[None]:
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一进程正在准备 Temporal，等待 · another process prepares Temporal, waiting")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
