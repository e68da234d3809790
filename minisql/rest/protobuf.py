"""Rows as Protobuf messages, in the JSON of ``application/vnd.ksql.v1+protobuf``."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from minisql.formats.connect.columns import row_schema
from minisql.formats.connect.language import PROTOBUF_NOSR
from minisql.formats.connect.rows import ConnectRows
from minisql.java import hash_order, string_hash
from minisql.query_result import QueryResult
from minisql.rest.framing import KSQL_PROTOBUF, RowFraming
from minisql.rest.text import text_of


class ProtobufFraming(RowFraming):
    """Objects like those of ``RowFraming``; the header has the message's schema, and a row its bytes."""

    media_type = KSQL_PROTOBUF

    def __init__(self, result: QueryResult) -> None:
        super().__init__(result)
        fields = tuple((column.name, column.type) for column in result.columns)
        self._schema = PROTOBUF_NOSR.made_of(row_schema(fields), {}).text
        self._encode = ConnectRows(fields, False, PROTOBUF_NOSR, (), None).encode

    def _header(self) -> str:
        schema = ", ".join(map(str, self._result.announced))
        return text_of({"header": {"queryId": self._result.query_id, "schema": schema, "protoSchema": self._schema}})

    def _element(self, row: Sequence[Any]) -> str:
        data = self._encode(tuple(map(_ordered, row)))
        return text_of({"row": {"protobufBytes": base64.b64encode(data or b"").decode()}})


def _ordered(value: Any) -> Any:
    """The value with the entries of maps in the order in which Java's HashMap gives them, which shows in the bytes."""
    if isinstance(value, dict):
        named = {"" if name is None else name: each for name, each in value.items()}  # a null is not written
        return {name: _ordered(named[name]) for name in hash_order(list(named), string_hash)}
    return [_ordered(each) for each in value] if isinstance(value, list) else value
