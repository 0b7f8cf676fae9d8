"""The compose file and the image are what they claim, as far as can be said without Docker."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

from infra.cli.exits import Exit
from infra.cli.main import run
from infra.settings import READ_ELSEWHERE, Settings, environment_name

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text().replace("\\\n", " ")
SETTINGS = {environment_name(name, field) for name, field in Settings.model_fields.items()}
PACKAGES = ("domain", "workflows", "activities", "api", "infra")
SERVICE_KEYS = {  # the part of the compose specification we use
    "build", "command", "configs", "depends_on", "deploy", "environment", "healthcheck", "image",
    "ports", "restart", "volumes",
}  # fmt: skip
CONDITIONS = {"service_healthy", "service_completed_successfully", "service_started"}
DURATION = re.compile(r"\d+(ms|s|m|h)")
MOST_MEMORY = 2048  # MB


def _copied() -> Iterator[str]:
    for line in DOCKERFILE.splitlines():
        if line.startswith("COPY ") and "--from=" not in line:
            yield from line.split()[1:-1]


def test_the_compose_file_uses_known_keys_only() -> None:
    assert {key for key in COMPOSE if not key.startswith("x-")} == {
        "name",
        "services",
        "volumes",
        "configs",
    }
    for name, service in SERVICES.items():
        assert set(service) <= SERVICE_KEYS, name
        assert service["restart"] in {"no", "unless-stopped"}, name


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned(name: str) -> None:
    tag = SERVICES[name]["image"].partition(":")[2]
    assert re.match(r"\d+\.\d+", tag), SERVICES[name]["image"]


@pytest.mark.parametrize("name", SERVICES)
def test_services_start_in_order_of_health(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert how["condition"] in CONDITIONS
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
        if how["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "no"
    assert name == "postgres" or SERVICES[name]["depends_on"]


def test_health_checks_are_complete() -> None:
    for service in SERVICES.values():
        if check := service.get("healthcheck"):
            assert set(check) == {"test", "interval", "timeout", "retries"}
            assert check["test"][0] == "CMD"
            assert DURATION.fullmatch(check["interval"])
            assert DURATION.fullmatch(check["timeout"])


def test_ports_are_open_on_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in ports)


def test_volumes_are_declared_and_used() -> None:
    used = {one.partition(":")[0] for s in SERVICES.values() for one in s.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_everything_together_fits_two_gigabytes() -> None:
    limits = [one["deploy"]["resources"]["limits"]["memory"] for one in SERVICES.values()]
    assert sum(int(limit.removesuffix("M")) for limit in limits) <= MOST_MEMORY


def test_every_setting_named_exists() -> None:
    ours = [one for one in SERVICES.values() if one["image"].startswith("anjuan:")]
    assert len(ours) == 3
    for service in ours:
        assert set(service["environment"]) <= SETTINGS
    text = (ROOT / "docker-compose.yml").read_text() + DOCKERFILE
    assert set(re.findall(r"\bANJUAN_[A-Z_]+", text)) <= SETTINGS | READ_ELSEWHERE


def test_every_command_of_our_services_exists(capsys: pytest.CaptureFixture[str]) -> None:
    ours = {name: one for name, one in SERVICES.items() if one["image"].startswith("anjuan:")}
    for name, service in ours.items():
        assert run([*service["command"], "--help"]) == Exit.OK, name
    assert "Usage" in capsys.readouterr().out


def test_every_path_copied_into_the_image_exists_and_is_not_ignored() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = list(_copied())
    assert {*PACKAGES, "pyproject.toml"} <= set(copied)
    for path in copied:
        assert (ROOT / path).exists(), path
        assert path.partition("/")[0] in allowed, path


def test_the_image_runs_as_an_ordinary_user_and_installs_by_hash_only() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)", final, flags=re.MULTILINE)
    assert users == ["10001"]
    assert not re.search(r"\b(curl|wget|ADD|latest)\b", DOCKERFILE)
    installs = re.findall(r"pip install (.*?)(?:&&|\n)", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in one or "--no-deps /wheels/" in one for one in installs)


def test_the_wheel_carries_every_file_of_the_packages(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    carried = set(zipfile.ZipFile(wheel).namelist())
    present = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert present <= carried


def test_who_serves_is_not_who_owns_the_schema() -> None:
    logins = {
        name: one["environment"]["DATABASE_URL"].partition("//")[2].partition(":")[0]
        for name, one in SERVICES.items()
        if "DATABASE_URL" in one.get("environment", {})
    }
    assert logins == {"migrate": "anjuan", "worker": "anjuan_web", "api": "anjuan_web"}
    made = COMPOSE["configs"]["app_login"]["content"]
    assert "anjuan_web LOGIN" in made
    assert {"source": "app_login", "target": "/docker-entrypoint-initdb.d/app_login.sql"} in (
        SERVICES["postgres"]["configs"]
    )
