"""How many persistent queries may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minisql import config
from minisql.errors import BAD_REQUEST, KsqlError

if TYPE_CHECKING:
    from minisql.engine import Engine

LIMIT = "ksql.query.persistent.active.limit"


class CapacityError(KsqlError):
    """One query more would be too many.

    Args:
        count: how many would run.
        limit: how many may.
        text: what would start them: the statement, or all of a request.
    """

    def __init__(self, count: int, limit: int, text: str) -> None:
        self._counts = count, limit
        super().__init__(
            f"Not executing statement(s) '{text}' as it would cause the number of active, persistent queries to exceed the "
            "configured limit. Use the TERMINATE command to terminate existing queries, or increase the "
            f"'{LIMIT}' setting via the 'ksql-server.properties' file. "
            f"Current persistent query count: {count}. Configured limit: {limit}.\nStatement: {text}",
            BAD_REQUEST,
            text,
        )

    def about(self, text: str) -> CapacityError:
        """The same of another text."""
        return CapacityError(*self._counts, text)


def check_capacity(engine: Engine, query_id: str, text: str) -> None:
    """Check that a query may be started, unless it takes the place of the one that has its id.

    Raises:
        CapacityError: there would be more than the server's configuration allows.
    """
    limit = config.value_of(LIMIT, engine.config)
    count = len(engine.queries) + (query_id not in engine.queries)
    if count > limit:
        raise CapacityError(count, limit, text)
