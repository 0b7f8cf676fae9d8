"""Claims on letter numbers that were kept by office become one series for each mark and year."""

import shutil
from importlib import resources
from pathlib import Path

from infra.migrate import upgrade
from tests.infra.store.conftest import as_owner
from tests.servers import Postgres

CLAIM = """
INSERT INTO claims (tenant, kind, key, holder, ordinal, data, released, position)
VALUES ('{}', '{}', '{}', '{}', {}, '{{}}', false, {})"""
HELD = """
SELECT tenant, key, holder, position FROM claims ORDER BY tenant, key COLLATE "C", holder"""
BEFORE = (
    ("t-a", "series", "letter:430100:案卷:2024", "案卷〔2024〕1号", 1, 11),
    ("t-a", "series", "letter:430200:案卷:2024", "案卷〔2024〕1号", 1, 15),
    ("t-a", "series", "letter:430300:案卷:2024", "案卷〔2024〕1号", 1, 13),
    ("t-a", "series", "letter:430100:案卷:2024", "案卷〔2024〕2号", 2, 17),
    ("t-a", "series", "letter:430100:案卷:2025", "案卷〔2025〕1号", 1, 21),
    ("t-a", "series", "letter:430100:湘:鉴:2024", "湘:鉴〔2024〕1号", 1, 31),
    ("t-b", "series", "letter:430100:案卷:2024", "案卷〔2024〕1号", 1, 12),
    ("t-a", "series", "case:430100:BA:2024", "430100-BA-2024-000001", 1, 10),
    ("t-a", "institution", "letter:430100:x:2024", "x", 0, 41),
)
AFTER = [
    ("t-a", "case:430100:BA:2024", "430100-BA-2024-000001", 10),
    ("t-a", "letter:430100:x:2024", "x", 41),
    ("t-a", "letter:案卷:2024", "案卷〔2024〕1号", 15),
    ("t-a", "letter:案卷:2024", "案卷〔2024〕2号", 17),
    ("t-a", "letter:案卷:2025", "案卷〔2025〕1号", 21),
    ("t-a", "letter:湘:鉴:2024", "湘:鉴〔2024〕1号", 31),
    ("t-b", "letter:案卷:2024", "案卷〔2024〕1号", 12),
]


def test_equal_numbers_become_one_and_the_later_event_holds_it(
    postgres_server: Postgres, database: str, tmp_path: Path
) -> None:
    assert postgres_server
    as_owner(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    with resources.as_file(resources.files("infra") / "migrations") as folder:
        for file in sorted(folder.glob("000[1-5]_*.sql")):
            shutil.copy(file, tmp_path)
        upgrade(database, tmp_path)
        as_owner(database, *(CLAIM.format(*one) for one in BEFORE))
        assert "0006_letter_series.sql" in upgrade(database)
    assert as_owner(database, HELD) == AFTER
    walled = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'claims'"
    assert as_owner(database, walled) == [(True, True)]
