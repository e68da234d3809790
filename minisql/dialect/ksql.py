"""The sqlglot dialect of ksqlDB."""

from __future__ import annotations

from sqlglot import tokens
from sqlglot.dialects.dialect import Dialect
from sqlglot.tokenizer_core import Token

from minisql.dialect.generator import KsqlGenerator
from minisql.dialect.parser import KsqlParser
from minisql.dialect.tokenizer import tokenize


class KsqlTokenizer(tokens.Tokenizer):
    """ksqlDB's lexical rules under sqlglot's name for them."""

    def tokenize(self, sql: str) -> list[Token]:
        """The tokens of ``sql``; line and col are those of a token's first character, 1-based."""
        return tokenize(sql)


class Ksql(Dialect):
    """ksqlDB's SQL: names fold to upper case."""

    Tokenizer = KsqlTokenizer
    Parser = KsqlParser
    Generator = KsqlGenerator
