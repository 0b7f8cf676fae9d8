"""Files of other tools are read or refused with a reason, and none is passed over."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.conformance.interchange import main

CLI = str(Path(sys.executable).with_name("anjuan"))
EXAMPLES = Path(__file__).parents[2] / "examples" / "processes"


def test_every_file_of_a_folder_has_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    shutil.copy(EXAMPLES / "leave-request.bpmn", tmp_path / "deep")
    (tmp_path / "broken.bpmn").write_text("<definitions>", encoding="utf-8")
    assert main(str(tmp_path), CLI) == 0
    printed = capsys.readouterr().out
    assert "1 read, 1 refused {'file.xml': 1}" in printed
    assert f"{tmp_path / 'broken.bpmn'}:" in printed


def test_a_folder_without_files_proves_nothing(tmp_path: Path) -> None:
    assert main(str(tmp_path), CLI) == 2
