"""The authority of a URI: ``user@host:port``, or a name that some registry knows."""

from __future__ import annotations

import re

from minisql.functions.uri_characters import REGISTRY, SERVER, USER, legal
from minisql.types import INT_MAX

Server = tuple[str | None, int | None]
"""Host and port."""


class IllegalURI(ValueError):
    """A text is no URI."""


def check(text: str, characters: str) -> str:
    """The text itself.

    Raises:
        IllegalURI: it has other characters.
    """
    if not legal(text, characters):
        raise IllegalURI("Illegal character")
    return text


_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_PORT = re.compile(r"[0-9]*")
_SCOPE = re.compile(r"[A-Za-z0-9_.]+")


def read_authority(text: str) -> Server:
    """Host and port; a name that only a registry may know has neither.

    >>> read_authority("user:pw@example.com:8080"), read_authority("a_b")
    (('example.com', 8080), (None, None))

    Raises:
        IllegalURI: it is no authority.
    """
    is_name = legal(text, REGISTRY)
    if legal(text, SERVER + "%" if "]" in text else SERVER):
        try:
            return _server(text)
        except IllegalURI:
            if not is_name:
                raise
    if not is_name:
        raise IllegalURI("Illegal character in authority")
    return None, None


def _server(text: str) -> Server:
    user, mark, rest = text.partition("@")
    if mark:
        check(user, USER)
        text = rest
    host, rest = _bracketed(text) if text.startswith("[") else _named(text)
    if not rest:
        return host, None
    if not rest.startswith(":") or not _PORT.fullmatch(rest, 1):
        raise IllegalURI("Illegal character in port number")
    port = int(rest[1:] or -1)
    if port > INT_MAX:
        raise IllegalURI("Malformed port number")
    return host, port if port >= 0 else None


def _named(text: str) -> tuple[str, str]:
    """A name or an address of four numbers, and what comes after it."""
    host, colon, port = text.partition(":")
    if _IPV4.fullmatch(host) and all(int(number) < 256 for number in host.split(".")):
        return host, colon + port
    labels = host.removesuffix(".").split(".")
    if not all(re.fullmatch(_LABEL, label) for label in labels):
        raise IllegalURI("Illegal character in hostname")
    if len(labels) > 1 and not labels[-1][0].isalpha():
        raise IllegalURI("Illegal character in hostname")
    return host, colon + port


def _bracketed(text: str) -> tuple[str, str]:
    """An address of IPv6, and what comes after it."""
    address, bracket, rest = text[1:].partition("]")
    number, percent, scope = address.partition("%")
    if not bracket or not _is_ipv6(number) or (percent and not _SCOPE.fullmatch(scope)):
        raise IllegalURI("Malformed IPv6 address")
    return f"[{address}]", rest


def _is_ipv6(text: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True
