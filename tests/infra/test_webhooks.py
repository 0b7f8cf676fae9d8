"""Calls to web services: where they may go, how they are signed, what is read of the reply."""

import base64
import hashlib
import hmac
import socket
import threading
from contextlib import suppress

import pytest

from domain.web import Endpoint, NoAnswer, Reply
from infra.webhooks.addresses import Address, checked, networks
from infra.webhooks.calling import MOST_REPLY, HttpWeb
from infra.webhooks.signing import new_secret, signed
from tests.receiver import receiving

LOOPBACK = networks("127.0.0.0/8")

REFUSED = {
    "loopback": "127.0.0.1",
    "loopback by another number": "127.8.9.1",
    "loopback as one number": "2130706433",
    "loopback in v6": "[::1]",
    "nowhere": "0.0.0.0",  # noqa: S104  – refused, not bound
    "nowhere in v6": "[::]",
    "private 10/8": "10.1.2.3",
    "private 172.16/12": "172.16.0.9",
    "private 192.168/16": "192.168.1.1",
    "link-local": "169.254.169.254",
    "link-local in v6": "[fe80::1]",
    "shared 100.64/10": "100.64.0.1",
    "unique local": "[fd00::1]",
    "site-local": "[fec0::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped and public": "[::ffff:8.8.8.8]",
    "compatible": "[::7f00:1]",
    "NAT64": "[64:ff9b::7f00:1]",
    "local NAT64": "[64:ff9b:1::7f00:1]",
    "6to4": "[2002:7f00:1::1]",
    "6to4 relay": "192.88.99.1",
    "Teredo": "[2001:0:1::1]",
    "multicast": "224.0.0.1",
    "multicast in v6": "[ff02::1]",
    "broadcast": "255.255.255.255",
    "documentation": "192.0.2.1",
    "reserved": "240.0.0.1",
}


@pytest.mark.parametrize("host", REFUSED.values(), ids=REFUSED)
def test_an_address_that_is_not_public_is_refused(host: str) -> None:
    found = checked(f"https://{host}/hook", ())
    assert isinstance(found, NoAnswer)
    assert found.final


@pytest.mark.parametrize(
    "url",
    [
        "http://8.8.8.8/",  # not https
        "https://8.8.8.8:8443/",  # another port
        "https://user:word@8.8.8.8/",
        "https://user@8.8.8.8/",
        "https://8.8.8.8/#part",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://8.8.8.8:99999/",
        "https://8.8.8.8\\@127.0.0.1/",
        "https://8.8.8.8/a b",
        "https://8.8.8.8/\r\nhost: x",
        "https://[::1/",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    assert isinstance(checked(url, ()), NoAnswer)


def test_a_public_address_over_https_is_where_the_call_goes() -> None:
    assert checked("https://8.8.8.8/hook?a=1", ()) == Address(
        host="8.8.8.8", port=443, ip="8.8.8.8", path="/hook?a=1", tls=True
    )
    assert isinstance(checked("https://[2606:4700::1111]/", ()), Address)


def test_one_address_that_is_not_public_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_: object, **__: object) -> list[object]:
        return [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert isinstance(checked("https://both.example/", ()), NoAnswer)


def test_a_range_of_the_operator_allows_http_and_any_port() -> None:
    assert isinstance(checked("http://127.0.0.1:9000/", LOOPBACK), Address)
    assert isinstance(checked("http://10.0.0.1:9000/", LOOPBACK), NoAnswer)
    assert isinstance(checked("http://8.8.8.8/", LOOPBACK), NoAnswer)


def test_a_list_of_ranges_that_names_none_is_refused() -> None:
    assert networks("") == ()
    with pytest.raises(ValueError, match="does not appear"):
        networks("everything")


def test_a_call_is_signed_over_id_time_and_the_very_bytes() -> None:
    secret = new_secret()
    headers = signed(secret, "msg-1", 1_700_000_000, b'{"a": 1}')
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, b'msg-1.1700000000.{"a": 1}', hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert len(key) == 24


def _called(url: str, web: HttpWeb) -> Reply | NoAnswer:
    endpoint = Endpoint(name="x", url=url, secret=new_secret())
    return web.call(endpoint, url, "msg-1", b"{}")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with receiving() as here, receiving() as there:
        here.answers, here.location = [(302, b"")], there.url
        answer = _called(here.url, HttpWeb(LOOPBACK))
    assert answer == Reply(status=302, body=b"")
    assert there.got == []


def test_a_reply_is_read_up_to_its_limit() -> None:
    with receiving() as here:
        here.answers = [(200, b"x" * MOST_REPLY), (200, b"x" * (MOST_REPLY + 1))]
        web = HttpWeb(LOOPBACK)
        assert isinstance(_called(here.url, web), Reply)
        answer = _called(here.url, web)
    assert isinstance(answer, NoAnswer)
    assert answer.code == "call.reply_too_large"


def test_nobody_there_is_no_answer_and_no_fault() -> None:
    with receiving() as gone:
        url = gone.url
    answer = _called(url, HttpWeb(LOOPBACK))
    assert answer == NoAnswer("call.unanswered", "ConnectionRefusedError")


def test_a_secret_does_not_show_where_an_endpoint_is_printed() -> None:
    secret = new_secret()
    assert secret not in repr(Endpoint(name="x", url="https://x.example", secret=secret))


@pytest.mark.parametrize("piece", [b"x", b"HTTP/1.1 100 Continue\r\n\r\n"], ids=["head", "again"])
def test_who_trickles_is_given_up_in_time(piece: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        dripping = threading.Thread(target=_drip, args=(server, piece))
        dripping.start()
        answer = _called(f"http://127.0.0.1:{port}/", HttpWeb(LOOPBACK, timeout=0.2))
        dripping.join(10)
    assert answer == NoAnswer("call.unanswered", "TimeoutError")
    assert not dripping.is_alive()  # the line was cut while it still sent


def _drip(server: socket.socket, piece: bytes) -> None:
    """Send a piece every now and then until nobody takes it: the head of the reply has no end."""
    peer, _ = server.accept()
    with peer, suppress(OSError):
        peer.settimeout(0.05)
        if piece == b"x":
            peer.sendall(b"HTTP/1.1 200 OK\r\nx: ")
        for _ in range(100):
            peer.sendall(piece)
            with suppress(TimeoutError):
                if not peer.recv(4096):
                    return
