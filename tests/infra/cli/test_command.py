"""The command ends with the exit codes that scripts rely on, and tells people in both languages."""

import json
import pkgutil
import subprocess
import sys

import pytest
from typer.main import get_command

from infra import cli
from infra.cli import exits
from infra.cli.exits import Exit
from infra.cli.main import build, run

CODES = {
    "OK": 0,
    "FAILURE": 1,
    "USAGE": 2,
    "NOT_FOUND": 3,
    "NOT_ALLOWED": 4,
    "CONFLICT": 5,
    "INVALID": 6,
    "TRY_LATER": 7,
    "INTERRUPTED": 130,
}


def test_the_exit_codes_never_change() -> None:
    assert {one.name: one.value for one in exits.Exit} == CODES


@pytest.mark.parametrize(
    ("words", "code"), [("law coverage", Exit.OK), ("law term no.such", Exit.USAGE)]
)
def test_the_exit_code_is_the_command_s_own_whatever_its_libraries_do_at_the_end(
    words: str, code: Exit
) -> None:
    aborting = "import atexit, os; atexit.register(os.abort); "
    command = f"{aborting}from infra.cli.main import main; main()"
    ended = subprocess.run(  # noqa: S603  – ourselves
        [sys.executable, "-c", command, *words.split()], capture_output=True, check=False
    )
    assert ended.returncode == code
    assert ended.stderr if code else ended.stdout


def test_a_defect_leaves_its_trace_and_one_whatever_libraries_do_at_the_end() -> None:
    broken = "import atexit, os; atexit.register(os.abort); import infra.cli.main as it; "
    broken += "it.build = lambda *_: 1 / 0; it.main()"
    ended = subprocess.run(  # noqa: S603  – ourselves
        [sys.executable, "-c", broken], capture_output=True, text=True, check=False
    )
    assert ended.returncode == Exit.FAILURE
    assert ended.stderr.startswith("Traceback")
    assert "ZeroDivisionError" in ended.stderr


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["no-such-command"]) == Exit.USAGE
    assert "no-such-command" in capsys.readouterr().err


def test_wrong_settings_are_told_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANJUAN_POOL_SIZE", "0")
    assert run(["config", "show"]) == Exit.USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "ANJUAN_POOL_SIZE" in shown.err
    assert "settings.invalid" in shown.err


def test_settings_are_shown_as_json_with_secrets_masked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANJUAN_SECRET_KEY", "s" * 32)
    assert run(["config", "show", "--json"]) == Exit.OK
    shown = json.loads(capsys.readouterr().out)
    assert set(shown["ANJUAN_SECRET_KEY"]) == {"*"}
    assert shown["ANJUAN_TASK_QUEUE"] == "anjuan"


def test_the_schema_of_the_settings_names_each_variable(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["config", "schema"]) == Exit.OK
    assert "TEMPORAL_ADDRESS" in json.loads(capsys.readouterr().out)["properties"]


def commands(of: object) -> dict[str, object]:
    """Return the names of a command's commands, with theirs."""
    return {name: commands(one) for name, one in getattr(of, "commands", {}).items()}


def test_a_group_loaded_alone_has_all_its_commands() -> None:
    whole = commands(get_command(build()))
    modules = {one.name for one in pkgutil.iter_modules(cli.__path__)}
    for name in modules & whole.keys():
        assert commands(get_command(build(name))) == {name: whole[name]}
    for word in ("", "--help", "up", "nothing", "law_text", "exits", "process_docs"):
        assert commands(get_command(build(word))) == whole


def test_a_command_about_the_law_loads_no_database() -> None:
    loads = "import sys; from infra.cli.main import build; build('law'); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603  – ourselves
        [sys.executable, "-c", loads], capture_output=True, text=True, check=True
    )
    assert not {"sqlalchemy", "temporalio", "domain.procedures.table"} & set(done.stdout.split())
