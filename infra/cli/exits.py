"""How the command ends: exit codes, and what a person is told when something is wrong."""

import os
import sys
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    """Exit codes of `anjuan`; scripts rely on them."""

    OK = 0
    FAILURE = 1  # or an expectation not met
    USAGE = 2  # or a malformed file
    NOT_FOUND = 3
    NOT_ALLOWED = 4
    CONFLICT = 5  # or a stale version
    INVALID = 6
    TRY_LATER = 7
    INTERRUPTED = 130


class Stop(Exception):  # noqa: N818  – not a defect: the command's own way to end
    """Ends the command with `exit_code`, telling the person `code` and `message` on stderr."""

    def __init__(self, exit_code: Exit, code: str, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code  # stable, as in problem+json
        self.message = message  # Chinese, then English, then what to do


def leave(exit_code: int) -> NoReturn:
    """Flush and end this process at once, so that its exit code tells the truth.

    Once Temporal's client was loaded, the interpreter may abort while it ends, even when no
    server was reached; whatever may have loaded it leaves through here, with all of it closed.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)
