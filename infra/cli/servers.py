"""`anjuan up`, `down`, `status`, `reset`, `temporal`: everything on one machine."""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from infra.cli.exits import Exit, Stop
from infra.local.faults import LocalFaultError
from infra.local.folder import DataFolder, State
from infra.local.installation import PROJECT, Installation, anjuan
from infra.local.temporal import find_temporal
from infra.settings import load_settings

app = typer.Typer()
LOOK_EVERY = 0.2  # seconds
FIRST_START_WITHIN = 900.0  # seconds, the Temporal build included
STOPS_WITHIN = 60.0  # seconds
READY = "ready "  # starts the line that tells the address, when everything answers
ENDINGS = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.OK, signal.SIGHUP: Exit.OK}

Data = Annotated[Path | None, typer.Option("--data", help="数据文件夹 · data folder.")]
Port = Annotated[int, typer.Option("--port", help="网页端口 · port of the web process.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


class _Ended(BaseException):
    """A signal asked this process to end."""

    def __init__(self, by: int) -> None:
        super().__init__(by)
        self.exit_code = ENDINGS[signal.Signals(by)]


@app.command()
def up(
    data: Data = None,
    port: Port = 8080,
    *,
    detach: Annotated[bool, typer.Option("--detach", help="在后台运行 · run behind.")] = False,
    demo: Annotated[bool, typer.Option(help="演示一宗备案 · play one filing once.")] = True,
) -> None:
    """Start everything on this machine and keep it running. 在本机启动全部服务。"""
    folder = _folder(data)
    if detach:
        _start_behind(folder, port, demo=demo)
    elif _is_ours(folder):
        _join(folder)
    else:
        raise typer.Exit(_run_here(folder, port, demo=demo))


@app.command()
def down(data: Data = None) -> None:
    """Stop everything that `up` started. 停止全部服务。"""
    folder = _folder(data)
    if not _is_held(folder):
        if folder.is_ours:
            with _faults_told(), folder.held():
                folder.end_leftovers()
        _say(f"没有在运行 · nothing runs in {folder.path}")
        return
    state = folder.holder()
    if state is None:
        raise Stop(Exit.TRY_LATER, "folder.starting", "正在启动，请稍后 · just starting, try again")
    _ask_to_end(state.pid)
    if not _wait(lambda: not folder.is_held(), STOPS_WITHIN):
        raise Stop(
            Exit.FAILURE, "folder.does_not_stop", f"PID {state.pid} 未停止 · did not stop in time"
        )
    _say(f"已停止 · stopped {state.url or folder.path}")


@app.command()
def status(data: Data = None, *, as_json: AsJson = False) -> None:
    """Say what runs; exit 3 when nothing does. 显示运行状态。"""
    folder = _folder(data)
    state = _holder(folder)
    if as_json:
        shown = dataclasses.asdict(state) if state else {}
        typer.echo(json.dumps({"running": state is not None, "data": str(folder.path), **shown}))
    elif state:
        _print_state(folder, state)
    else:
        _say(f"没有在运行 · nothing runs in {folder.path}")
    if state is None:
        raise typer.Exit(Exit.NOT_FOUND)


@app.command()
def reset(
    data: Data = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask.")] = False,
) -> None:
    """Remove all data of this machine's installation. 清除本机全部数据。"""
    folder = _folder(data)
    if not folder.path.exists():
        _say(f"没有数据 · no data in {folder.path}")
        return
    if not yes and not _agreed(folder):
        raise Stop(Exit.USAGE, "reset.not_confirmed", "未确认，未改动 · not confirmed; use --yes")
    with _faults_told(), folder.held():
        folder.end_leftovers()
        folder.wipe()
    _say(f"已清除 · removed the data in {folder.path}")


@app.command()
def temporal() -> None:
    """Find the Temporal server's program, or build it once. 查找或编译 Temporal。"""
    with _faults_told():
        typer.echo(find_temporal(_say))


def _run_here(folder: DataFolder, port: int, *, demo: bool) -> int:
    """Run everything until a signal comes; return the exit code."""
    try:
        with _faults_told(), folder.held(), _signals_raise():
            _run(folder, port, demo=demo)
    except _Ended as end:
        return end.exit_code
    return Exit.OK


def _run(folder: DataFolder, port: int, *, demo: bool) -> None:
    installation = Installation(
        folder,
        migrate=_prepare,
        search_attributes=_search_attributes(),
        api_port=port,
        say=_say,
    )
    try:
        installation.start()
        if demo:
            _play(installation)
        installation.ready()
        _print_state(folder, installation.state)
        _say("按 Ctrl-C 停止 · Ctrl-C stops everything")
        installation.watch(threading.Event())
    except _Ended:
        _say("正在停止 · stopping")
        raise
    finally:
        _ignore_signals()
        installation.stop()


def _start_behind(folder: DataFolder, port: int, *, demo: bool) -> None:
    if _is_ours(folder):
        _say(
            "已在运行，未另行启动，也不再演示"
            " · already running: nothing was started, no demo is played"
        )
        _print_state(folder, _wait_ready(folder))
        return
    with _faults_told(), folder.held():
        log = folder.path / "logs" / "up.log"
        log.parent.mkdir(exist_ok=True)
        log.write_bytes(b"")
    words = ["up", "--data", str(folder.path), "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603  – ourselves
            anjuan(*words, "--demo" if demo else "--no-demo"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    for line in _follow(log, lambda: process.poll() is not None):
        typer.echo(line)
        if line.startswith(READY):  # its last line: what it says later is for its own log
            return
    raise typer.Exit(process.returncode or Exit.FAILURE)


def _follow(log: Path, ended: Callable[[], bool]) -> Iterator[str]:
    with log.open(encoding="utf-8", errors="replace") as lines:
        over = False
        while not over:
            over = ended()  # asked before the last look, so nothing written before is missed
            yield from (line.rstrip("\n") for line in lines)
            time.sleep(LOOK_EVERY)


def _join(folder: DataFolder) -> None:
    """Show what runs already and stay until it ends; Ctrl-C leaves it running."""
    _say(
        "已在运行，加入：未另行启动，也不再演示；Ctrl-C 只离开，服务继续运行"
        " · already running, joined: nothing was started, no demo is played; Ctrl-C leaves it"
        " running"
    )
    _print_state(folder, _wait_ready(folder))
    while folder.is_held():
        time.sleep(LOOK_EVERY)
    _say("已停止 · it ended")


def _is_held(folder: DataFolder) -> bool:
    with _faults_told():
        return folder.is_held()


def _holder(folder: DataFolder) -> State | None:
    with _faults_told():
        return folder.holder()


def _ask_to_end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return  # it ended just now
    except PermissionError:
        told = f"PID {pid} 属于另一用户 · belongs to another user"
        raise Stop(Exit.NOT_ALLOWED, "folder.not_yours", told) from None


def _is_ours(folder: DataFolder) -> bool:
    """Say whether this very project holds the folder; another holder is told by `held`."""
    state = _holder(folder)
    return state is not None and state.project == str(PROJECT)


def _is_ready(folder: DataFolder) -> bool:
    state = folder.holder()
    return state is not None and state.ready


def _wait_ready(folder: DataFolder) -> State:
    _wait(lambda: _is_ready(folder) or not folder.is_held(), FIRST_START_WITHIN)
    state = folder.holder()
    if state is None or not state.ready:
        raise Stop(Exit.TRY_LATER, "folder.not_ready", "未能就绪 · did not become ready")
    return state


def _play(installation: Installation) -> None:
    """Play the demo story; what it prints is for the person at this terminal."""
    url = installation.state.url
    played = subprocess.run(  # noqa: S603  – ourselves
        anjuan("demo", "--server", url), env=installation.environment, check=False
    )
    if played.returncode != Exit.OK:
        _say(f"! 演示未完成，服务仍在运行 · the demo did not finish (exit {played.returncode})")


def _prepare(database_url: str) -> None:
    from infra.cli._seeding import prepare  # noqa: PLC0415  – SQLAlchemy is slow to load

    prepare(database_url)


def _search_attributes() -> dict[str, str]:
    from workflows.client import PROCEDURE  # noqa: PLC0415  – Temporal's SDK is slow to load

    return {PROCEDURE.name: "Keyword"}


def _print_state(folder: DataFolder, state: State) -> None:
    from infra.cli._seeding import logins  # noqa: PLC0415  – SQLAlchemy is slow to load

    rows = {
        "控制台 · console": state.url,
        "接口 · API": f"{state.url}/api/v1",
        "Temporal": state.temporal_ui,
        "数据 · data": str(folder.path),
        "日志 · logs": str(folder.path / "logs"),
        "进程 · PIDs": " ".join(f"{name} {pid}" for name, (pid, _) in state.children.items()),
    }
    for what, value in rows.items():
        if value:
            typer.echo(f"  {what}: {value}")
    for line in logins():
        typer.echo(f"  {line}")
    if state.ready:
        typer.echo(f"{READY}{state.url}")
    sys.stdout.flush()


def _folder(data: Path | None) -> DataFolder:
    return DataFolder(data or load_settings().data)


def _agreed(folder: DataFolder) -> bool:
    question = f"清除 {folder.path} 的全部数据？· Remove all data there?"
    return sys.stdin.isatty() and typer.confirm(question)


def _wait(ready: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not (done := ready()) and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY)
    return done


@contextlib.contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except LocalFaultError as fault:
        conflict = fault.code.startswith("folder.")
        raise Stop(Exit.CONFLICT if conflict else Exit.FAILURE, fault.code, str(fault)) from None


@contextlib.contextmanager
def _signals_raise() -> Iterator[None]:
    def end(number: int, _: FrameType | None) -> NoReturn:
        _ignore_signals()  # a second one – make passes its own on – must not break the ending off
        raise _Ended(number)

    heard = [one for one in ENDINGS if signal.getsignal(one) is not signal.SIG_IGN]  # as by nohup
    for number in heard:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def _ignore_signals() -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _say(line: str) -> None:
    typer.echo(line, err=True)
