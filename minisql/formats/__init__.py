"""Rows to bytes and back."""

from minisql.errors import SerdeError
from minisql.formats.codecs import check_key, check_value, key_codec, value_codec
from minisql.formats.features import key_features, suit_key_format, value_features
from minisql.formats.format import FORMATS, Format, base_type, delimiter_of, format_of
from minisql.formats.keys import KeyCodec, WindowedKeyCodec
from minisql.formats.rows import Rows

__all__ = [
    "FORMATS",
    "Format",
    "KeyCodec",
    "Rows",
    "SerdeError",
    "WindowedKeyCodec",
    "base_type",
    "check_key",
    "check_value",
    "delimiter_of",
    "format_of",
    "key_codec",
    "key_features",
    "suit_key_format",
    "value_codec",
    "value_features",
]
