"""Table functions: one row of the result for each element of the list that they give."""

from typing import Any

from minisql.errors import KsqlError
from minisql.functions.registry import table_function
from minisql.functions.rules import item_of_first

MAX_COLUMNS = 20


@table_function("explode(list ARRAY<T>) -> T", nulls="pass")
@table_function("explode(input ARRAY<DECIMAL>) -> DECIMAL", nulls="pass", returns=item_of_first)
def explode(items: list[Any] | None) -> list[Any]:
    """One row for each element of an array.

    >>> EXPLODE(ARRAY[1, 2])
    [1, 2]
    """
    return items or []


@table_function("cube_explode(columns ARRAY<T>) -> ARRAY<T>", nulls="pass")
def cube_explode(columns: list[Any] | None) -> list[list[Any]]:
    """One row for each combination of the columns, in which those left out are NULL; at most 20 columns.

    >>> CUBE_EXPLODE(ARRAY['a', 'b'])
    [[None, None], [None, 'b'], ['a', None], ['a', 'b']]
    """
    if columns is None:
        return []
    if len(columns) > MAX_COLUMNS:
        raise KsqlError(f"cube_explode: too many columns ({len(columns)}); max is {MAX_COLUMNS}")
    rows: list[list[Any]] = [[]]
    for column in columns:
        choices = [None] if column is None else [None, column]
        rows = [[*row, choice] for row in rows for choice in choices]
    return rows
