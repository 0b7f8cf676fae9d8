"""Drives each process of this folder to its end: `.venv/bin/python examples/processes/drive.py`.

Deploy them first: `anjuan process deploy examples/processes/*.bpmn`. The server is a sandbox that
may call web services on this machine: `ANJUAN_WEBHOOK_ALLOW=127.0.0.0/8 make up`. Exit 1 where
anything is not as it should be.
"""

import argparse
import base64
import hashlib
import hmac
import json
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
from typing_extensions import override

Body = dict[str, Any]
WITHIN = 60.0  # seconds for anything that happens by itself


class DriveError(Exception):
    """Something is not as it should be."""


class Person:
    """Somebody with a key of the sandbox."""

    def __init__(self, http: httpx2.Client, key: str) -> None:
        """Call as the holder of `key`."""
        self._http, self._key = http, key

    def get(self, path: str) -> Body:
        """Read a path."""
        return self._answer(self._http.get(path, headers=self._headers()))

    def post(self, path: str, body: Body) -> Body:
        """Send JSON under a fresh key."""
        headers = self._headers() | {"idempotency-key": secrets.token_hex(16), "if-match": "*"}
        return self._answer(self._http.post(path, json=body, headers=headers))

    def drop(self, path: str) -> None:
        """Delete what is there."""
        self._http.delete(path, headers=self._headers())

    def start(self, process: str, **more: object) -> str:
        """Start a case of a process and return its id."""
        answer = self.post("/cases", {"procedure": "process", "variant": process, "with": more})
        print(f"{answer['number']}  {process}: {answer['next']['sentence']}")
        return str(answer["case"])

    def do(self, case: str, name: str, **data: object) -> None:
        """Do the open task that the diagram calls `name`, with its form filled in."""
        found = [one for one in self.tasks(case) if one["label"] == name]
        expect(len(found) == 1, f"{name} is to be done")
        path = f"/tasks/{found[0]['id']}/commands"
        self.post(f"{path}/claim", {})
        answer = self.post(f"{path}/complete", {"with": {"data": data}})
        print(f"{answer['number']}  {name}: {answer['next']['sentence']}")

    def tasks(self, case: str) -> list[Body]:
        """Return the open tasks of a case."""
        return [
            self.get(f"/tasks/{one['id']}") for one in self.get(f"/cases/{case}/state")["tasks"]
        ]

    def ended(self, case: str) -> None:
        """Make sure that the case has come to its end."""
        shown = self.get(f"/cases/{case}")
        expect(shown["status"] == "closed", f"{shown['number']} is closed")

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key}"}

    def _answer(self, answer: httpx2.Response) -> Body:
        if answer.is_error:
            raise DriveError(f"{answer.request.url.path}: {answer.status_code} {answer.text}")
        body: Body = answer.json()
        return body


class Stock:
    """A web service that reserves stock: it checks signatures, and answers what it is told."""

    def __init__(self) -> None:
        """Answer nothing yet."""
        self.secret = ""
        self.url = ""
        self.answers: list[tuple[int, Body]] = []

    def reply(self, headers: Any, body: bytes) -> tuple[int, Body]:  # noqa: ANN401  – of the server
        """Return status and body of the answer to a call."""
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(f"v1,{mac}", headers["webhook-signature"]):
            return 401, {}
        asked = json.loads(body)["data"]
        status, answer = self.answers.pop(0)
        print(f"{asked['number']}  {asked['element']}: {asked['input']} → {status} {answer}")
        return status, answer


@contextmanager
def serving() -> Iterator[Stock]:
    """Have the web service on a free port of this machine."""
    stock = Stock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, answer = stock.reply(self.headers, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: `reply` tells."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stock.url = f"http://127.0.0.1:{server.server_address[1]}/stock"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield stock
    server.shutdown()


def leave(clerk: Person, reviewer: Person) -> None:
    """A leave request nobody decides: reminded after two days, passed on after five."""
    case = clerk.start("leave_request", variables={"who": "p-7"})
    begun = datetime.fromisoformat(clerk.get("/sandbox/clock")["now"])
    clerk.post("/sandbox/clock", {"advance_to": (begun + timedelta(days=2)).isoformat()})
    state = clerk.get(f"/cases/{case}/state")
    expect(state["process"]["variables"].get("reminded") is True, "the clerk was reminded")
    clerk.post("/sandbox/clock", {"advance_to": (begun + timedelta(days=5)).isoformat()})
    reviewer.do(case, "上级审批", approved=True)
    clerk.do(case, "登记休假", first_day="2026-10-12", days="2.5")
    clerk.ended(case)


def order(clerk: Person, stock: Stock) -> None:
    """Two orders: a service that fails once and then reserves, and one that is out of stock."""
    stock.answers = [(503, {}), (200, {"reservation": {"number": "R-7"}})]
    case = clerk.start("stocked_order", variables={"sku": "A-100", "quantity": 3})
    clerk.do(case, "核对订单", correct=True)
    until(lambda: "发货" in labels(clerk, case))
    state = clerk.get(f"/cases/{case}/state")
    expect(state["process"]["variables"]["reservation"] == "R-7", "the reply set a variable")
    clerk.do(case, "发货")
    clerk.ended(case)
    stock.answers = [(200, {"error": "out_of_stock"})]
    case = clerk.start("stocked_order", variables={"sku": "B-200", "quantity": 50})
    until(lambda: "另约交期" in labels(clerk, case))
    clerk.do(case, "另约交期", new_day="2026-11-02")
    clerk.do(case, "核对订单", correct=True)
    clerk.do(case, "发货")
    clerk.ended(case)


def bill(clerk: Person) -> None:
    """A bill that is paid in two parts; each payment finds it by its number."""
    key = f"bill-{secrets.token_hex(4)}"
    case = clerk.start("bill_payment", key=key)
    clerk.do(case, "核定金额", amount="99.50")
    for paid in (50, 100):
        sent: Body = {"message": "payment received", "key": key, "data": {"paid": paid}}
        answer = clerk.post("/messages", sent)
        expect(answer["case"] == case, "the message found its case")
    clerk.ended(case)


def labels(person: Person, case: str) -> set[str]:
    """Return what the open tasks of a case are called."""
    return {one["label"] for one in person.tasks(case)}


def until(holds: Any) -> None:  # noqa: ANN401  – asked again and again
    """Wait until something holds.

    Raises:
        DriveError: it does not.
    """
    end = time.monotonic() + WITHIN
    while not holds():
        expect(time.monotonic() < end, "it happens by itself")
        time.sleep(0.2)  # noqa: TID251  – waits for another process


def expect(holds: bool, what: str) -> None:  # noqa: FBT001  – what is to be true
    """Go on if it holds.

    Raises:
        DriveError: it does not.
    """
    if not holds:
        raise DriveError(f"not so: {what}")


def main() -> int:
    """Drive them all; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    server = parser.parse_args().server.rstrip("/")
    with httpx2.Client(base_url=f"{server}/api/v1", timeout=WITHIN) as http, serving() as stock:
        admin, clerk, reviewer = (
            Person(http, f"demo-{one}") for one in ("admin", "clerk", "reviewer")
        )
        try:
            admin.drop("/endpoints/stock")
            made = admin.post("/endpoints", {"name": "stock", "url": stock.url})
            stock.secret = made["secret"]
            leave(clerk, reviewer)
            order(clerk, stock)
            bill(clerk)
        except DriveError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    print("three processes, four cases, all at their end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
