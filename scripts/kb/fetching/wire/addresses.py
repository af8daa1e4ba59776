"""What may be connected to: public addresses only, checked at the moment of connecting and pinned.

A name is resolved once; every address it has is checked, and the connection goes to a checked address itself. So no
second answer of the name server (DNS rebinding) can put a private one in its place.
"""

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from kb.fetching.failure import Failed
from kb.fetching.wire.deadline import Deadline

MOST_ADDRESSES = 4  # of one name that are tried, so that a name with hundreds does not eat the time
PORTS = {"http": 80, "https": 443}
# Beyond what Python's tables of older versions know: IETF protocol assignments (among them a metadata service), the one
# metadata service that lies among public addresses, NAT64 for local use, and segment routing.
REFUSED = tuple(map(ip_network, ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "5f00::/16")))
NAT64 = IPv6Network("64:ff9b::/96")
Ip = IPv4Address | IPv6Address


def is_allowed(ip: Ip, allow_loopback: bool = False) -> bool:
    """Whether an address is one of the public internet; an IPv6 address that carries an IPv4 one is judged by both."""
    if isinstance(ip, IPv6Address):
        if ip.scope_id or ip.is_site_local:
            return False
        inner = carried(ip)
        if inner is not None:
            return is_allowed(inner, allow_loopback)
    if ip.is_loopback:
        return allow_loopback
    named = any(ip.version == network.version and ip in network for network in REFUSED)
    return ip.is_global and not (named or ip.is_multicast or ip.is_reserved or ip.is_link_local)


def carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, compatible, 6to4, Teredo or NAT64."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    if ip in NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def target(url: str) -> tuple[SplitResult, str, int]:
    """An address as its parts, the host as it is asked of the name server, and the port.

    Raises Failed for anything but http(s), for user names in addresses, and for ports of other services.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = asked_name(parts.hostname or "")
    except (ValueError, UnicodeError):
        raise Failed("address", url=url) from None
    if parts.scheme not in PORTS:
        raise Failed("scheme", url=url)
    if not host or "@" in parts.netloc:
        raise Failed("address", url=url)
    if port < 1024 and port not in PORTS.values():  # mail, remote shells and the like
        raise Failed("port", port=port)
    return parts, host, port


def asked_name(host: str) -> str:
    """A host as the name server knows it; raises UnicodeError for what is no name."""
    return host if ":" in host else host.rstrip(".").encode("idna").decode("ascii")


def resolve(host: str, port: int, seconds: float) -> list[Ip]:
    """Every address of a host. The resolver of the system knows no limit of time: a thread of its own is left behind."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.append([])

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    answers = found[0] if found else []
    if not answers:
        raise Failed("dns", retry=True, host=host)
    return [ip_address(answer[4][0]) for answer in answers]


def connect(host: str, port: int, seconds: float, deadline: Deadline, allow_loopback: bool) -> socket.socket:
    """A connection to a checked address of a host: `seconds` for the name server and for each address, the deadline for all.

    One address that is not public refuses the host: a name with a public and a private address is no accident.
    """
    addresses = list(dict.fromkeys(resolve(host, port, min(seconds, deadline.left))))
    if not all(is_allowed(ip, allow_loopback) for ip in addresses):
        raise Failed("private", host=host)
    last: OSError | None = None
    for ip in addresses[:MOST_ADDRESSES]:
        if not (left := deadline.left):  # 0 would mean not to wait at all
            break
        try:
            return socket.create_connection((str(ip), port), timeout=min(seconds, left))
        except OSError as error:
            last = error
    raise Failed("connect", retry=True, host=host, reason=(last and last.strerror) or "timeout")
