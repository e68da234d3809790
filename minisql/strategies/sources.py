"""What stands for a source: the metastore's object, a schema, a CREATE statement, or a list of columns."""

from __future__ import annotations

import re
from functools import lru_cache

from minisql.analyzer.create_source import declaration, declared_source
from minisql.codegen.datatypes import sql_type
from minisql.config import defaults
from minisql.dialect import nodes, parse, parse_expression
from minisql.errors import InterfaceError
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.metastore import Source
from minisql.schema import Schema
from minisql.types import SqlType

Columns = Source | Schema | str
"""A source; a schema, which is taken for a stream's; a CREATE statement; or columns: ``id INT KEY, v DOUBLE``."""

_CREATE = re.compile(r"\s*CREATE\b", re.IGNORECASE)
_PRIMARY_KEY = re.compile(r"\bPRIMARY\s+KEY\b", re.IGNORECASE)


def source_of(given: Columns) -> Source:
    """The source that is meant; one of a PRIMARY KEY is a table.

    Raises:
        ParseError, KsqlError: the text declares none.
        InterfaceError: it is something else.
    """
    if isinstance(given, Source):
        return given
    if isinstance(given, Schema):
        return Source("S", "STREAM", given, "s", KeyFormat(FormatInfo("JSON")), ValueFormat(FormatInfo("JSON")))
    if isinstance(given, str):
        return _declared(given)
    raise InterfaceError(f"a source is given as a Source, a Schema or text, not as {type(given).__name__}")


@lru_cache(maxsize=256)
def _declared(text: str) -> Source:
    if not _CREATE.match(text):
        kind = "TABLE" if _PRIMARY_KEY.search(text) else "STREAM"
        text = f"CREATE {kind} S ({text}) WITH (KAFKA_TOPIC='s', FORMAT='JSON')"
    node = parse(text)
    if not isinstance(node, nodes.CreateSource):
        raise InterfaceError(f"this declares no columns: {text}")
    return declared_source(declaration(node, defaults()), {}, defaults())


@lru_cache(maxsize=256)
def type_of(given: SqlType | str) -> SqlType:
    """The type that is meant by ``ARRAY<INT>`` and the like.

    Raises:
        ParseError, KsqlError: the text is no type.
    """
    return given if isinstance(given, SqlType) else sql_type(parse_expression(f"CAST(NULL AS {given})").args["to"], {})
