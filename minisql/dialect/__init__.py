"""ksqlDB's SQL: text to trees and back. The only place that knows sqlglot's parser."""

from minisql.dialect.formatting import formatted
from minisql.dialect.generator import schema_text, sql, text
from minisql.dialect.ksql import Ksql
from minisql.dialect.reading import parse, parse_expression
from minisql.dialect.scripts import StatementText, check_script, parse_script
from minisql.dialect.variables import substitute
from minisql.dialect.words import RESERVED, needs_quotes, quoted_name

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
    "quoted_name",
    "schema_text",
    "sql",
    "substitute",
    "text",
]
