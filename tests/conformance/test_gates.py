"""The gates of a conformance run: read off what it prints."""

import stat
from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.gates import finished, gates

PRINTED = """== run
FAIL loops/One#1 (tier 2): status stuck, not completed
group  tests, tier 1  cases, tier 1  tests, tier 2  cases, tier 2
loops  1/1            4/4            1/2            {second}
all    1/1            {first}            1/2            {second}
== static
group  must reject  must accept, tier 1  must accept, tier 2
flows  9/10         -                    -
all    {wrong}        {sound}                  {others}
20 passed, 3 failed
"""
WELL = {"first": "4/4", "second": "4/5", "wrong": "19/20", "sound": "3/3", "others": "4/5"}


def test_gates_hold_where_enough_passed() -> None:
    assert all(gate.kept for gate in gates(PRINTED.format(**WELL)))


@pytest.mark.parametrize(
    ("place", "share", "name"),
    [
        ("first", "3/4", "cases, tier 1"),
        ("second", "3/5", "cases, tier 2"),
        ("wrong", "18/20", "must reject"),
        ("sound", "2/3", "must accept, tier 1"),
        ("others", "3/5", "must accept, tier 2"),
        ("first", "-", "cases, tier 1"),
    ],
)
def test_a_gate_is_broken_where_too_little_passed_or_nothing_ran(
    place: str, share: str, name: str
) -> None:
    found = gates(PRINTED.format(**WELL | {place: share}))
    assert [gate.name for gate in found if not gate.kept] == [name]
    assert "BROKEN" in str(next(gate for gate in found if not gate.kept))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        (PRINTED.format(**WELL), 0),
        (PRINTED.format(**WELL | {"second": "0/5"}), 1),
        ("run.py: no cases.json here\n", 2),
        ("", 2),
    ],
)
def test_the_exit_code_says_whether_the_gates_hold(
    printed: str, code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cli = tmp_path / "cli"
    cli.write_text("#!/bin/sh\n", encoding="utf-8")
    cli.chmod(cli.stat().st_mode | stat.S_IXUSR)
    run = f"import sys\nsys.stdout.write({printed!r})\nsys.exit(1)\n"
    (tmp_path / "run.py").write_text(run, encoding="utf-8")
    assert main(str(tmp_path), str(cli)) == code
    assert printed in capfd.readouterr().out
    assert finished(printed) is (code != 2)
