"""Key and value formats that follow from those of sources (ksqlDB's SerdeFeaturesFactory)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from minisql.errors import KsqlError
from minisql.formats.info import FormatInfo, KeyFormat
from minisql.types import BIGINT, BYTES, DOUBLE, INTEGER, STRING, SqlPrimitive, SqlType

DEFAULT_KEY_FORMAT = "ksql.persistence.default.format.key"
WRAP_VALUES = "ksql.persistence.wrap.single.values"

BOTH_WRAPPINGS = frozenset(["JSON", "JSON_SR", "AVRO", "PROTOBUF_NOSR"])
"""Formats that can write a single column bare or as an object."""

_BARE_ONLY = frozenset(["KAFKA", "DELIMITED"])
_WRAPPED_ONLY = frozenset(["PROTOBUF"])
_WRAPPINGS = frozenset(["WRAP_SINGLES", "UNWRAP_SINGLES"])
_KAFKA_TYPES = frozenset([INTEGER, BIGINT, DOUBLE, STRING, BYTES])


def default_key_format(config: Mapping[str, str]) -> FormatInfo:
    """The key format of a stream that gets a key though its source has none."""
    return FormatInfo(str(config.get(DEFAULT_KEY_FORMAT) or "KAFKA").upper())


def key_features(info: FormatInfo, key_count: int) -> frozenset[str]:
    """UNWRAP_SINGLES, where one key column could also be written as an object."""
    return frozenset(["UNWRAP_SINGLES"]) if key_count == 1 and info.format in BOTH_WRAPPINGS else frozenset()


def value_features(info: FormatInfo, value_count: int, explicit: frozenset[str], config: Mapping[str, str]) -> frozenset[str]:
    """How a single value column is written, if WITH or the configuration says so.

    Raises:
        KsqlError: WRAP_SINGLE_VALUE does not fit the format or the number of columns.
    """
    for feature in explicit & _WRAPPINGS:
        if not _supports(info.format, feature):
            wanted = "true" if feature == "WRAP_SINGLES" else "false"
            raise KsqlError(f"Format '{info.format}' does not support 'WRAP_SINGLE_VALUE' set to '{wanted}'.")
        if value_count != 1:
            raise KsqlError("'WRAP_SINGLE_VALUE' is only valid for single-field value schemas")
        return frozenset([feature])
    configured = str(config.get(WRAP_VALUES) or "").lower()
    feature = "WRAP_SINGLES" if configured == "true" else "UNWRAP_SINGLES"
    applies = value_count == 1 and configured in ("true", "false") and _supports(info.format, feature)
    return frozenset([feature]) if applies else frozenset()


def sanitized(key_format: KeyFormat, types: Sequence[SqlType], may_change: bool = True) -> KeyFormat:
    """The format of a new internal key: JSON where the old format cannot hold it; UNWRAP_SINGLES as the count of columns asks."""
    if may_change and not _holds(key_format.info.format, types):
        key_format = KeyFormat(FormatInfo("JSON"))
    wrapped = key_format.features & _WRAPPINGS
    if len(types) == 1 and not wrapped:
        return replace(key_format, features=key_features(key_format.info, 1))
    if len(types) != 1 and wrapped:
        return replace(key_format, features=key_format.features - wrapped)
    return key_format


def _supports(format: str, feature: str) -> bool:
    if format in BOTH_WRAPPINGS:
        return True
    return format in (_WRAPPED_ONLY if feature == "WRAP_SINGLES" else _BARE_ONLY)


def _holds(format: str, types: Sequence[SqlType]) -> bool:
    if len(types) > 1 and format in ("KAFKA", "NONE"):
        return False
    return all(_holds_type(format, kind) for kind in types)


def _holds_type(format: str, kind: SqlType) -> bool:
    if format == "KAFKA":
        return kind in _KAFKA_TYPES
    if format == "DELIMITED":
        return isinstance(kind, SqlPrimitive)
    return format != "NONE"
