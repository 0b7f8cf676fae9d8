"""Ports on the loopback address."""

import socket
from collections.abc import Iterable
from pathlib import Path

LOOPBACK = "127.0.0.1"
LOCAL, STATE, INODE, LISTENS = 1, 3, 9, "0A"  # columns of `/proc/PID/net/tcp`, and a state


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
        return probe.connect_ex((LOOPBACK, port)) == 0


def is_anothers(port: int, pid: int) -> bool:
    """Say whether another process than `pid` listens on `port`; no, if the system does not tell."""
    process = Path("/proc") / str(pid)
    try:
        lines = [line.split() for line in (process / "net" / "tcp").read_text().splitlines()[1:]]
        own = {_leads_to(one) for one in (process / "fd").iterdir()}
    except OSError:
        return False
    listening = {
        f"socket:[{line[INODE]}]"
        for line in lines
        if line[STATE] == LISTENS and int(line[LOCAL].rpartition(":")[2], 16) == port
    }
    return bool(listening) and not listening & own


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
