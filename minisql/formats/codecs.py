"""Codecs of keys and values, one for each format and set of columns."""

from __future__ import annotations

from functools import lru_cache

from minisql.errors import KsqlError
from minisql.formats.format import UNWRAP_SINGLES, WRAP_SINGLES, Format, format_of, has_map
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.formats.keys import KeyCodec, WindowedKeyCodec
from minisql.formats.rows import Fields, Rows
from minisql.schema import Column

BODILESS = frozenset(("JSON",))
"""Formats in which a key without columns is an object without fields, not null."""


def key_codec(key_format: KeyFormat, columns: tuple[Column, ...]) -> KeyCodec | WindowedKeyCodec:
    """How keys of these columns become bytes.

    Equal arguments give the same object, unless its keys must be read from their bytes even by an equal reader.

    Raises:
        KsqlError: the format is unknown, or cannot hold the columns (ksqlDB's text).
        UnsupportedError: minisql has not got the format yet.
    """
    codec, shared = _key_codec(key_format, columns)
    return codec if shared else _key_codec.__wrapped__(key_format, columns)[0]


@lru_cache(maxsize=1024)
def _key_codec(key_format: KeyFormat, columns: tuple[Column, ...]) -> tuple[KeyCodec | WindowedKeyCodec, bool]:
    check_key(key_format, columns)
    info, features = key_format.info, key_format.features
    rows = format_of(info.format).rows(_fields(columns), info, features, "key", key_format.subject)
    codec = KeyCodec(rows, len(columns), info.format in BODILESS)
    return codec if key_format.window is None else WindowedKeyCodec(codec, key_format.window), rows.shared


def value_codec(value_format: ValueFormat, columns: tuple[Column, ...]) -> Rows:
    """How rows of these columns become bytes.

    Equal arguments give the same object, unless its rows must be read from their bytes even by an equal reader.

    Raises:
        KsqlError: the format is unknown, or cannot hold the columns (ksqlDB's text).
        UnsupportedError: minisql has not got the format yet.
    """
    rows = _value_codec(value_format, columns)
    return rows if rows.shared else _value_codec.__wrapped__(value_format, columns)


@lru_cache(maxsize=1024)
def _value_codec(value_format: ValueFormat, columns: tuple[Column, ...]) -> Rows:
    check_value(value_format, columns)
    info, features = value_format.info, value_format.features
    return format_of(info.format).rows(_fields(columns), info, features, "value", value_format.subject)


def check_key(key_format: KeyFormat, columns: tuple[Column, ...]) -> None:
    """Refuse key columns that the format cannot hold.

    Raises:
        KsqlError: with ksqlDB's text.
    """
    for column in columns:
        if has_map(column.type):
            raise KsqlError(
                "Map keys, including types that contain maps, are not supported as they may lead to unexpected behavior "
                f"due to inconsistent serialization. Key column name: `{column.name}`. Column type: {column.type}. "
                "See https://github.com/confluentinc/ksql/issues/6621 for more."
            )
    _check("Key", key_format.info, key_format.features, columns)


def check_value(value_format: ValueFormat, columns: tuple[Column, ...]) -> None:
    """Refuse value columns that the format cannot hold.

    Raises:
        KsqlError: with ksqlDB's text.
    """
    _check("Value", value_format.info, value_format.features, columns)


def _check(side: str, info: FormatInfo, features: frozenset[str], columns: tuple[Column, ...]) -> None:
    if features & {WRAP_SINGLES, UNWRAP_SINGLES} and len(columns) != 1:
        raise KsqlError("Unwrapping only valid for single field")
    found = format_of(info.format)
    # ksqlDB registers schemas before it asks formats what they can hold.
    found.check_schema(columns, features)
    try:
        found.check(columns, info, features)
    except KsqlError as error:
        raise KsqlError(_refusal(side, found, features, columns, error.message)) from None


def _refusal(side: str, found: Format, features: frozenset[str], columns: tuple[Column, ...], reason: str) -> str:
    schema = f"Persistence{{columns=[{', '.join(map(str, columns))}], features=[{', '.join(sorted(features))}]}}"
    return f"{side} format does not support schema.\nformat: {found.name}\nschema: {schema}\nreason: {reason}"


def _fields(columns: tuple[Column, ...]) -> Fields:
    return tuple((column.name, column.type) for column in columns)
