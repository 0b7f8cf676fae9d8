"""What a command says when the database keeps it from its work; imports late what is slow."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.cli.exits import Exit, Stop


@contextmanager
def database_told() -> Iterator[None]:
    """Say in words that the database is away, unsafely set, or has not the schema asked for.

    Anything else, such as a statement that is wrong, is a defect and escapes as it is.

    Raises:
        Stop: one of these.
    """
    import psycopg2.errors  # noqa: PLC0415  – only where the database is asked
    from sqlalchemy import exc  # noqa: PLC0415  – the same

    from infra.db import UnsafeDatabaseError  # noqa: PLC0415  – the same
    from infra.migrate import SchemaError  # noqa: PLC0415  – the same

    try:
        yield
    except UnsafeDatabaseError as unsafe:
        raise Stop(Exit.INVALID, unsafe.code, str(unsafe)) from None
    except SchemaError as wrong:
        raise Stop(Exit.CONFLICT, wrong.code, str(wrong)) from None
    except (psycopg2.OperationalError, exc.TimeoutError) as error:
        raise _away(error) from None
    except (exc.OperationalError, exc.InterfaceError) as error:
        raise _away(error.orig) from None
    except exc.ProgrammingError as error:
        if not isinstance(error.orig, psycopg2.errors.UndefinedTable):
            raise
        raise _away(error.orig) from None


def _away(why: object) -> Stop:
    first_line = str(why).strip().partition("\n")[0]
    told = (
        "数据库不可用，请先运行 make up，或检查 DATABASE_URL 与 anjuan db check"
        " · database not usable: run make up, or check DATABASE_URL and anjuan db check:"
        f" {first_line}"
    )
    return Stop(Exit.TRY_LATER, "database.away", told)
