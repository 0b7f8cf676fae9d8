"""Who plays a story on a server waits for what it has received and not yet decided."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from typing_extensions import override

from domain.case.actor import Actor
from domain.kernel.times import parse_instant
from infra.scenario.model import Scenario, Step
from infra.scenario.server import ServerStage

SCHOOL = Actor(person="p-school", role="institution.operator", name="甲校")
STEP = Step(line=1, at=parse_instant("2024-03-04T09:00:00+08:00"), by="school", do="filing.submit")
STORY = Scenario(
    title="a slow server",
    cite=(),
    actors={"school": SCHOOL},
    fixtures={},
    steps=(STEP,),
    expect={},
    codes={},
)
MADE = (201, {"tenant": "t", "keys": {"school": "k"}})


@contextmanager
def server(*answers: tuple[int, object]) -> Iterator[tuple[str, list[str | None]]]:
    """Run a server that answers so, in turn; yield its address and the keys it was sent."""
    left, keys = list(answers), list[str | None]()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            keys.append(self.headers["Idempotency-Key"])
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = left.pop(0)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        @override
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answering) as made:
        serving = threading.Thread(target=made.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{made.server_port}", keys
        made.shutdown()
        serving.join()


def test_an_act_not_yet_decided_is_sent_again_under_its_key_until_it_is() -> None:
    busy, later = (503, {"code": "service.unavailable"}), (202, {"id": "operation"})
    with server(MADE, busy, later, (201, {"case": "c-1"})) as (url, keys):
        stage = ServerStage(url)
        stage.set_up(STORY)
        answer = stage.act(STEP, None, {})
    assert (answer.code, answer.case_id) == ("", "c-1")
    assert len(set(keys[1:])) == 1
    assert len(keys) == 4
