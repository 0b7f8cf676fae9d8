"""Where a call may go: https to public addresses, resolved once; more by the operator's list."""

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from domain.web import NoAnswer

Network = IPv4Network | IPv6Network
IpAddress = IPv4Address | IPv6Address
HTTPS_PORT = 443
LONGEST = 2000  # characters of an address
_ODD = re.compile(r"[\x00-\x20\x7f-\uffff\\]")
_HIDING = tuple(  # ranges that are said to be public, and lead or may lead to what is not
    ip_network(one)
    for one in (
        "::ffff:0:0/96",  # IPv4 mapped
        "::/96",  # IPv4 compatible
        "64:ff9b::/96", "64:ff9b:1::/48",  # NAT64
        "2002::/16", "192.88.99.0/24",  # 6to4
        "2001::/32",  # Teredo
        "fec0::/10",  # site-local
        "fc00::/7",  # unique local
        "100.64.0.0/10",  # shared by carriers
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address: the connection goes to `ip`, whatever the name says by then."""

    host: str
    port: int
    ip: str
    path: str  # with the query
    tls: bool


def networks(text: str) -> tuple[Network, ...]:
    """Return the ranges that a comma-separated list names.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def checked(url: str, allowed: Sequence[Network]) -> Address | NoAnswer:
    """Return where a call to `url` goes, or why it goes nowhere.

    Every address of the name must be public or in `allowed`. Only where all are in `allowed` may it
    be http, or another port than 443.
    """
    parts = _parts(url)
    if isinstance(parts, NoAnswer):
        return parts
    tls, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (HTTPS_PORT if tls else 80)
    found = _resolved(host, port)
    if isinstance(found, NoAnswer):
        return found
    ours = all(_within(one, allowed) for one in found)
    if not ours and (wrong := [one for one in found if not _public(one, allowed)]):
        return _refused(f"{wrong[0]} 不是公网地址 · is not public")
    if not ours and (not tls or port != HTTPS_PORT):
        return _refused("须为 https、443 端口 · https on port 443")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(host=host, port=port, ip=str(found[0]), path=path, tls=tls)


def _parts(url: str) -> SplitResult | NoAnswer:
    if len(url) > LONGEST or _ODD.search(url):
        return _refused("地址含不允许的字符 · characters that do not belong in an address")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname)
        plain = parts.port != 0 and "@" not in parts.netloc and not parts.fragment
    except ValueError:
        return _refused("不是地址 · no address")
    if not usable or not plain:
        return _refused("须为不含凭据的 https 地址 · an https address without credentials")
    return parts


def _resolved(host: str, port: int) -> list[IpAddress] | NoAnswer:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    except (OSError, UnicodeError, ValueError):
        return NoAnswer("call.unresolved", f"{host} 无法解析 · cannot be resolved")


def _within(ip: IpAddress, allowed: Sequence[Network]) -> bool:
    return any(ip in one for one in allowed)


def _public(ip: IpAddress, allowed: Sequence[Network]) -> bool:
    if _within(ip, allowed):
        return True
    odd = ip.is_multicast or ip.is_reserved or _within(ip, _HIDING)
    return ip.is_global and not odd


def _refused(why: str) -> NoAnswer:
    return NoAnswer("call.address_refused", why, final=True)
