"""One call to a web service: checked address, signed body, no redirects, a bounded reply."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from typing_extensions import override

from domain.web import Endpoint, NoAnswer, Reply, Web
from infra.webhooks.addresses import Address, Network, checked
from infra.webhooks.signing import new_secret, signed

TIMEOUT: Final = 10.0  # seconds for the whole call, below the activity's own limit
MOST_REPLY: Final = 65_536  # bytes
PIECE: Final = 8192


class HttpWeb(Web):
    """The web as the operator lets it be reached. Thread-safe."""

    def __init__(self, allowed: Sequence[Network] = (), timeout: float = TIMEOUT) -> None:
        """Allow public addresses over https, and whatever lies in `allowed`."""
        self._allowed, self._timeout = tuple(allowed), timeout

    @override
    def refused(self, url: str) -> NoAnswer | None:
        found = checked(url, self._allowed)
        return found if isinstance(found, NoAnswer) else None

    @override
    def new_secret(self) -> str:
        return new_secret()

    @override
    def call(self, endpoint: Endpoint, url: str, message: str, body: bytes) -> Reply | NoAnswer:
        address = checked(url, self._allowed)
        if isinstance(address, NoAnswer):
            return address
        headers = {
            "content-type": "application/json",
            "accept": "application/json",
            "user-agent": "anjuan",
            **signed(endpoint.secret, message, int(time.time()), body),
        }
        connection = _Pinned(address, self._timeout)
        end = threading.Timer(self._timeout, connection.cut)
        end.start()
        try:
            connection.request("POST", address.path, body, headers)
            answer = _read(connection.getresponse())
        except (OSError, http.client.HTTPException) as fault:
            answer = NoAnswer("call.unanswered", type(fault).__name__)
        finally:
            end.cancel()
            connection.close()
        return NoAnswer("call.unanswered", "TimeoutError") if connection.late else answer


def _read(response: http.client.HTTPResponse) -> Reply | NoAnswer:
    content = b""
    while piece := response.read1(PIECE):
        content += piece
        if len(content) > MOST_REPLY:
            return NoAnswer("call.reply_too_large", f"> {MOST_REPLY}", final=True)
    return Reply(status=response.status, body=content)


class _Pinned(http.client.HTTPConnection):
    """A connection to the checked address; the name stands in `Host` and in the certificate."""

    def __init__(self, address: Address, timeout: float) -> None:
        super().__init__(address.host, address.port, timeout=timeout)
        self._address, self._limit = address, timeout
        self.late = False  # whether it was cut

    def cut(self) -> None:
        """End it from another thread.

        The limit of a socket begins anew with each byte, so who trickles would hold the call.
        """
        self.late = True
        if self.sock is not None:
            with suppress(OSError):  # it may have ended by itself
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # leaves the TLS to its reader

    @override
    def connect(self) -> None:
        where = (self._address.ip, self._address.port)
        plain = socket.create_connection(where, self._limit)
        if self._address.tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._address.host)
        else:
            self.sock = plain
        if self.late:
            raise TimeoutError
