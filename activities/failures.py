"""What of a failure may leave: a code. Texts of errors can quote rows, and so personal data."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from temporalio.exceptions import ApplicationError

from domain.kernel.errors import Defect

log = structlog.get_logger("anjuan.activities")


@contextmanager
def only_codes_leave() -> Iterator[None]:
    """Turn whatever is raised inside into an `ApplicationError` that carries a code alone.

    Raises:
        ApplicationError: a `Defect` under its code, without retry; any other exception under the
            name of its class.
    """
    try:
        yield
    except ApplicationError:
        raise
    except Defect as defect:
        # An alarm: we are wrong. Without the exception's own text, which may quote the case.
        log.error("defect", code=defect.code, place=place(defect))  # noqa: TRY400  – the same
        raise ApplicationError(defect.code, type=defect.code, non_retryable=True) from None
    except Exception as fault:  # noqa: BLE001  – the boundary of the task
        name = type(fault).__name__
        log.warning("fault", code=name, place=place(fault))
        raise ApplicationError(name, type=name) from None


def place(fault: BaseException) -> str:
    """Return file, line and function where `fault` was raised: no values, no texts."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else ""
