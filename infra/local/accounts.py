"""The operating-system account a server runs as when we are root, and what it can reach."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.local.faults import LocalFaultError
from infra.settings import ROOT_DATA

SHARED = ROOT_DATA / "shared"  # root's data that lie outside the data folder they belong to
OWN_NAME = "anjuan"
CANDIDATES = (OWN_NAME, "postgres")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """Return who runs the server of `data`: None when we are not root, else never root.

    Raises:
        LocalFaultError: we are root and there is no such account and none can be made.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid):
        return _account(pwd.getpwuid(owner))
    for name in CANDIDATES:
        if found := _named(name):
            return found
    return _create()


def can_reach(account: Account, path: Path) -> bool:
    """Say whether `account` may pass through every parent folder of `path`."""
    return all(_may_enter(account, parent) for parent in path.resolve().parents)


def make_passable(folder: Path) -> None:
    """Make `folder` and the parents it lacks, open to pass through; what exists keeps its mode."""
    if not folder.exists():
        make_passable(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # whatever the umask says


def _may_enter(account: Account, folder: Path) -> bool:
    try:
        found = folder.stat()
    except FileNotFoundError:
        return True  # ours to make, open to all
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _create() -> Account:
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    if Path(useradd).exists():
        subprocess.run(
            [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_NAME],
            check=False,
            capture_output=True,
        )
    if found := _named(OWN_NAME):
        return found
    raise LocalFaultError(
        "postgres.no_account",
        "PostgreSQL 不能以 root 运行，且无法建立系统用户。",
        "PostgreSQL refuses to run as root, and no account could be made for it.",
        remedy=f"以普通用户运行，或先建立用户 · run as an ordinary user, or add user {OWN_NAME}",
    )


def _named(name: str) -> Account | None:
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
