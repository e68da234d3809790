"""URLs: their parts, and their parameters' encoding."""

import re
from string import hexdigits

from minisql.errors import KsqlError
from minisql.functions.java_uri import URI, decode, parse
from minisql.functions.registry import scalar
from minisql.functions.uri_authority import IllegalURI

CATEGORY = "URL"


@scalar("url_extract_protocol(input STRING) -> STRING")
def url_extract_protocol(url: str) -> str | None:
    """The protocol of a URL; NULL where it has none.

    >>> URL_EXTRACT_PROTOCOL('https://docs.confluent.io/current')
    'https'
    """
    return parsed(url).scheme


@scalar("url_extract_host(input STRING) -> STRING")
def url_extract_host(url: str) -> str | None:
    """The host of a URL; NULL where it has none.

    >>> URL_EXTRACT_HOST('https://me@docs.confluent.io:8080/current')
    'docs.confluent.io'
    """
    return parsed(url).host


@scalar("url_extract_port(input STRING) -> INT")
def url_extract_port(url: str) -> int | None:
    """The port that a URL names; NULL where it names none.

    >>> URL_EXTRACT_PORT('https://localhost:8080/path')
    8080
    >>> URL_EXTRACT_PORT('https://localhost/path')
    """
    return parsed(url).port


@scalar("url_extract_path(input STRING) -> STRING")
def url_extract_path(url: str) -> str | None:
    """The path of a URL, decoded.

    >>> URL_EXTRACT_PATH('https://localhost/a%20b/c?d=e')
    '/a b/c'
    """
    return parsed(url).path


@scalar("url_extract_query(input STRING) -> STRING")
def url_extract_query(url: str) -> str | None:
    """The query of a URL, decoded; NULL where it has none.

    >>> URL_EXTRACT_QUERY('https://localhost/a?b=c%20d&e#f')
    'b=c d&e'
    """
    return parsed(url).query


@scalar("url_extract_fragment(input STRING) -> STRING")
def url_extract_fragment(url: str) -> str | None:
    """The fragment of a URL, decoded; NULL where it has none.

    >>> URL_EXTRACT_FRAGMENT('https://localhost/a?b=c#d%20e')
    'd e'
    """
    return parsed(url).fragment


@scalar("url_extract_parameter(input STRING, paramToFind STRING) -> STRING")
def url_extract_parameter(url: str, wanted: str) -> str | None:
    """The value of a parameter of a URL, decoded: empty for one without a value, NULL where there is none.

    >>> URL_EXTRACT_PARAMETER('https://localhost/?a=1&b=c%20d&e', 'b')
    'c d'
    """
    # ksqlDB decodes the query before it looks for parameters: an escaped & separates them too.
    query = parsed(url).query
    pairs = () if query is None else (parameter.partition("=") for parameter in query.split("&"))
    return next((value for name, _, value in pairs if name == wanted), None)


def parsed(url: str) -> URI:
    """The parts of a URL.

    Raises:
        KsqlError: it is none.
    """
    try:
        return parse(url)
    except IllegalURI:
        raise KsqlError(f"URL input has invalid syntax: {url}") from None


@scalar("url_encode_param(input STRING) -> STRING")
def url_encode_param(text: str) -> str:
    """A text as a form's parameter: blanks become +, what is special in URLs an escape.

    >>> URL_ENCODE_PARAM('url encoded, ~?')
    'url+encoded%2C+%7E%3F'
    """
    from urllib.parse import quote_plus

    return quote_plus(text, safe="*").replace("~", "%7E")


@scalar("url_decode_param(input STRING) -> STRING")
def url_decode_param(text: str) -> str:
    """The text that a form's parameter stands for.

    >>> URL_DECODE_PARAM('url+encoded%2C+%7E%3F')
    'url encoded, ~?'
    """
    broken = re.search("%(?![0-9A-Fa-f]{2})", text)
    if broken:
        raise KsqlError(_complaint(text[broken.end() : broken.end() + 2]))
    return decode(text.replace("+", " "))


def _complaint(digits: str) -> str:
    if len(digits) < 2:
        return "URLDecoder: Incomplete trailing escape (%) pattern"
    place = int(digits[0] in hexdigits)
    return f'URLDecoder: Illegal hex characters in escape (%) pattern - Error at index {place} in: "{digits}"'
