"""`python -m tests.conformance.interchange FOLDER CLI`: read what other tools drew; run nothing.

Such models are pictures more than programs, so a refusal is an answer too – when it names rule,
line and reason. What must not happen is a file without an answer.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

AT_ONCE = 100  # files of one call


def main(folder: str, cli: str) -> int:
    """Read every BPMN file below a folder; exit 1 when one has no proper answer, 2 without any."""
    files = sorted(str(one) for one in Path(folder).rglob("*.bpmn"))
    if not files:
        sys.stderr.write(f"没有 BPMN 文件 · no BPMN file in {folder}\n")
        return 2
    answers = [one for some in _portions(files) for one in _read(cli, some)]
    refused = [one for one in answers if not one["ok"]]
    rules = Counter(fault["rule"] for one in refused for fault in one["faults"][:1])
    for one in refused:
        first = one["faults"][0]
        sys.stdout.write(f"{one['file']}:{first['line']}: {first['message']} [{first['rule']}]\n")
    sys.stdout.write(f"{len(answers) - len(refused)} read, {len(refused)} refused {dict(rules)}\n")
    answered = [one["file"] for one in answers] == files
    return 0 if answered and all(_tells(fault) for one in refused for fault in one["faults"]) else 1


def _portions(files: list[str]) -> Iterable[list[str]]:
    return (files[n : n + AT_ONCE] for n in range(0, len(files), AT_ONCE))


def _read(cli: str, files: list[str]) -> list[dict[str, Any]]:
    run = [cli, "process", "check", "--json", *files]
    printed = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=False).stdout  # noqa: S603  – the caller's own program
    answers: list[dict[str, Any]] = json.loads(printed)
    return answers


def _tells(fault: dict[str, Any]) -> bool:
    return bool(fault["rule"] and fault["message"] and fault["line"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
