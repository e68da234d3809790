"""Rows of Python values."""

from __future__ import annotations

import pytest

import minisql
from minisql.row import to_python
from minisql.types import DATE, TIMESTAMP, SqlArray, SqlType


@pytest.mark.parametrize(("kind", "value"), [(DATE, 2**31 - 1), (DATE, -(2**31)), (TIMESTAMP, 2**63 - 1), (TIMESTAMP, -(2**63))])
def test_times_that_python_has_not_are_told_as_such(kind: SqlType, value: int) -> None:
    with pytest.raises(minisql.DataError, match=f"a {kind} of {value} .* since 1970 lies beyond .* CAST it AS STRING"):
        to_python(kind)(value)  # type: ignore[misc]
    with pytest.raises(minisql.DataError):
        to_python(SqlArray(kind))([None, value])  # type: ignore[misc]
