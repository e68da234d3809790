"""Which features and formats ksqlDB gives to keys and values."""

from __future__ import annotations

from collections.abc import Sequence

from minisql.errors import KsqlError
from minisql.formats.format import UNWRAP_SINGLES, WRAP_SINGLES, WRAPPING, format_of
from minisql.formats.info import FormatInfo, KeyFormat
from minisql.types import SqlType


def key_features(format_name: str, columns: int) -> frozenset[str]:
    """The features of a key: single columns are unwrapped where the format could do either."""
    supported = format_of(format_name).features
    return frozenset({UNWRAP_SINGLES}) if columns == 1 and supported >= WRAPPING else frozenset()


def value_features(format_name: str, columns: int, wrap: bool | None, default: bool | None) -> frozenset[str]:
    """The features of a value.

    Args:
        wrap: the WRAP_SINGLE_VALUE property, None when it is not given.
        default: the configuration ksql.persistence.wrap.single.values.

    Raises:
        KsqlError: the property is given for a format or a number of columns that it does not suit.
    """
    found = format_of(format_name)
    if wrap is None:
        feature = _wrapping(default)
        return feature if columns == 1 and feature <= found.features else frozenset()
    feature = _wrapping(wrap)
    if not feature <= found.features:
        raise KsqlError(f"Format '{found.name}' does not support 'WRAP_SINGLE_VALUE' set to '{str(wrap).lower()}'.")
    if columns != 1:
        raise KsqlError("'WRAP_SINGLE_VALUE' is only valid for single-field value schemas")
    return feature


def suit_key_format(key_format: KeyFormat, types: Sequence[SqlType], may_change: bool) -> KeyFormat:
    """The format for a key that has got new columns.

    Where ``may_change`` holds, a format that cannot hold them becomes JSON. Unwrapping follows the number of columns.
    """
    found = format_of(key_format.info.format)
    if may_change and not ((len(types) < 2 or found.several_columns) and all(map(found.supports_key_type, types))):
        key_format = KeyFormat(FormatInfo("JSON"))
    features = key_format.features
    if len(types) != 1:
        features -= WRAPPING
    elif not features & WRAPPING:
        features |= key_features(key_format.info.format, 1)
    return KeyFormat(key_format.info, features, key_format.window)


def _wrapping(wrap: bool | None) -> frozenset[str]:
    return frozenset() if wrap is None else frozenset({WRAP_SINGLES if wrap else UNWRAP_SINGLES})
