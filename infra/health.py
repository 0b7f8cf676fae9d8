"""Whether the database can take an act in now, asked by the readiness page."""

import psycopg2
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from infra.migrate import SchemaError, check

_PING = "SELECT epoch FROM store"


class DatabaseHealth:
    """Asks the database in one short statement; whether the schema is current, until it is."""

    def __init__(self, engine: Engine, url: str) -> None:
        """Ask through `engine`; `url` is that of the login, for the list of migrations."""
        self._engine, self._url = engine, url
        self._current = False

    def faults(self) -> tuple[str, ...]:
        """Return why acts cannot be received now; never raises."""
        try:
            self.epoch()
            if not self._current and (missing := check(self._url)):
                return (f"数据库结构未更新 · migrations missing: {', '.join(missing)}",)
        except SchemaError as fault:
            return (str(fault),)
        except (SQLAlchemyError, psycopg2.Error):
            return ("数据库不可用 · the database is away",)
        self._current = True
        return ()

    def epoch(self) -> int:
        """Return the epoch of the store, which a restore raises.

        Raises:
            SQLAlchemyError: the database is away.
        """
        with self._engine.connect() as connection:
            epoch: int = connection.exec_driver_sql(_PING).scalar_one()
        return epoch
