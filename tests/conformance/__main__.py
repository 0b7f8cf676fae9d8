"""`python -m tests.conformance FOLDER CLI`: run all cases; exit 0 when the gates hold."""

import subprocess
import sys
from pathlib import Path

from tests.conformance.gates import finished, gates


def main(folder: str, cli: str) -> int:
    """Run the folder's cases; exit 2 when they could not be run, 1 when a gate is broken."""
    run = [sys.executable, str(Path(folder) / "run.py"), cli, folder]
    printed = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=False).stdout  # noqa: S603  – the folder is the caller's
    sys.stdout.write(printed)
    if not finished(printed):
        return 2
    found = gates(printed)
    sys.stdout.write("".join(f"{gate}\n" for gate in found))
    return 0 if all(gate.kept for gate in found) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
