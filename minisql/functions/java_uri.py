"""URIs as ``java.net.URI`` takes them to pieces: RFC 2396, with Java's deviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from minisql.functions.uri_authority import IllegalURI, check, read_authority
from minisql.functions.uri_characters import PATH, URIC
from minisql.java import utf8_text


class URI(NamedTuple):
    """The parts of a URI, decoded; None where there is none. An opaque one (``mailto:...``) has no path or query."""

    scheme: str | None = None
    host: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@lru_cache(maxsize=1000)
def parse(text: str) -> URI:
    """The parts of a URI.

    >>> parse("http://user@example.com:80/a%20b?c=d#e")
    URI(scheme='http', host='example.com', port=80, path='/a b', query='c=d', fragment='e')

    Raises:
        IllegalURI: it is none.
    """
    scheme, rest = _split_scheme(text)
    rest, mark, fragment = rest.partition("#")
    uri = URI(scheme, fragment=decode(check(fragment, URIC)) if mark else None)
    if scheme is not None and not rest.startswith("/"):
        if not rest:
            raise IllegalURI("Expected scheme-specific part")
        check(rest, URIC)
        return uri
    return _hierarchical(uri, rest, bool(mark))


def _split_scheme(text: str) -> tuple[str | None, str]:
    """The scheme, and what comes after its colon."""
    place = re.search("[:/?#]", text)
    if place is None or place[0] != ":":
        return None, text
    scheme = text[: place.start()]
    if not _SCHEME.fullmatch(scheme):
        raise IllegalURI("Illegal character in scheme name" if scheme else "Expected scheme name")
    return scheme, text[place.end() :]


def _hierarchical(uri: URI, text: str, has_fragment: bool) -> URI:
    text, mark, query = text.partition("?")
    host, port = None, None
    if text.startswith("//"):
        authority, slash, path = text[2:].partition("/")
        if not (authority or slash or mark or has_fragment):
            raise IllegalURI("Expected authority")
        host, port = read_authority(authority) if authority else (None, None)
        text = slash + path
    path = decode(check(text, PATH))
    return uri._replace(host=host, port=port, path=path, query=decode(check(query, URIC)) if mark else None)


def decode(text: str) -> str:
    """A text with its escapes replaced by the characters whose UTF-8 they are."""
    return _ESCAPES.sub(_decoded, text) if "%" in text else text


def _decoded(escapes: re.Match[str]) -> str:
    return utf8_text(bytes.fromhex(escapes[0].replace("%", "")))
