"""Conditional functions: what comes in the place of NULL."""

from typing import Any

from minisql.functions.registry import scalar

CATEGORY = "CONDITIONAL"


@scalar("AS_VALUE(keyColumn T) -> T", nulls="pass", category="OTHER")
def as_value(value: Any) -> Any:
    """Its argument: copies a key column into the value of a query's result.

    >>> AS_VALUE(7)
    7
    """
    return value


@scalar("COALESCE(first T, others T...) -> T", nulls="pass")
def coalesce(*values: Any) -> Any:
    """The first argument that is not NULL.

    >>> COALESCE(CAST(NULL AS INT), 7, 8)
    7
    """
    return next((value for value in values if value is not None), None)


@scalar("IFNULL(expression T, altValue T) -> T", nulls="pass")
def ifnull(value: Any, otherwise: Any) -> Any:
    """The first argument, or the second where the first is NULL.

    >>> IFNULL(CAST(NULL AS STRING), 'none')
    'none'
    """
    return otherwise if value is None else value


@scalar("NULLIF(expr1 T, expr2 T) -> T", nulls="pass")
def nullif(value: Any, other: Any) -> Any:
    """The first argument, or NULL where it equals the second.

    >>> NULLIF('x', 'x')
    >>> NULLIF('x', 'y')
    'x'
    """
    return None if value == other else value
