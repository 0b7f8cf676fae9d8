"""Settings come from the environment; everything wrong with them is told at once."""

from pathlib import Path

import pytest
from psycopg2 import OperationalError

from infra.cli.config import reference_page
from infra.db import driver_connection
from infra.settings import PAGE, SANDBOX_KEY, BadSettingsError, load_settings

ROOT = Path(__file__).parents[2]
OWN_KEY = "k" * 32


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "ANJUAN_ENV", "ANJUAN_DATA"):
        monkeypatch.delenv(name, raising=False)


def _faults() -> dict[str, str]:
    with pytest.raises(BadSettingsError) as told:
        load_settings()
    return {fault.name: fault.reason for fault in told.value.faults}


def test_without_any_setting_it_is_a_sandbox_on_this_machine() -> None:
    settings = load_settings()
    assert (settings.env, settings.api_host, settings.api_port) == ("sandbox", "127.0.0.1", 8080)
    assert settings.temporal_address == "127.0.0.1:7233"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_database_url_always_names_our_driver(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@db:5432/x")
    assert load_settings().database_url == "postgresql+psycopg2://u:p@db:5432/x"


def test_a_port_that_is_no_number_is_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for port in ("port", "0", "65536"):
        monkeypatch.setenv("DATABASE_URL", f"postgresql://u@db:{port}/x")
        assert "the port is a number" in _faults()["DATABASE_URL"]
    for wrong in ("u:@pass:w0rd@db:5432/x", "u:p@w0rd@db/x", "db/x?host=h&port=w0rd"):
        monkeypatch.setenv("DATABASE_URL", f"postgresql://{wrong}")
        assert "w0rd" not in str(_faults())


@pytest.mark.parametrize(
    "url", ["/x?host=/run/postgresql", "/x?host=a:5432&host=b:5433", "u:p%40/q@[::1]:5432/x", "db"]
)
def test_what_the_driver_can_read_is_a_database_url(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{url}")
    assert load_settings().database_url == f"postgresql+psycopg2://{url}"


def test_a_database_url_may_say_how_long_to_wait_for_it() -> None:
    with pytest.raises(OperationalError, match="refused"):
        driver_connection("postgresql://u@127.0.0.1:1/x?connect_timeout=2", timeout=5)


def test_every_wrong_setting_is_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://u@db/x")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "nowhere")
    monkeypatch.setenv("ANJUAN_POOL_SIZE", "many")
    monkeypatch.setenv("ANJUAN_API_PROT", "8080")
    faults = _faults()
    assert set(faults) == {
        "DATABASE_URL",
        "TEMPORAL_ADDRESS",
        "ANJUAN_POOL_SIZE",
        "ANJUAN_API_PROT",
    }
    assert "no such setting" in faults["ANJUAN_API_PROT"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANJUAN_FAILPOINTS", "advance.after_commit=crash"),
        ("ANJUAN_LOG_RETENTION_DAYS", "182"),
        ("ANJUAN_LOG_LEVEL", "debug"),
        ("ANJUAN_SECRET_KEY", SANDBOX_KEY),
        ("ANJUAN_PUBLIC_URL", ""),
        ("ANJUAN_PUBLIC_URL", "http://anjuan.example"),
    ],
)
def test_production_refuses_to_start_with_an_unsafe_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANJUAN_ENV", "production")
    monkeypatch.setenv("ANJUAN_SECRET_KEY", OWN_KEY)
    monkeypatch.setenv("ANJUAN_PUBLIC_URL", "https://anjuan.example")
    assert load_settings().env == "production"
    monkeypatch.setenv(name, value)
    assert name in _faults()["ANJUAN_ENV"]


def test_failpoints_are_read_as_point_and_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJUAN_FAILPOINTS", "api.after_inbox=hang, work.after_effect=raise@3")
    points = load_settings().failpoints
    assert points == {"api.after_inbox": "hang", "work.after_effect": "raise@3"}
    monkeypatch.setenv("ANJUAN_FAILPOINTS", "api.after_inbox=explode")
    assert "crash|hang|raise" in _faults()["ANJUAN_FAILPOINTS"]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "key"
    kept.write_text(f"{OWN_KEY}\n")
    monkeypatch.setenv("ANJUAN_SECRET_KEY_FILE", str(kept))
    assert load_settings().secret_key == OWN_KEY
    monkeypatch.setenv("ANJUAN_SECRET_KEY_FILE", str(tmp_path / "none"))
    assert "none" in str(_faults())


def test_an_empty_setting_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJUAN_SECRET_KEY", "")
    assert load_settings().secret_key == SANDBOX_KEY


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJUAN_SECRET_KEY", OWN_KEY)
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hush@db/x")
    assert OWN_KEY not in repr(load_settings())
    assert "hush" not in repr(load_settings())


def test_the_reference_page_is_the_settings_class_in_words() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == reference_page()
