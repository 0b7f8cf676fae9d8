"""Log lines hold allowed fields only: no texts of errors, no values of other libraries."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from infra.logs import configure

PLANTED = "p-planted"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    configure("info", "test")
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _fail() -> None:
    raise ValueError(PLANTED)


def _last(shown: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(shown.getvalue().splitlines()[-1])
    return line


def test_fields_that_are_not_on_the_list_are_dropped(shown: io.StringIO) -> None:
    structlog.get_logger("anjuan.test").info("case.seen", case="c-1", applicant=PLANTED)
    assert _last(shown)["case"] == "c-1"
    assert PLANTED not in shown.getvalue()


def test_an_exception_is_named_by_code_and_place(shown: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        structlog.get_logger("anjuan.test").exception("case.failed")
    line = _last(shown)
    assert line["fault"] == "ValueError"
    assert "test_logs.py" in str(line["place"])
    assert PLANTED not in shown.getvalue()


def test_another_library_s_line_keeps_its_text_without_values(shown: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("elsewhere").warning("row %s refused", PLANTED, exc_info=True)
    line = _last(shown)
    assert (line["event"], line["fault"]) == ("row %s refused", "ValueError")
    assert PLANTED not in shown.getvalue()
