"""`anjuan process deploy`: each file is judged by itself, and every judgement is told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from infra.cli.exits import Exit
from infra.cli.main import run


class _Refusing(BaseHTTPRequestHandler):
    """Finds every diagram unsound."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        content = json.dumps({"code": "process.unsound", "title": "no way to the end"}).encode()
        self.send_response(422)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_refusal_is_told_also_when_the_server_is_away_for_the_next_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "bad.bpmn", tmp_path / "good.bpmn"]
    for file in files:
        file.write_text("<definitions/>")
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server:

        def answer_once() -> None:
            server.handle_request()
            server.server_close()

        thread = threading.Thread(target=answer_once)
        thread.start()
        words = ["process", "deploy", *map(str, files), "--server"]
        assert run([*words, f"http://127.0.0.1:{server.server_port}"]) == Exit.TRY_LATER
        thread.join()
    told = capsys.readouterr().err
    assert f"{files[0]}: no way to the end" in told
    assert "[server.away]" in told
