"""Bytes as texts, and numbers from bytes."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import KsqlError
from minisql.functions import base64 as java_base64
from minisql.functions.scalar.conversions import bigint_from_bytes, double_from_bytes, int_from_bytes
from minisql.functions.scalar.encodings import encode, from_bytes, to_bytes


@given(st.binary(), st.sampled_from(["hex", "HEX", "base64", "Base64"]))
def test_bytes_survive(data: bytes, encoding: str) -> None:
    assert to_bytes(from_bytes(data, encoding), encoding) == data


@given(st.text())
def test_texts_survive(text: str) -> None:
    assert from_bytes(to_bytes(text, "utf8"), "UTF8") == text


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"\x0a\xff", "hex", "0AFF"),
        (b"a\xffb", "ascii", "a\ufffdb"),
        (b"a\xff\xed\xa0\x80", "utf8", "a\ufffd\ufffd"),
        (b"\xff\xfe", "base64", "//4="),
    ],
)
def test_writing(data: bytes, encoding: str, expected: str) -> None:
    assert from_bytes(data, encoding) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("a", "latin1", "Unknown encoding type 'latin1'. Supported formats are 'hex', 'utf8', 'ascii', and 'base64'."),
        ("abc", "hex", "hexBinary needs to be even-length: abc"),
        ("a b ", "hex", "contains illegal character for hexBinary: a b "),
        ("YQ=", "base64", "Input byte array has wrong 4-byte ending unit"),
        ("YWJj=", "base64", "Input byte array has wrong 4-byte ending unit"),
        ("YQ==YQ==", "base64", "Input byte array has incorrect ending byte at 4"),
        ("YWJjZ", "base64", "Last unit does not have enough valid bits"),
        ("Y", "base64", "Input byte[] should at least have 2 bytes for base64 bytes"),
        ("Y\nQ=", "base64", "Illegal base64 character a"),
        ("Yé", "base64", "Illegal base64 character -17"),
    ],
)
def test_reading_what_is_wrong(text: str, encoding: str, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        to_bytes(text, encoding)
    assert caught.value.message == message


@given(st.binary())
def test_padding_may_be_left_out(data: bytes) -> None:
    text = base64.b64encode(data).decode().rstrip("=")
    assert java_base64.decode(text) == data


def test_ascii_has_question_marks_for_all_else() -> None:
    assert to_bytes("é\U0001f600\ud83d", "ascii") == b"???"


@pytest.mark.parametrize(
    ("text", "given_encoding", "wanted", "expected"),
    [
        ("0x1", "hex", "base64", "AQ=="),
        ("0xFF", "hex", "ascii", "\ufffd"),
        ("X'4142'", "hex", "utf8", "AB"),
        ("x''", "hex", "utf8", ""),
        ("é", "utf8", "HEX", "c3a9"),
        ("é", "ascii", "hex", "3f"),
        ("é", "UTF8", "ascii", "\ufffd\ufffd"),
        ("_-8 =x", "base64", "hex", "ffef"),
        ("YWJjZ", "base64", "ascii", "abc"),
    ],
)
def test_encode(text: str, given_encoding: str, wanted: str, expected: str) -> None:
    assert encode(text, given_encoding, wanted) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a", "hex", "hex"), "Supported input and output encodings are: hex, utf8, ascii and base64"),
        (("a", "utf8", "utf16"), "Supported input and output encodings are: hex, utf8, ascii and base64"),
        (("abc", "hex", "utf8"), "Odd number of characters."),
        (("ab c", "hex", "utf8"), "Illegal hexadecimal character   at index 2"),
    ],
)
def test_encode_refuses(arguments: tuple[str, str, str], message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        encode(*arguments)
    assert caught.value.message == message


@given(st.integers(-(2**31), 2**31 - 1), st.sampled_from(["big", "little"]))
def test_integers(number: int, order: str) -> None:
    data = number.to_bytes(4, order, signed=True)  # type: ignore[arg-type]
    assert int_from_bytes(data, f"{order}_ENDIAN") == number
    wide = number.to_bytes(8, order, signed=True)  # type: ignore[arg-type]
    assert bigint_from_bytes(wide, f"{order}_endian") == number


def test_no_bytes_no_number() -> None:
    assert int_from_bytes(None) is bigint_from_bytes(None, "LITTLE_ENDIAN") is double_from_bytes(None) is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, None), "Byte order must be BIG_ENDIAN or LITTLE_ENDIAN. Unknown byte order 'null'."),
        ((b"1234", "middle"), "Byte order must be BIG_ENDIAN or LITTLE_ENDIAN. Unknown byte order 'middle'."),
        ((b"123",), "Number of bytes must be equal to 4, but found 3"),
    ],
)
def test_numbers_refuse(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        int_from_bytes(*arguments)
    assert caught.value.message == message
