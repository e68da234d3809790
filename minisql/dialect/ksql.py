"""The sqlglot dialect of ksqlDB."""

from __future__ import annotations

from sqlglot.dialects.dialect import Dialect

from minisql.dialect.generator import KsqlGenerator
from minisql.dialect.parser import KsqlParser
from minisql.dialect.tokenizer import KsqlTokenizer


class Ksql(Dialect):
    """ksqlDB's SQL: names fold to upper case."""

    Tokenizer = KsqlTokenizer
    Parser = KsqlParser
    Generator = KsqlGenerator
