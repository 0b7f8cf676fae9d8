"""Everything on one machine: both servers and the product's processes."""

import dataclasses
import http
import http.client
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import psycopg2

from infra.local.children import Program, identity
from infra.local.faults import LocalFaultError, Say, quiet
from infra.local.folder import DataFolder, State
from infra.local.ports import LOOPBACK, free_port, is_anothers
from infra.local.postgres_server import PostgresServer
from infra.local.temporal_server import TemporalServer, namespace_answers
from infra.local.watch import ProgramService, Service, watch
from infra.settings import load_settings

NEXT_PORTS = 20  # tried after the wanted one
READY_WITHIN = 60.0  # seconds until the web process answers
PROJECT = Path(__file__).parents[2]
API, WORKER = "api", "worker"
Result = TypeVar("Result")
Migrate = Callable[[str], object]  # takes the owner's SQLAlchemy URL


def anjuan(*words: str) -> tuple[str, ...]:
    """Return the command line of `anjuan` with these words, for a process of its own."""
    return (sys.executable, "-P", "-m", "infra.cli", *words)


class Installation:
    """The servers and processes of one data folder, which the caller holds while they run."""

    def __init__(
        self,
        folder: DataFolder,
        *,
        migrate: Migrate,
        search_attributes: Mapping[str, str] | None = None,
        parts: Mapping[str, Sequence[str]] | None = None,
        api_port: int = 8080,
        say: Say = quiet,
    ) -> None:
        """Prepare it; `parts` maps the name of each process of the product to its command line."""
        self._folder = folder
        self._migrate = migrate
        self._search_attributes = search_attributes
        self._parts = parts or {WORKER: anjuan("worker"), API: anjuan("api")}
        self._say = say
        self._services: list[Service] = []
        self._api_port = api_port  # made free just before it is taken
        self._labels = False  # whether our Temporal has the search attributes
        self.environment: dict[str, str] = {}  # what its processes see; complete after `start`
        self.state = State(
            pid=os.getpid(),
            born=identity(os.getpid()),
            project=str(PROJECT),
            since=datetime.now().astimezone().isoformat(timespec="seconds"),
        )

    def start(self) -> None:
        """Start everything, in order, and wait until the web process is ready.

        Raises:
            LocalFaultError: saying what cannot start and why; call `stop` then, too.
        """
        for name in self._folder.end_leftovers():
            self._say(f"结束上次遗留的进程 · ended what a killed run left: {name}")
        self._note()
        self._say(f"数据 · data {self._folder.path}")
        database_url = self._timed("PostgreSQL", self._find_postgres)
        address = self._timed("Temporal", self._find_temporal)
        self._timed("数据库结构 · schema", lambda: self._migrate(database_url))
        self._take_api_port()
        self.environment = self._environment(database_url, address)
        self._folder.note_servers({"DATABASE_URL": database_url, "TEMPORAL_ADDRESS": address})
        self._timed("工作进程与网页 · worker and web", self._start_parts)

    def ready(self) -> None:
        """Note that people can use it."""
        self.state = dataclasses.replace(self.state, ready=True)
        self._note()

    def watch(self, ended: threading.Event) -> None:
        """Start again what dies, until `ended` is set."""
        watch(self._services, ended, self._say, self._note)

    def stop(self) -> None:
        """Stop everything, the last started first; a second call does nothing."""
        while self._services:
            self._services.pop().stop()
        self._folder.forget()

    def _timed(self, what: str, act: Callable[[], Result]) -> Result:
        started = time.monotonic()
        result = act()
        self._say(f"✓ {what} {time.monotonic() - started:.1f} s")
        return result

    def _start(self, service: Service) -> None:
        self._services.append(service)
        service.start()
        self._note()

    def _take_api_port(self) -> None:
        """Choose the wanted port or the next free one, and say so when it is another."""
        wanted = self._api_port
        port = free_port(range(wanted, min(wanted + NEXT_PORTS, 65536)) if wanted else ())
        if wanted and port != wanted:
            self._say(
                f"! 端口 {wanted} 已被占用，改用 {port} · port {wanted} is taken, using {port}"
            )
        self._api_port = port
        self.state = dataclasses.replace(self.state, url=f"http://{LOOPBACK}:{port}")
        self.environment["ANJUAN_API_PORT"] = str(port)

    def _find_postgres(self) -> str:
        if {"DATABASE_URL", "DATABASE_URL_FILE"} & set(os.environ):
            return _reached(load_settings().database_url)
        server = PostgresServer(self._folder.path, port=free_port((5432,)), say=self._say)
        self._start(server)
        return server.url()

    def _find_temporal(self) -> str:
        if given := os.environ.get("TEMPORAL_ADDRESS"):
            if namespace_answers(given):
                return given
            raise LocalFaultError(
                "temporal.unreachable",
                f"TEMPORAL_ADDRESS 指定的 {given} 没有应答。",
                f"{given}, named by TEMPORAL_ADDRESS, does not answer.",
                remedy="启动该服务，或删除该设置 · start that server, or remove the setting",
            )
        port = free_port((7233,))
        server = TemporalServer(
            self._folder.path,
            port=port,
            ui_port=free_port((port + 1000,)),
            search_attributes=self._search_attributes,
            say=self._say,
        )
        self._start(server)
        self._labels = bool(self._search_attributes)
        page = f"http://{LOOPBACK}:{server.ui_port}"
        self.state = dataclasses.replace(self.state, temporal_ui=page)
        return server.address

    def _environment(self, database_url: str, address: str) -> dict[str, str]:
        key = self._folder.secret("secret.key", secrets.token_urlsafe(32))
        return {
            **os.environ,
            "ANJUAN_SECRET_KEY": os.environ.get("ANJUAN_SECRET_KEY", key),
            "ANJUAN_DATA": str(self._folder.path),
            **({"ANJUAN_TEMPORAL_LABELS": "true"} if self._labels else {}),
            "ANJUAN_API_HOST": LOOPBACK,
            "ANJUAN_API_PORT": str(self._api_port),
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": address,
            "PYTHONUNBUFFERED": "1",
        }

    def _start_parts(self) -> None:
        for name in self._parts:
            if name == API:
                self._start_web()
            else:
                self._start(self._service(name))

    def _start_web(self) -> None:
        for is_last in (False, False, True):
            service = self._service(API)
            self._start(service)
            try:
                service.wait_until(self._ready_as(service), seconds=READY_WITHIN)
                break
            except LocalFaultError:  # between the look at a port and its use another may take it
                if is_last or not service.found_port_taken():
                    raise
                self._services.remove(service)
                self._take_api_port()

    def _service(self, name: str) -> ProgramService:
        program = Program(
            name=name,
            command=tuple(self._parts[name]),
            log=self._folder.path / "logs" / f"{name}.log",
            environment=dict(self.environment),
            folder=self._folder.path,
        )
        return ProgramService(program)

    def _ready_as(self, web: Service) -> Callable[[], bool]:
        """Return the question whether `web` is ready: another's may answer on the same port.

        Who listens is asked after the answer: before it, another may only be about to.
        """
        return lambda: self._web_is_ready() and not is_anothers(self._api_port, web.pid)

    def _web_is_ready(self) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self._api_port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _note(self) -> None:
        running = {one.name: (one.pid, identity(one.pid)) for one in self._services if one.running}
        self.state = dataclasses.replace(self.state, children=running)
        self._folder.note(self.state)


def _reached(database_url: str) -> str:
    from infra.db import driver_connection  # noqa: PLC0415  – SQLAlchemy is slow to load

    try:
        driver_connection(database_url, timeout=5).close()
    except psycopg2.OperationalError as error:
        raise LocalFaultError(
            "postgres.unreachable",
            "DATABASE_URL 指定的数据库无法连接。",
            "The database named by DATABASE_URL cannot be reached.",
            tried=str(error).strip().splitlines(),
            remedy="启动或改正，或删除该设置 · start it, correct the setting, or remove it",
        ) from None
    return database_url
