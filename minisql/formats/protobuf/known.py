"""The files that every Protobuf schema may import: types of Google's and Confluent's that have a meaning of their own."""

from __future__ import annotations

from functools import lru_cache

from minisql.formats.protobuf.parser import parse
from minisql.formats.protobuf.tree import File

WRAPPERS = "google/protobuf/wrappers.proto"
TIMESTAMP, DURATION = "google/protobuf/timestamp.proto", "google/protobuf/duration.proto"
DATE, TIME = "google/type/date.proto", "google/type/timeofday.proto"
DECIMAL = "confluent/type/decimal.proto"
META = "confluent/meta.proto"

_WRAPPED = {
    "Double": "double",
    "Float": "float",
    "Int64": "int64",
    "UInt64": "uint64",
    "Int32": "int32",
    "UInt32": "uint32",
    "Bool": "bool",
    "String": "string",
    "Bytes": "bytes",
}
WRAPPER_TYPES = {f"google.protobuf.{name}Value": scalar for name, scalar in _WRAPPED.items()}
"""Wrapper message to the type of its one field, ``value``."""


def _enum(name: str, *symbols: str) -> str:
    return f"enum {name} {{ " + "".join(f"{symbol} = {number}; " for number, symbol in enumerate(symbols)) + "}"


DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
MONTHS = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY"),
    *("AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)

_GOOGLE, _TYPES = "package google.protobuf;", "package google.type;"
TEXTS = {
    WRAPPERS: _GOOGLE + "".join(f"message {name}Value {{ {scalar} value = 1; }}" for name, scalar in _WRAPPED.items()),
    TIMESTAMP: _GOOGLE + "message Timestamp { int64 seconds = 1; int32 nanos = 2; }",
    DURATION: _GOOGLE + "message Duration { int64 seconds = 1; int32 nanos = 2; }",
    "google/protobuf/empty.proto": _GOOGLE + "message Empty {}",
    "google/protobuf/any.proto": _GOOGLE + "message Any { string type_url = 1; bytes value = 2; }",
    DATE: _TYPES + "message Date { int32 year = 1; int32 month = 2; int32 day = 3; }",
    TIME: _TYPES + "message TimeOfDay { int32 hours = 1; int32 minutes = 2; int32 seconds = 3; int32 nanos = 4; }",
    "google/type/calendar_period.proto": _TYPES + "enum CalendarPeriod { CALENDAR_PERIOD_UNSPECIFIED = 0; DAY = 1; WEEK = 2; "
    "FORTNIGHT = 3; MONTH = 4; QUARTER = 5; HALF = 6; YEAR = 7; }",
    "google/type/color.proto": _TYPES + f'import "{WRAPPERS}"; message Color {{ float red = 1; float green = 2; float blue = 3; '
    "google.protobuf.FloatValue alpha = 4; }",
    "google/type/datetime.proto": _TYPES + f'import "{DURATION}"; message DateTime {{ int32 year = 1; int32 month = 2; '
    "int32 day = 3; int32 hours = 4; int32 minutes = 5; int32 seconds = 6; int32 nanos = 7; "
    "oneof time_offset { google.protobuf.Duration utc_offset = 8; TimeZone time_zone = 9; } } "
    "message TimeZone { string id = 1; string version = 2; }",
    "google/type/dayofweek.proto": _TYPES + _enum("DayOfWeek", "DAY_OF_WEEK_UNSPECIFIED", *DAYS),
    "google/type/decimal.proto": _TYPES + "message Decimal { string value = 1; }",
    "google/type/expr.proto": _TYPES + "message Expr { string expression = 1; string title = 2; string description = 3; "
    "string location = 4; }",
    "google/type/fraction.proto": _TYPES + "message Fraction { int64 numerator = 1; int64 denominator = 2; }",
    "google/type/interval.proto": _TYPES + f'import "{TIMESTAMP}"; message Interval {{ google.protobuf.Timestamp start_time = 1; '
    "google.protobuf.Timestamp end_time = 2; }",
    "google/type/latlng.proto": _TYPES + "message LatLng { double latitude = 1; double longitude = 2; }",
    "google/type/money.proto": _TYPES + "message Money { string currency_code = 1; int64 units = 2; int32 nanos = 3; }",
    "google/type/month.proto": _TYPES + _enum("Month", "MONTH_UNSPECIFIED", *MONTHS),
    "google/type/phone_number.proto": _TYPES + "message PhoneNumber { message ShortCode { string region_code = 1; "
    "string number = 2; } oneof kind { string e164_number = 1; ShortCode short_code = 2; } string extension = 3; }",
    "google/type/postal_address.proto": _TYPES + "message PostalAddress { int32 revision = 1; string region_code = 2; "
    "string language_code = 3; string postal_code = 4; string sorting_code = 5; string administrative_area = 6; "
    "string locality = 7; string sublocality = 8; repeated string address_lines = 9; repeated string recipients = 10; "
    "string organization = 11; }",
    "google/type/quaternion.proto": _TYPES + "message Quaternion { double x = 1; double y = 2; double z = 3; double w = 4; }",
    "confluent/type/variant.proto": "package confluent.type; message Variant { bytes metadata = 1; bytes value = 2; }",
    DECIMAL: "package confluent.type; message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }",
    META: "package confluent; message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }",
}


LIBRARY = frozenset(
    f"google/protobuf/{name}.proto" for name in ("api", "descriptor", "field_mask", "source_context", "struct", "type")
)
"""Files that Google's library brings."""


@lru_cache(maxsize=64)
def known_file(name: str) -> File | None:
    """The file of this name, or None; raises MissingExtra for some where Google's library is not installed."""
    if name in LIBRARY:
        from minisql.formats.protobuf.serialized import library_file

        return library_file(name)
    text = TEXTS.get(name)
    return None if text is None else parse(f'syntax = "proto3"; {text}')
