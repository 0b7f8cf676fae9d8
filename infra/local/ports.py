"""Ports on the loopback address."""

import os
import socket
from collections.abc import Iterable
from pathlib import Path

LOOPBACK = "127.0.0.1"
LOCAL, STATE, INODE, LISTENS = 1, 3, 9, "0A"  # columns of `/proc/self/net/tcp`, and a state


def is_free(port: int) -> bool:
    """Say whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Say whether something listens on `port`."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        reached = probe.connect_ex((LOOPBACK, port)) == 0
        return reached and probe.getsockname() != probe.getpeername()  # else it met itself


def is_anothers(port: int, group: int) -> bool:
    """Say whether only others than the process group `group` listen on `port`.

    The group is that of a child, by its PID: what it starts in turn is its own. No, if the system
    does not tell.
    """
    try:
        listening, own = _listening(port), _held(group)
    except OSError:
        return False
    return bool(listening) and not listening & own


def _listening(port: int) -> set[str]:
    """Return the sockets that listen on `port`, as `/proc/PID/fd` names them."""
    lines = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    return {
        f"socket:[{line[INODE]}]"
        for line in lines
        if line[STATE] == LISTENS and int(line[LOCAL].rpartition(":")[2], 16) == port
    }


def _held(group: int) -> set[str]:
    """Return what the processes of a group hold open; one that has ended holds nothing."""
    names = (one.name for one in Path("/proc").iterdir())
    return {
        held
        for pid in (int(name) for name in names if name.isdecimal())
        if _group_of(pid) == group
        for held in _held_by(pid)
    }


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def _held_by(pid: int) -> set[str]:
    try:
        return {_leads_to(one) for one in Path(f"/proc/{pid}/fd").iterdir()}
    except (FileNotFoundError, ProcessLookupError):
        return set()


def _leads_to(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # closed just now
        return ""


def free_port(wanted: Iterable[int] = ()) -> int:
    """Return the first free one of `wanted` (0: any), else any free port."""
    for port in wanted:
        if port and is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
