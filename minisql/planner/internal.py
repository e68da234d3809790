"""Topics and stores that a query keeps for itself: their formats must hold their columns, too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minisql.causes import with_causes
from minisql.errors import KsqlError
from minisql.formats import check_key, check_value
from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.schema import Schema


class Internal(NamedTuple):
    """A repartition topic, a join's buffer, or with ``state`` the store of an aggregation.

    ``context`` is that of the step, with ``/left`` or ``/right`` for a side of a join.
    """

    key_format: KeyFormat
    value_format: FormatInfo
    schema: Schema
    state: bool = False
    context: str = ""


def check_internals(found: Iterable[Internal]) -> None:
    """Look at them in the order in which rows reach them.

    Raises:
        KsqlError: a format cannot hold the columns.
    """
    for internal in found:
        check_key(internal.key_format, internal.schema.key)
        try:
            check_value(ValueFormat(internal.value_format), internal.schema.value)
        except KsqlError as error:
            if internal.state:
                raise KsqlError(with_causes(_STATE, error.message, error.message.rpartition("reason: ")[2])) from error
            raise


_STATE = (
    "One of the functions used in the statement has an intermediate type that the value format can not handle. "
    "Please remove the function or change the format.\n"
    "Consider up-voting https://github.com/confluentinc/ksql/issues/3950, which will resolve this limitation"
)
