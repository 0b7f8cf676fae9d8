"""The audit log: what the edge turned away leaves a trace here, and nowhere else."""

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from domain.kernel.canonical import canonical
from domain.kernel.json import JsonValue

log = structlog.get_logger("anjuan.audit")
# One line; nobody but an auditor reads it back.
WRITE = """
INSERT INTO audit (tenant, client, code, detail)
VALUES (%(tenant)s, %(client)s, %(code)s, %(detail)s)
"""


class AuditLog:
    """Writes lines that nobody can change."""

    def __init__(self, engine: Engine) -> None:
        """Write through `engine`."""
        self._engine = engine

    def write(self, code: str, *, tenant: str = "", client: str = "", **detail: JsonValue) -> None:
        """Note a refused attempt: ids and codes only, nothing personal.

        With the database away there is a line in the process's log and nothing else.
        """
        line = {"tenant": tenant, "client": client, "code": code}
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql(WRITE, {**line, "detail": canonical(detail).decode()})
        except SQLAlchemyError as fault:
            log.warning("audit.unwritten", fault=type(fault).__name__, **line, detail=detail)
