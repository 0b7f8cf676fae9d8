"""What a command says when the database keeps it from its work; imports late what is slow."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.cli.exits import Exit, Stop


@contextmanager
def database_told() -> Iterator[None]:
    """Say in words that the database is away, unsafely set, or has not the schema asked for.

    Raises:
        Stop: one of these.
    """
    import psycopg2  # noqa: PLC0415  – only where the database is asked
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415  – the same

    from infra.db import UnsafeDatabaseError  # noqa: PLC0415  – the same
    from infra.migrate import SchemaError  # noqa: PLC0415  – the same

    try:
        yield
    except UnsafeDatabaseError as unsafe:
        raise Stop(Exit.INVALID, unsafe.code, str(unsafe)) from None
    except SchemaError as wrong:
        raise Stop(Exit.CONFLICT, wrong.code, str(wrong)) from None
    except (psycopg2.OperationalError, SQLAlchemyError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        told = (
            "数据库不可用，请先运行 make up，或检查 DATABASE_URL 与 anjuan db check"
            f" · database not usable: run make up, or check DATABASE_URL and anjuan db check: {why}"
        )
        raise Stop(Exit.TRY_LATER, "database.away", told) from None
