"""What ``/inserts-stream`` does with a target and with each row."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from minisql.analyzer.sources import alternatives
from minisql.codegen.coercion import CoercionError, coerce
from minisql.engine import Engine
from minisql.errors import BAD_REQUEST, BAD_STATEMENT, SERVER_ERROR, KsqlError
from minisql.metastore import Source
from minisql.names import quote
from minisql.runtime.codecs import source_codec
from minisql.schema import Column
from minisql.types import (
    BIGINT,
    BIGINT_MAX,
    BIGINT_MIN,
    BOOLEAN,
    BYTES,
    DOUBLE,
    INT_MAX,
    INT_MIN,
    INTEGER,
    STRING,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

FAILED = "Error in processing inserts. Check server logs for details."
"""What the server says of a row when it does not want to say more."""

_SCALARS: dict[type, SqlType] = {bool: BOOLEAN, float: DOUBLE, str: STRING}
_JAVA: dict[SqlType, str] = {BOOLEAN: "Boolean", INTEGER: "Integer", BIGINT: "Long", DOUBLE: "Double", STRING: "String"}


class Inserter:
    """Writes rows of JSON into a source.

    Args:
        engine: has the source.
        target: its name, as SQL would have it.

    Raises:
        KsqlError: there is no such source, or it may not be written to.
    """

    def __init__(self, engine: Engine, target: str) -> None:
        self._engine = engine
        self._source = _source(engine, identifier(target, "Invalid target name: "))

    def insert(self, row: Mapping[str, Any]) -> None:
        """Write a row; fields that are no columns are ignored.

        Raises:
            KsqlError: it does not fit.
        """
        values = {identifier(name, ""): value for name, value in row.items()}
        schema = self._source.schema
        keys = tuple(_key(column, values.get(column.name)) for column in schema.key)
        entry_key = keys if len(keys) > 1 else (keys[0] if keys else None)
        fields = tuple(_field(column, values.get(column.name)) for column in schema.value)
        with self._engine.lock:
            entry = (entry_key, fields, self._engine.clock.now(), ())
            self._engine.append(self._source, source_codec(self._source), [entry])


def identifier(text: str, prefix: str) -> str:
    """A name as SQL resolves it: upper case, unless it is in backquotes or double quotes.

    Raises:
        KsqlError: the quotes do not match.
    """
    if text[:1] not in ('"', "`"):
        return text.upper()
    mark = text[0]
    if len(text) < 2 or text[-1] != mark:
        raise KsqlError(f"{prefix}Expected matching quote at end of value", BAD_STATEMENT if prefix else BAD_REQUEST)
    return text[1:-1].replace(mark * 2, mark)


def _source(engine: Engine, name: str) -> Source:
    source = engine.metastore.source(name)
    if source is None:
        hint = alternatives(name, engine.metastore)
        raise KsqlError(f"Cannot insert values into an unknown stream/table: {quote(name)}{hint}")
    if source.windowed:
        raise KsqlError("Cannot insert values into windowed stream/table")
    if source.read_only:
        raise KsqlError(f"Cannot insert values into read-only topic: {source.topic}")
    return source


def _key(column: Column, value: Any) -> Any:
    if value is None:
        raise KsqlError(f"Key field must be specified: {column.name}", BAD_REQUEST)
    return _coerced(value, column.type)


def _field(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type == BYTES:
        return _bytes(value)
    return _coerced(value, column.type)


def _bytes(value: Any) -> bytes:
    """Bytes in base64, which are read at the top level of a row only."""
    try:
        return base64.b64decode(value, validate=True)
    except (ValueError, TypeError):
        raise KsqlError(FAILED, SERVER_ERROR) from None


def _coerced(value: Any, kind: SqlType) -> Any:
    try:
        return _coerce(value, kind)
    except CoercionError:
        raise KsqlError(f"Can't coerce a field of type class {_java_class(value)} into type {kind}", BAD_REQUEST) from None
    except ArithmeticError:
        raise KsqlError(FAILED, SERVER_ERROR) from None


def _coerce(value: Any, kind: SqlType) -> Any:
    if value is None:
        return None
    if isinstance(kind, SqlDecimal) and isinstance(value, (float, str)):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-kind.scale), ROUND_HALF_UP)
    if isinstance(kind, (SqlArray, SqlMap, SqlStruct)):
        return _nested(value, kind)
    if isinstance(value, (list, dict)):
        raise CoercionError
    return coerce(value, _given(value), kind)


def _nested(value: Any, kind: SqlArray | SqlMap | SqlStruct) -> Any:
    if isinstance(kind, SqlArray):
        if not isinstance(value, list):
            raise CoercionError
        return [_coerce(item, kind.item) for item in value]
    if not isinstance(value, dict):
        raise CoercionError
    if isinstance(kind, SqlMap):
        return {_coerce(name, kind.key): _coerce(item, kind.value) for name, item in value.items()}
    fields = {identifier(name, ""): item for name, item in value.items()}
    return {name: _coerce(fields.get(name), inner) for name, inner in kind.fields}


def _given(value: Any) -> SqlType:
    if type(value) is int:
        if not BIGINT_MIN <= value <= BIGINT_MAX:
            raise CoercionError
        return INTEGER if INT_MIN <= value <= INT_MAX else BIGINT
    return _SCALARS[type(value)]


def _java_class(value: Any) -> str:
    """The class that the server's JSON library gives a value."""
    if isinstance(value, dict):
        return "io.vertx.core.json.JsonObject"
    if isinstance(value, list):
        return "io.vertx.core.json.JsonArray"
    try:
        return f"java.lang.{_JAVA[_given(value)]}"
    except CoercionError:
        return "java.math.BigInteger"
