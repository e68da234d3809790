"""Generated functions between rows and lines of CSV: nothing is looked up for a field."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable

from minisql import java
from minisql.calendar import DAY
from minisql.errors import SerdeError
from minisql.formats import csv
from minisql.formats import text as texts
from minisql.formats.rows import Fields, Row
from minisql.source import Source
from minisql.types import BYTES, STRING, SqlDecimal, SqlType


def _time(text: str) -> int:
    milliseconds = texts.parse_long(text)
    if 0 <= milliseconds <= DAY:
        return milliseconds
    raise ValueError(f"Time values must use number of milliseconds greater than 0 and less than {DAY}.")


_WHOLE = "int({0}) if len({0}) < 10 and {0}.isdecimal() else {parse}({0})"

READ: dict[str, tuple[str, Callable[[str], object] | None]] = {
    "BOOLEAN": ("{0}.lower() == 'true'", None),
    "INTEGER": (_WHOLE, texts.parse_int),
    "BIGINT": (_WHOLE, texts.parse_long),
    "DOUBLE": ("{parse}({0})", texts.parse_double),
    "STRING": ("{0}", None),
    "BYTES": ("{parse}({0})", texts.parse_unpadded_base64),
    "DATE": (_WHOLE, texts.parse_int),
    "TIME": ("{parse}({0})", _time),
    "TIMESTAMP": (_WHOLE, texts.parse_long),
}
"""Type to code that reads its text, which is never empty, and the function that the code calls ``parse``."""

PRINT: dict[str, tuple[str, Callable[..., str] | None]] = {
    "BOOLEAN": ("'true' if {0} else 'false'", None),
    "DOUBLE": ("repr({0}) if 0.001 <= {0} < 10000000.0 else {text}({0})", java.double_text),
    "STRING": ("{0}", None),
    "BYTES": ("{text}({0})", lambda data: b2a_base64(data, newline=False).decode()),
}
"""Type to code for the text of a value, and the function that the code calls ``text``; the others are printed as Python does."""


def line_reader(fields: Fields, delimiter: str, refuse: Callable[[int], SerdeError]) -> Callable[[str], Row]:
    """A function from a line to a row; the empty text is NULL.

    Args:
        refuse: the error of a line with so many fields.

    The function raises ValueError, or the error of ``refuse``.
    """
    source = Source()
    names = _names(fields)
    bind = source.bindings.bind
    with source.block("def read(line):"):
        source.line(f"fields = {bind(csv.split, 'split')}(line, {delimiter!r})")
        source.line(f"if len(fields) != {len(fields)}: raise {bind(refuse, 'refuse')}(len(fields))")
        source.line(f"[{', '.join(names)}] = fields")
        parts = [f"{_read(kind, name, source)} if {name} else None, " for (_, kind), name in zip(fields, names, strict=True)]
        source.line(f"return ({''.join(parts)})")
    return source.compile("CSV reader", "read")


def line_writer(fields: Fields, delimiter: str) -> Callable[[Row], str]:
    """A function from a row to a line."""
    source = Source()
    names = _names(fields)
    with source.block("def write(row):"):
        source.line(f"[{', '.join(names)}] = row")
        parts = [
            f"'' if {name} is None else {_shown(kind, name, delimiter, not at, source)}, "
            for at, ((_, kind), name) in enumerate(zip(fields, names, strict=True))
        ]
        source.line(f"return {delimiter!r}.join(({''.join(parts)}))")
    return source.compile("CSV writer", "write")


def _names(fields: Fields) -> list[str]:
    return [f"x{at}" for at in range(len(fields))]


def _read(kind: SqlType, name: str, source: Source) -> str:
    code, parse = ("{parse}({0})", _decimal(kind)) if isinstance(kind, SqlDecimal) else READ[str(kind)]
    return code.format(name, parse=source.bindings.bind(parse, "parse"))


def _shown(kind: SqlType, name: str, delimiter: str, first: bool, source: Source) -> str:
    """Code for the text of a field, quoted where it must be; most numbers need no look."""
    code, text = (
        PRINT.get(str(kind), ("str({0})", None)) if not isinstance(kind, SqlDecimal) else ("{text}({0})", java.decimal_text)
    )
    printed = code.format(name, text=source.bindings.bind(text, "text"))
    if not first and kind not in (STRING, BYTES) and not delimiter.isalnum() and delimiter not in "+-.":
        return f"({printed})"
    return f"{source.bindings.bind(csv.shown, 'shown')}({printed}, {delimiter!r}, {first})"


def _decimal(kind: SqlDecimal) -> Callable[[str], object]:
    return lambda text: texts.fit(texts.parse_decimal(text), kind.precision, kind.scale)
