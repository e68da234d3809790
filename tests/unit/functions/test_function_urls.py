"""URLs, as Java's URI takes them to pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import KsqlError
from minisql.functions.java_uri import URI, parse
from minisql.functions.scalar.urls import (
    url_decode_param,
    url_encode_param,
    url_extract_host,
    url_extract_parameter,
    url_extract_query,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", URI(path="")),
        ("a/b?c", URI(path="a/b", query="c")),
        ("mailto:me@example.com?x#f", URI("mailto", fragment="f")),
        ("file:///etc", URI("file", path="/etc")),
        ("//host?q", URI(host="host", path="", query="q")),
        ("http://u:p@a-b.c1.:80", URI("http", "a-b.c1.", 80, "")),
        ("http://host:", URI("http", "host", None, "")),
        ("http://under_score:80/", URI("http", path="/")),
        ("http://1.2.3.4", URI("http", "1.2.3.4", None, "")),
        ("http://1.2.3.256", URI("http", path="")),
        ("http://[::1]:99/x", URI("http", "[::1]", 99, "/x")),
        ("http://[fe80::1%25en0]", URI("http", "[fe80::1%25en0]", None, "")),
        ("http://é/é?é#é", URI("http", path="/é", query="é", fragment="é")),
        ("?a[b]=%C3%A9%FF", URI(path="", query="a[b]=é\ufffd")),
    ],
)
def test_parts(text: str, expected: URI) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "http:", ":a", "1a:b", "http://", "a b", "a\u00a0b", "%zz", "http://[::1", "http://[zz]", "#a#b", "/a[b]", "http://a|b",
        "http://[fe80::1%25a-b]", "http://[::1]:99999999999",
    ],
)  # fmt: skip
def test_what_is_no_url(text: str) -> None:
    with pytest.raises(KsqlError) as caught:
        url_extract_host(text)
    assert caught.value.message == f"URL input has invalid syntax: {text}"


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        ("?a=1&b=2&a=3", "a", "1"),
        ("?a=1&b", "b", ""),
        ("?a=1=2", "a", "1=2"),
        ("?a=1%26b=2", "b", "2"),
        ("?A=1", "a", None),
        ("?", "", ""),
        ("/path", "", None),
    ],
)
def test_parameters(url: str, name: str, expected: str | None) -> None:
    assert url_extract_parameter(url, name) == expected


def test_plus_is_a_plus_in_a_query() -> None:
    assert url_extract_query("?a+b%20c") == "a+b c"


@given(st.text())
def test_parameters_survive(text: str) -> None:
    encoded = url_encode_param(text)
    assert encoded.isascii()
    assert " " not in encoded
    assert url_decode_param(encoded) == text


def test_what_is_safe() -> None:
    assert url_encode_param("aZ09-_.* ~'é") == "aZ09-_.*+%7E%27%C3%A9"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a%", "URLDecoder: Incomplete trailing escape (%) pattern"),
        ("a%2", "URLDecoder: Incomplete trailing escape (%) pattern"),
        ("%2xa", 'URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 1 in: "2x"'),
        ("%zz", 'URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"'),
    ],
)
def test_broken_escapes(text: str, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        url_decode_param(text)
    assert caught.value.message == message
