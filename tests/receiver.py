"""A web service on loopback: it keeps what it was sent and answers what the test says."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override


@dataclass
class Receiver:
    """What came, and what is answered: statuses and bodies in order, the last one for ever."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b"{}")])
    location: str = ""  # of redirects
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)

    def answer(self, *bodies: object, status: int = 200) -> None:
        """Answer these JSON bodies, one after the other."""
        self.answers = [(status, json.dumps(one).encode()) for one in bodies]

    def said(self, place: int = -1) -> dict[str, Any]:
        """Return the body of a call."""
        body: dict[str, Any] = json.loads(self.got[place][1])
        return body


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """Have a receiver on a free port, or on this one."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            found.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            status, content = found.answers[0]
            if len(found.answers) > 1:
                found.answers.pop(0)
            self.send_response(status)
            if found.location:
                self.send_header("location", found.location)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
