"""Bytes as texts: hexadecimal digits, base64, ASCII and UTF-8."""

from binascii import b2a_base64, unhexlify

from minisql.errors import KsqlError
from minisql.functions import base64
from minisql.functions.registry import scalar
from minisql.java import utf8_text

CATEGORY = "STRING"

KNOWN = ("hex", "utf8", "ascii", "base64")


@scalar("from_bytes(value BYTES, encoding STRING) -> STRING")
def from_bytes(data: bytes, encoding: str) -> str:
    """Bytes as text in an encoding: 'hex', 'utf8', 'ascii' or 'base64'.

    >>> FROM_BYTES(TO_BYTES('ksqlDB', 'utf8'), 'hex')
    '6B73716C4442'
    """
    known = _known(encoding)
    return data.hex().upper() if known == "hex" else written(data, known)


@scalar("to_bytes(value STRING, encoding STRING) -> BYTES")
def to_bytes(text: str, encoding: str) -> bytes:
    """The bytes that a text in an encoding stands for: 'hex', 'utf8', 'ascii' or 'base64'.

    >>> TO_BYTES('a3NxbERC', 'base64')
    b'ksqlDB'
    """
    known = _known(encoding)
    if known == "hex":
        return _hex_bytes(text)
    return base64.decode(text) if known == "base64" else text.encode(known, "replace")


def _known(encoding: str) -> str:
    known = encoding.lower()
    if known not in KNOWN:
        raise KsqlError(f"Unknown encoding type '{encoding}'. Supported formats are 'hex', 'utf8', 'ascii', and 'base64'.")
    return known


def _hex_bytes(text: str) -> bytes:
    if len(text) % 2:
        raise KsqlError(f"hexBinary needs to be even-length: {text}")
    try:
        return unhexlify(text)
    except ValueError:
        raise KsqlError(f"contains illegal character for hexBinary: {text}") from None


@scalar("encode(str STRING, inputEncoding STRING, outputEncoding STRING) -> STRING")
def encode(text: str, given: str, wanted: str) -> str:
    """Write a text in one encoding that stands in another: 'hex', 'utf8', 'ascii' and 'base64' are known.

    >>> ENCODE('4578616d706C6521', 'hex', 'ascii')
    'Example!'
    >>> ENCODE('Example!', 'ascii', 'base64')
    'RXhhbXBsZSE='
    """
    one, other = given.lower(), wanted.lower()
    if one == other or one not in KNOWN or other not in KNOWN:
        raise KsqlError("Supported input and output encodings are: hex, utf8, ascii and base64")
    return written(read(text, one), other)


def written(data: bytes, encoding: str) -> str:
    """Bytes as text; what is no UTF-8 or ASCII becomes Unicode's replacement character."""
    if encoding == "hex":
        return data.hex()
    if encoding == "base64":
        return b2a_base64(data, newline=False).decode()
    return utf8_text(data) if encoding == "utf8" else data.decode(encoding, "replace")


def read(text: str, encoding: str) -> bytes:
    """The bytes of a text as ENCODE reads it: it takes more for hexadecimal digits and base64 than TO_BYTES.

    Raises:
        KsqlError: the digits are not hexadecimal.
    """
    if encoding == "hex":
        return _digits(_bare_digits(text))
    return base64.decode_leniently(text) if encoding == "base64" else text.encode(encoding, "replace")


def _bare_digits(text: str) -> str:
    """The digits within ``0x...`` and ``X'...'``; an odd number of them is made even after ``0x`` only."""
    if text.startswith("0x"):
        return "0" * (len(text) % 2) + text[2:]
    return text[2:-1] if text[:2] in ("x'", "X'") and len(text) > 2 and text.endswith("'") else text


def _digits(text: str) -> bytes:
    if len(text) % 2:
        raise KsqlError("Odd number of characters.")
    for place, digit in enumerate(text):
        if digit not in "0123456789abcdefABCDEF":
            raise KsqlError(f"Illegal hexadecimal character {digit} at index {place}")
    return unhexlify(text)
