"""Log lines as JSON, built from a list of allowed fields: what was never logged needs no masking.

Lines of other libraries keep their text without its values, for errors quote rows. Exceptions are
named by class and place.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = "anjuan"
ALLOWED = frozenset(
    (
        *("event", "level", "logger", "timestamp", "process", "code", "place", "fault", "version"),
        *("case", "command", "activity", "attempt", "procedure", "tenant", "key", "kind"),
        *("count", "seconds", "status", "method", "route", "correlation", "release", "queue"),
    )
)
_QUIET = {"temporalio": logging.WARNING, "sqlalchemy": logging.WARNING, "uvicorn": logging.WARNING}


def configure(level: str, process: str) -> None:
    """Send every log line of this process to stdout as JSON, from `level` on."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,  # `correlation` of the request being served
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        named_exception,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[without_values, *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            allowed_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.clear_contextvars()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    structlog.get_logger(OURS).info("process.started", process=process)


def allowed_only(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Drop every field that is not on the list."""
    return {name: value for name, value in line.items() if name in ALLOWED}


def named_exception(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Say of an exception its class and place, never its text."""
    found = line.pop("exc_info", None)
    fault = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(fault, BaseException):
        code = getattr(fault, "type", None) or getattr(fault, "code", None) or type(fault).__name__
        line.update(fault=str(code), place=place(fault.__traceback__))
    return line


def without_values(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Keep the template of another library's line only."""
    record: logging.LogRecord | None = line.get("_record")
    if record is not None and not record.name.startswith(OURS):
        line["event"] = template(record.msg)
    if record is not None and record.exc_info:
        line["exc_info"] = record.exc_info
    return line


def template(message: Any) -> str:  # noqa: ANN401  – logging takes any object
    """Return the text of a line without what the Temporal SDK appends in brackets."""
    return str(message).partition(" (")[0]


def place(trace: TracebackType | None) -> str:
    """Return file, line and function where an exception was raised."""
    frames = traceback.extract_tb(trace)
    return f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else ""
