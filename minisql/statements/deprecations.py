"""What ksqlDB still takes, and says of it that it will not for ever (its DeprecatedStatementsChecker)."""

from __future__ import annotations

from minisql.dialect.nodes import JoinedSource, Query
from minisql.metastore import Metastore

NO_GRACE = (
    "DEPRECATION NOTICE: Stream-stream joins statements without a GRACE PERIOD will not be accepted in a future ksqlDB "
    "version.\nPlease use the GRACE PERIOD clause as specified in "
    "https://docs.ksqldb.io/en/latest/developer-guide/ksqldb-reference/select-push-query/"
)


def notices(query: Query, metastore: Metastore) -> tuple[str, ...]:
    """The notices for the query of a CREATE ... AS SELECT, whose sources are there."""
    joins = query.args.get("joins") or ()
    if not joins or _is_table(query.args["source"].this.name, metastore):
        return ()
    return (NO_GRACE,) if any(_lacks_grace(join, metastore) for join in joins) else ()


def _lacks_grace(join: JoinedSource, metastore: Metastore) -> bool:
    if _is_table(join.this.this.name, metastore):
        return False
    within = join.args.get("within")
    return within is None or within.args.get("grace") is None


def _is_table(name: str, metastore: Metastore) -> bool:
    return metastore.sources[name].is_table
