"""Hypothesis strategies of ksqlDB: rows, records, expressions, statements and whole scenarios, valid by construction.

    from hypothesis import given
    from minisql.strategies import rows

    @given(rows("id INT KEY, v DOUBLE"))
    def test_a_row_is_what_it_was(row): ...

What they give shrinks to what one would write by hand. It takes hypothesis: ``pip install 'minisql-ksqldb[hypothesis]'``.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401 - to say what to install where it is missing
except ImportError as _error:
    raise ImportError("minisql.strategies needs hypothesis: pip install 'minisql-ksqldb[hypothesis]'") from _error

from minisql.strategies.columns import column_types
from minisql.strategies.expressions import expressions
from minisql.strategies.literals import literals
from minisql.strategies.records import SourceRecord, produce, records
from minisql.strategies.rows import rows
from minisql.strategies.scenarios import scenarios
from minisql.strategies.statements import statements
from minisql.strategies.values import values

__all__ = [
    "SourceRecord",
    "column_types",
    "expressions",
    "literals",
    "produce",
    "records",
    "rows",
    "scenarios",
    "statements",
    "values",
]
