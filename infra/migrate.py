"""Brings the schema up to date from numbered SQL files, forward only.

Each `migrations/NNNN_name.sql` runs once, in one transaction of its own – unless its first line is
`-- no-transaction` – and its sha256 is kept: a file edited after it was applied stops the start.
The runner connects as the owner; the processes of the product never do (see `infra.db`).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import psycopg2

from infra.db import driver_connection

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from psycopg2.extensions import connection, cursor

FOLDER: "Traversable" = resources.files("infra") / "migrations"
LOCK_TIMEOUT = "5s"  # an append never waits long behind a migration
_WITHOUT_TRANSACTION = "-- no-transaction"
_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    name        text PRIMARY KEY,
    sha256      text NOT NULL,
    applied_at  timestamptz NOT NULL DEFAULT clock_timestamp()
)"""
_ONE_STARTER = "SELECT pg_advisory_lock(hashtext('anjuan.migrate'))"


class SchemaError(Exception):
    """The schema is not what this release needs; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The digest of the file's text, as kept when it was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: "Traversable" = FOLDER) -> tuple[Migration, ...]:
    """Return the files of `folder` in the order of their numbers."""
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".sql")), key=_name)
    return tuple(Migration(one.name, one.read_text(encoding="utf-8")) for one in files)


def upgrade(url: str, folder: "Traversable" = FOLDER) -> tuple[str, ...]:
    """Apply what is missing and return the names of the files applied.

    `url` is the owner's. Two starters wait for each other.

    Raises:
        SchemaError: an applied file was edited or is gone.
        psycopg2.Error: the database cannot be reached, or a statement failed; that file is undone.
    """
    with _connected(url) as (database, cursor):
        cursor.execute(_ONE_STARTER)
        cursor.execute(_TABLE)
        wanted = _still_missing(migrations(folder), _applied(cursor))
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        for migration in wanted:
            _apply(database, cursor, migration)
    return tuple(one.name for one in wanted)


def check(url: str, folder: "Traversable" = FOLDER) -> tuple[str, ...]:
    """Return the names of the files not yet applied; change nothing.

    Raises:
        SchemaError: an applied file was edited or is gone.
        psycopg2.Error: the database cannot be reached.
    """
    with _connected(url) as (_, cursor):
        return tuple(one.name for one in _still_missing(migrations(folder), _applied(cursor)))


def _apply(database: "connection", cursor: "cursor", migration: Migration) -> None:
    database.autocommit = migration.sql.startswith(_WITHOUT_TRANSACTION)
    try:
        cursor.execute(migration.sql)
        cursor.execute(
            "INSERT INTO schema_migrations (name, sha256) VALUES (%s, %s)",
            (migration.name, migration.sha256),
        )
        if not database.autocommit:
            database.commit()
    except psycopg2.Error:
        if not database.autocommit:
            database.rollback()
        raise
    finally:
        database.autocommit = True


def _applied(cursor: "cursor") -> dict[str, str]:
    cursor.execute("SELECT to_regclass('schema_migrations') IS NOT NULL")
    if cursor.fetchone() == (False,):
        return {}
    cursor.execute("SELECT name, sha256 FROM schema_migrations")
    return dict(cursor.fetchall())


def _still_missing(known: tuple[Migration, ...], applied: dict[str, str]) -> tuple[Migration, ...]:
    shipped = {one.name: one for one in known}
    for name, digest in sorted(applied.items()):
        if name not in shipped:
            raise SchemaError(
                "schema.newer",
                f"数据库已应用本版本没有的 {name}，请使用更新的版本 · the database has {name},"
                " which this release lacks: use a newer release",
            )
        if shipped[name].sha256 != digest:
            raise SchemaError(
                "schema.edited",
                f"{name} 应用后被改动，请恢复原文件 · {name} was edited after it was applied:"
                " restore the file and write a new one",
            )
    return tuple(one for one in known if one.name not in applied)


@contextmanager
def _connected(url: str) -> "Iterator[tuple[connection, cursor]]":
    database = driver_connection(url, timeout=10)
    try:
        database.autocommit = True
        with database.cursor() as cursor:
            yield database, cursor
    finally:
        database.close()


def _name(file: "Traversable") -> str:
    return file.name
