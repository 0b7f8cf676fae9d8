"""The machine's browser is found, and a CI run may leave nothing out."""

from pathlib import Path

import pytest

from tests.machine import find_chromium, under_ci


def test_the_named_browser_comes_before_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("mine", "path"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "chromium").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.delenv("CHROME_BIN", raising=False)
    assert find_chromium() == str(tmp_path / "path" / "chromium")
    monkeypatch.setenv("CHROME_BIN", str(tmp_path / "mine" / "chromium"))
    assert find_chromium() == str(tmp_path / "mine" / "chromium")
    monkeypatch.setenv("CHROME_BIN", str(tmp_path / "none"))
    assert find_chromium() is None


def test_a_browser_without_windows_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME_BIN", raising=False)
    assert find_chromium() == str(tmp_path / "chromium-headless-shell")


@pytest.mark.parametrize(("value", "ci"), [("true", True), ("1", True), ("0", False), ("", False)])
def test_a_ci_run_says_so(value: str, ci: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  – a table of cases
    monkeypatch.setenv("CI", value)
    assert under_ci() is ci
