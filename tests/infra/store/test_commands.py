"""`anjuan db` and `anjuan calendar import --tenant` on a real database."""

from pathlib import Path

import pytest

from infra.cli.main import run
from tests.contracts.stories import House
from tests.infra.store.conftest import as_owner

YEAR = """
year = 2027
status = "official"
notice = "示例〔2026〕1号"
[[holidays]]
name = "元旦"
name_en = "New Year"
rest = [2027-01-01, 2027-01-02, 2027-01-03]
"""


@pytest.fixture(autouse=True)
def _on_this_database(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("ANJUAN_DATA", str(tmp_path))


def test_an_up_to_date_schema_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["db", "check"]) == 0
    assert run(["db", "upgrade"]) == 0
    assert capsys.readouterr().out.count("up to date") == 2


def test_missing_and_edited_files_end_with_their_own_code(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    as_owner(database, "UPDATE schema_migrations SET sha256 = 'other'")
    assert run(["db", "check"]) == 5
    assert run(["db", "upgrade"]) == 5
    assert "schema.edited" in capsys.readouterr().err
    as_owner(database, "DELETE FROM schema_migrations")
    assert run(["db", "check"]) == 1
    assert "0001_store.sql" in capsys.readouterr().out


def test_a_year_published_for_one_tenant_stands_in_its_register(
    house: House, tmp_path: Path
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(YEAR, encoding="utf-8")
    assert run(["calendar", "import", str(file), "--tenant", "t-a"]) == 0
    assert house.cases.calendar("t-a").tables[2027].status == "official"
    assert house.cases.calendar("t-b").tables[2027].status == "provisional"
    assert not (tmp_path / "calendars").exists()
    assert run(["calendar", "import", str(file), "--tenant", "nobody"]) == 3


@pytest.mark.parametrize("words", [["verify", "--all"], ["db", "check"], ["db", "upgrade"]])
def test_a_database_that_is_away_is_told_in_words(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert run(words) == 7
    assert "database.away" in capsys.readouterr().err


def test_a_database_without_our_tables_is_told_in_words(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    as_owner(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    assert run(["verify"]) == 7
    assert "anjuan db check" in capsys.readouterr().err
    assert run(["db", "check"]) == 1
