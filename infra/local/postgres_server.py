"""One PostgreSQL server as our own child process."""

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg2

from infra.local.accounts import SHARED, Account, can_reach, make_passable, server_account
from infra.local.children import Child, Program, alive, wait_gone
from infra.local.faults import LocalFaultError, Say, quiet
from infra.local.ports import LOOPBACK, free_port
from infra.local.postgres import Programs, find_programs

OWNER = "anjuan"
DATABASE = "anjuan"
READY_WITHIN = 60.0  # seconds, crash recovery included
BACKENDS_END_WITHIN = 10.0  # seconds after their postmaster was killed
TRY_AGAIN_AFTER = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds between tries
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class PostgresServer:
    """A PostgreSQL server on `folder`'s data: loopback only, password only, data kept.

    Same port and data after `kill` and `start`, so a test may end it and bring it back.
    """

    name = "postgres"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        options: Mapping[str, str] | None = None,
        say: Say = quiet,
    ) -> None:
        """Prepare a server; `options` are PostgreSQL settings such as `{"autovacuum": "off"}`."""
        self.folder = folder
        self.port = port or free_port()
        self._options = dict(options or {})
        self._say = say
        self._child: Child | None = None
        self._port_is_known = False  # then it stays: others hold the URL

    @property
    def pid(self) -> int:
        """The PID of the postmaster while it runs."""
        return self._running().pid

    @property
    def running(self) -> bool:
        """Whether the server process lives."""
        return self._child is not None and self._child.exit_code is None

    def url(self, database: str = DATABASE) -> str:
        """Return the owner's SQLAlchemy URL of `database`."""
        password = quote(self._password())
        return f"postgresql+psycopg2://{OWNER}:{password}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> None:
        """Start it, on new data if there are none, and wait until it takes connections.

        Raises:
            LocalFaultError: no programs, no account, or it does not become ready.
        """
        home = self._home()
        account = server_account(home)
        data = home / "data"
        programs = find_programs(account, major=_version_of(data))
        if not data.exists():
            self._say(f"建立数据库目录 · creating the database folder {home}")
            self._create(home, programs, account)
        elif not self._secret.exists():
            raise LocalFaultError(
                "postgres.password_gone",
                f"数据库仍在 {home}，但 {self.folder} 中它的口令已被删除。",
                f"The database still lies in {home}, but its password is gone from {self.folder}.",
                tried=[str(self._secret)],
                remedy=f"放回该文件，或全部删除后重来 · put the file back, or remove all data:"
                f" anjuan reset --data {self.folder} --yes",
            )
        _end_leftover(data)
        for patience in (*TRY_AGAIN_AFTER, None):
            self._child = Child(self._program(programs, data, account))
            try:
                self._child.wait_until(self._answers, seconds=READY_WITHIN)
                break
            except LocalFaultError:
                if patience is None or not self._may_succeed_later(self._child):
                    raise
                time.sleep(patience)
        self._port_is_known = True
        self._make_database()

    def _may_succeed_later(self, child: Child) -> bool:
        if child.found_port_taken() and not self._port_is_known:
            self.port = free_port()
            return True
        return "still in use" in child.tail()  # backends of a killed server are just leaving

    def stop(self) -> None:
        """Shut it down in order; open connections are cut."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def kill(self) -> None:
        """End it by SIGKILL, as a power cut of the process would."""
        self._running().kill()

    def restart(self) -> None:
        """Stop it if it runs, and start it again on the same port and data."""
        self.stop()
        self.start()

    def _running(self) -> Child:
        if self._child is None:
            raise LocalFaultError(
                "postgres.not_started",
                "PostgreSQL 尚未启动。",
                "PostgreSQL has not been started.",
                remedy="start()",
            )
        return self._child

    def _home(self) -> Path:
        """Return the folder that holds the data, made if need be, open to the server alone."""
        home = self.folder / "postgres"
        make_passable(self.folder)
        account = server_account(home)
        if account and not can_reach(account, home):
            home = data_elsewhere(self.folder)
            make_passable(home.parent)
        if not home.exists():
            home.mkdir()
            if account:
                os.chown(home, account.uid, account.gid)
            home.chmod(0o700)
        return home

    def _create(self, home: Path, programs: Programs, account: Account | None) -> None:
        unfinished, secret = home / "data.new", home / "password.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(self._password())
        if account:
            os.chown(secret, account.uid, account.gid)
        made = subprocess.run(
            [
                str(programs.folder / "initdb"),
                *("--pgdata", str(unfinished), "--username", OWNER, "--pwfile", str(secret)),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"),
            ],
            cwd=home if account is None else "/",
            env=ENVIRONMENT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            capture_output=True,
            text=True,
            check=False,
        )
        secret.unlink()
        if made.returncode != 0:
            raise LocalFaultError(
                "postgres.initdb_failed",
                "无法建立数据库目录。",
                "The database folder could not be created.",
                tried=made.stderr.splitlines()[-6:],
                remedy=f"检查磁盘与权限 · check space and rights of {home}",
            )
        unfinished.rename(home / "data")

    def _program(self, programs: Programs, data: Path, account: Account | None) -> Program:
        options = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",  # no socket file, so none is ever stale
            "timezone": "UTC",
            **self._options,
        }
        return Program(
            name="postgres",
            command=(
                str(programs.folder / "postgres"),
                *("-D", str(data)),
                *(word for key, value in options.items() for word in ("-c", f"{key}={value}")),
            ),
            log=self.folder / "logs" / "postgres.log",
            environment=ENVIRONMENT,
            account=account,
            stop_signal=signal.SIGINT,  # fast shutdown: does not wait for clients
            patience=20.0,
        )

    @property
    def _secret(self) -> Path:
        return self.folder / "postgres.password"

    def _password(self) -> str:
        kept = self._secret
        with contextlib.suppress(FileNotFoundError):
            return kept.read_text().strip()
        make_passable(self.folder)
        password = secrets.token_urlsafe(24)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        return password

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(
            host=LOOPBACK,
            port=self.port,
            user=OWNER,
            password=self._password(),
            dbname=database,
            connect_timeout=2,
        )

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        connection = self._connect("postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        finally:
            connection.close()


def data_elsewhere(folder: Path) -> Path:
    """Return where root keeps the database of a `folder` that is closed to the server's account.

    Nobody's mode is changed to let it in.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return SHARED / f"postgres-{digest}"


def _version_of(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _end_leftover(data: Path) -> None:
    """End a server that a killed run left on `data`; forget a PID that is another program's now.

    The caller holds the data folder, so no living run owns that server. A dead PID is left to
    PostgreSQL, which also looks for orphaned backends before it starts.
    """
    note = data / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if not alive(pid):
        if Path(f"/proc/{pid}").exists() and _deserted(data):  # a zombie looks alive to PostgreSQL
            note.unlink()
        return
    if not _works_in(pid, data):
        note.unlink()
        return
    os.kill(pid, signal.SIGINT)
    if not wait_gone(pid, seconds=20.0):
        os.kill(pid, signal.SIGKILL)
        wait_gone(pid, seconds=5.0)


def _deserted(data: Path) -> bool:
    """Wait until the backends of a killed postmaster have ended; say whether they have."""
    deadline = time.monotonic() + BACKENDS_END_WITHIN
    while any(_stands_in(one, data) for one in Path("/proc").glob("[0-9]*")):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _stands_in(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data.resolve()
    except OSError:  # ended, or a zombie
        return False


def _works_in(pid: int, data: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        shown = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)],  # noqa: S607  – PATH's own `ps`
            capture_output=True,
            text=True,
            check=False,
        )
        return str(data) in shown.stdout
