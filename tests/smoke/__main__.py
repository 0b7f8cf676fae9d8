"""`make smoke`: `make up`, the README's `curl` lines as printed, SIGTERM, and what is left after.

With a scenario file (`make story-batch`) that is played in place of the README's lines, with
`migrate` (`make story-migrate`) open filings are moved to an edited diagram, with `processes`
(`make story-processes`) the example processes are deployed and driven to their end.

Everything happens in a data folder of its own. Prints a line per step; exit 1 at the first fault.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.smoke import migrating

PROJECT = Path(__file__).parents[2]
READY = re.compile(r"^ready (http://127\.0\.0\.1:\d+)$")
READY_WITHIN = 900.0  # seconds; the first run may build Temporal
GONE_WITHIN = 60.0  # seconds, as `anjuan down` waits
STORY_WITHIN = 600.0
PRINTED = "http://127.0.0.1:8080"  # the address in the README; another one if that port is taken


def main() -> int:
    """Run the steps; return the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="anjuan-smoke-"))
    folder.chmod(0o711)  # the account of the database server passes through
    began = time.monotonic()
    up = _up(folder / "data")
    try:
        url = _ready_url(up)
        _say(f"ready {url} after {time.monotonic() - began:.1f} s")
        _act(url, folder)
    finally:
        os.killpg(up.pid, signal.SIGTERM)
        up.wait(GONE_WITHIN)
    left = list(_processes_of(folder))
    shutil.rmtree(folder, ignore_errors=True)
    if left:
        return _fail(f"processes left behind: {left}")
    _say(f"ended by SIGTERM; no process left; {time.monotonic() - began:.1f} s in all")
    return 0


def _act(url: str, folder: Path) -> None:
    if not sys.argv[1:]:
        _readme(url)
    elif sys.argv[1] == "processes":
        _processes(url)
    elif sys.argv[1] == "migrate":
        try:
            migrating.story(url, folder / "data", folder)
        except migrating.StoryError as error:
            sys.exit(_fail(str(error)))
    else:
        story(url, Path(sys.argv[1]))


def story(url: str, file: Path) -> None:
    """Play a scenario file on the running servers, its timelines printed as it says."""
    began = time.monotonic()
    words = [".venv/bin/anjuan", "scenario", "run", "--server", url, "--timeline", str(file)]
    done = subprocess.run(words, cwd=PROJECT, timeout=STORY_WITHIN, check=False)  # noqa: S603  – ours
    if done.returncode:
        sys.exit(_fail(f"{file} does not hold"))
    _say(f"{file} holds on the real servers, played in {time.monotonic() - began:.1f} s")


def _processes(url: str) -> None:
    """Deploy the example processes and drive each to its end."""
    files = sorted(map(str, (PROJECT / "examples" / "processes").glob("*.bpmn")))
    deploy = [".venv/bin/anjuan", "process", "deploy", "--server", url, *files]
    drive = [".venv/bin/python", "examples/processes/drive.py", "--server", url]
    for words in (deploy, deploy, drive):  # the same bytes again are the same version
        done = subprocess.run(words, cwd=PROJECT, timeout=STORY_WITHIN, check=False)  # noqa: S603  – ours
        if done.returncode:
            sys.exit(_fail(" ".join(words)))
    _say("every example process came to its end")


def _up(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  – our own command
        ["make", "up", f"UP=--data {data}"],  # noqa: S607  – as a person would
        cwd=PROJECT,
        env={**os.environ, "ANJUAN_WEBHOOK_ALLOW": "127.0.0.0/8"},  # its web services are here
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _ready_url(up: subprocess.Popen[str]) -> str:
    assert up.stdout is not None
    silence = threading.Timer(READY_WITHIN, up.kill)
    silence.start()
    for line in up.stdout:
        if found := READY.match(line):
            silence.cancel()
            threading.Thread(target=up.stdout.read, daemon=True).start()  # it may go on talking
            return found[1]
    sys.exit(_fail("make up ended before it was ready"))


def _readme(url: str) -> None:
    """Run the commands of the README; the last answer must tell the story to its end."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = text.split("<!-- smoke -->")[1].split("```sh\n")[1].split("```")[0]
    done = subprocess.run(  # noqa: S603  – our own README
        ["bash", "-euo", "pipefail", "-c", block.replace(PRINTED, url)],  # noqa: S607  – as a person
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    for wanted in (
        "HTTP/1.1 201",
        '"filing.acceptance"',
        '"filing.supplement_requested"',
        '"filing.supplemented"',
        '"filing.deemed_accepted"',
    ):
        if wanted not in done.stdout:
            sys.exit(_fail(f"{wanted} is missing in\n{done.stdout}\n{done.stderr}"))
    if done.returncode or '"status":4' in done.stdout or '"status":5' in done.stdout:
        sys.exit(_fail(f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"))
    _say("the README's commands did what they say")


def _processes_of(folder: Path) -> Iterator[str]:
    """Yield the processes that still name the data folder, once all had time to end."""
    deadline = time.monotonic() + GONE_WITHIN
    while (found := _named(str(folder))) and time.monotonic() < deadline:
        time.sleep(0.2)  # noqa: TID251  – waits for other processes to end
    yield from found


def _named(text: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if text in words and int(entry.name) != os.getpid():
            found.append(f"{entry.name} {words}")
    return found


def _say(text: str) -> None:
    sys.stdout.write(f"smoke: {text}\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"smoke FAILED: {text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
