"""What keeps a command from the database is told in words; what is our own fault is not."""

import psycopg2.errors
import pytest
from sqlalchemy import exc

from infra.cli._database import database_told
from infra.cli.exits import Exit, Stop
from infra.cli.sandbox import _faults_told
from infra.sandbox_clock import NoMovableClockError

AWAY = (
    psycopg2.OperationalError("connection refused"),
    exc.OperationalError("SELECT 1", None, psycopg2.OperationalError("connection refused")),
    exc.InterfaceError("SELECT 1", None, psycopg2.InterfaceError("connection already closed")),
    exc.TimeoutError("QueuePool limit of size 1 reached"),
    exc.ProgrammingError("SELECT 1", None, psycopg2.errors.UndefinedTable("no events")),
)
DEFECTS = (
    exc.CompileError("a column without name"),
    exc.ProgrammingError("SELEC 1", None, psycopg2.errors.SyntaxError("at or near SELEC")),
    exc.IntegrityError("INSERT", None, psycopg2.IntegrityError("twice")),
)


def fail(error: Exception) -> None:
    with database_told():
        raise error


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_a_database_that_is_away_or_empty_is_told_in_words(error: Exception) -> None:
    with pytest.raises(Stop, match="make up") as stop:
        fail(error)
    assert (stop.value.exit_code, stop.value.code) == (Exit.TRY_LATER, "database.away")


@pytest.mark.parametrize("error", DEFECTS, ids=str)
def test_a_defect_escapes_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as escaped:
        fail(error)
    assert escaped.value is error


def test_only_a_clock_that_cannot_move_is_told_as_one() -> None:
    with pytest.raises(Stop, match="no movable clock"), _faults_told("hunan"):
        raise NoMovableClockError
    with pytest.raises(PermissionError, match="calendars"), _faults_told("hunan"):
        raise PermissionError("calendars")
