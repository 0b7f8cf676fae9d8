"""The installation as people run it: latency of a command over HTTP, memory of processes."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2

from bench.page import Figure

PROJECT = Path(__file__).parents[1]
NOTES = 200
READY_WITHIN = 120
MILLI = 1000.0


def latency_and_memory(most_mb: float) -> list[Figure]:
    """Start everything, send commands one after another, read what the processes hold."""
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as folder:
        Path(folder).chmod(0o711)
        data = str(Path(folder) / "data")
        try:
            _anjuan("up", "--data", data, "--port", "0", "--no-demo", "--detach")
            state = json.loads(_anjuan("status", "--data", data, "--json"))
            times = sorted(_notes(state["url"]))
            memory = {name: _resident_mb(pid) for name, pid in _processes(state).items()}
        finally:
            _anjuan("down", "--data", data)
    middle, late = statistics.median(times), times[int(len(times) * 0.99)]
    figures = [
        Figure(
            "a command over HTTP, one client",
            f"p50 {middle * MILLI:.0f} ms, p99 {late * MILLI:.0f} ms",
        )
    ]
    for name in ("worker", "api"):
        kept = memory[name] <= most_mb
        figures.append(
            Figure(f"memory of {name}", f"{memory[name]:.0f} MB", f"≤ {most_mb:g} MB", kept)
        )
    return figures


def _notes(url: str) -> list[float]:
    http = httpx2.Client(base_url=f"{url}/api/v1", timeout=30.0)
    application = json.loads((PROJECT / "examples" / "hunan-filing.json").read_text("utf-8"))
    opened = _post(http, "operator", "/cases", "bench-open", application).json()
    path = f"/cases/{opened['case']}/commands/case.note"
    times = []
    for number in range(NOTES):
        began = time.perf_counter()
        _post(http, "clerk", path, f"bench-{number}", {"text": f"备注 {number}"})
        times.append(time.perf_counter() - began)
    return times


def _post(http: httpx2.Client, by: str, path: str, key: str, body: Any) -> httpx2.Response:  # noqa: ANN401
    headers = {
        "Authorization": f"Bearer demo-{by}",
        "Idempotency-Key": key,
        "If-Match": "*",
    }
    answer = http.post(path, headers=headers, json=body)
    answer.raise_for_status()
    return answer


def _processes(state: dict[str, Any]) -> dict[str, int]:
    children = state["children"]
    return {
        name: int(found[0] if isinstance(found, list) else found)
        for name, found in children.items()
    }


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"no memory of {pid}")


def _anjuan(*words: str) -> str:
    command = [str(Path(sys.executable).parent / "anjuan"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=READY_WITHIN, check=True)  # noqa: S603
    return done.stdout
