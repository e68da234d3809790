"""ksqlDB's SQL: text to trees and back. The only place that knows sqlglot's parser."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from minisql.dialect.generator import schema_text, sql, text
from minisql.dialect.reading import parse, parse_expression
from minisql.dialect.scripts import StatementText, check_script, parse_script, read_script
from minisql.dialect.words import RESERVED, needs_quotes, quoted_name

if TYPE_CHECKING:
    from minisql.dialect.formatting import formatted
    from minisql.dialect.ksql import Ksql
    from minisql.dialect.variables import substitute

__all__ = [
    "RESERVED",
    "Ksql",
    "StatementText",
    "check_script",
    "formatted",
    "needs_quotes",
    "parse",
    "parse_expression",
    "parse_script",
    "read_script",
    "quoted_name",
    "schema_text",
    "sql",
    "substitute",
    "text",
]

_SELDOM = {"Ksql": "ksql", "formatted": "formatting", "substitute": "variables"}


def __getattr__(name: str) -> Any:
    """What few programs need is imported when it is asked for."""
    if name not in _SELDOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_SELDOM[name]}"), name)
