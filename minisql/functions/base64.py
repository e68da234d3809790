"""Base64 as Java's decoders read it."""

from __future__ import annotations

from binascii import a2b_base64

from minisql.errors import KsqlError

ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
FOR_URLS = str.maketrans("-_", "+/")


def decode(text: str) -> bytes:
    """``java.util.Base64.getDecoder().decode``: padding may be left out, nothing else.

    Raises:
        KsqlError: the text is not base64.
    """
    data = text.encode("latin-1", "replace")
    if len(data) == 1:
        raise KsqlError("Input byte[] should at least have 2 bytes for base64 bytes")
    body, padding, _ = data.partition(b"=")
    odd = next((byte for byte in body if byte not in ALPHABET), None)
    if odd is not None:
        raise KsqlError(f"Illegal base64 character {odd - (odd & 0x80) * 2:x}")
    if padding:
        _check_ending(data, len(body))
    if len(body) % 4 == 1:
        raise KsqlError("Last unit does not have enough valid bits")
    return a2b_base64(body + b"=" * (-len(body) % 4))


def _check_ending(data: bytes, size: int) -> None:
    """Refuse padding after ``size`` characters that does not fill the last four, or that something follows."""
    last = size % 4
    end = size + (2 if last == 2 else 1)
    if last == 0 or data[size:end].count(b"=") < end - size:
        raise KsqlError("Input byte array has wrong 4-byte ending unit")
    if last > 1 and len(data) > end:
        raise KsqlError(f"Input byte array has incorrect ending byte at {end}")


def decode_leniently(text: str) -> bytes:
    """commons-codec's ``Base64.decodeBase64``: up to the first padding, leaving out what is not base64.

    It knows the alphabet for URLs too; a last character that is too few bits for a byte is dropped.
    """
    known = text.partition("=")[0].translate(FOR_URLS).encode("ascii", "replace")
    kept = bytes(byte for byte in known if byte in ALPHABET)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return a2b_base64(kept + b"=" * (-len(kept) % 4))
