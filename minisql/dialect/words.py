"""The words of ksqlDB's grammar, and when a name needs quotes because of them."""

from __future__ import annotations

import re

_WORDS = """
STRING* EMIT* CHANGES* FINAL* SELECT FROM AS ALL DISTINCT WHERE WITHIN WINDOW GROUP BY HAVING LIMIT AT OR AND IN NOT EXISTS
BETWEEN LIKE ESCAPE* IS NULL TRUE FALSE INTEGER* DATE* TIME* TIMESTAMP* INTERVAL* YEAR* MONTH* DAY* HOUR* MINUTE*
SECOND* MILLISECOND YEARS MONTHS DAYS HOURS MINUTES SECONDS MILLISECONDS ZONE* TUMBLING HOPPING SIZE ADVANCE RETENTION
GRACE* PERIOD* CASE WHEN THEN ELSE END JOIN FULL OUTER INNER LEFT RIGHT ON PARTITION* STRUCT* WITH VALUES CREATE TABLE
TOPIC STREAM STREAMS INSERT DELETE INTO DESCRIBE EXTENDED PRINT EXPLAIN* ANALYZE* TYPE* TYPES* CAST SHOW* LIST TABLES*
TOPICS QUERY QUERIES TERMINATE PAUSE RESUME LOAD COLUMNS* COLUMN* PARTITIONS* FUNCTIONS* FUNCTION* DROP TO RENAME
ARRAY* MAP* SET* DEFINE* UNDEFINE* RESET* SESSION* SAMPLE EXPORT CATALOG PROPERTIES BEGINNING UNSET RUN SCRIPT DECIMAL
KEY* CONNECTOR CONNECTORS SINK* SOURCE* NAMESPACE MATERIALIZED VIEW PRIMARY* REPLACE* ASSERT* ADD* ALTER* VARIABLES*
PLUGINS* HEADERS* HEADER* SYSTEM* TIMEOUT* SCHEMA* SUBJECT* ID* IF*
"""

WORDS: tuple[str, ...] = tuple(_WORDS.replace("*", "").split())
"""Every word of the grammar, in the order in which ksqlDB lists them where it tells what it expected."""

NON_RESERVED: frozenset[str] = frozenset(word[:-1] for word in _WORDS.split() if word.endswith("*"))
"""Words of the grammar that are names as well (those with a star)."""

RESERVED: frozenset[str] = frozenset(WORDS) - NON_RESERVED
"""Words that are no names unless quoted."""

UNITS: frozenset[str] = frozenset(
    ("DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS")
)
"""Units of a duration."""


def plural(unit: str) -> str:
    """The unit as ksqlDB keeps it."""
    return unit if unit.endswith("S") else unit + "S"


_NAME = re.compile(r"[A-Z_][A-Z0-9_@]*|[0-9][A-Z0-9_@]*[A-Z_@][A-Z0-9_@]*|\$\{[A-Z_][A-Z0-9_@]*\}")
_FLOAT = re.compile(r"[0-9]+E[0-9]+")


def needs_quotes(name: str) -> bool:
    """Whether ``name`` has to be quoted to be read as the same name."""
    return name in RESERVED or _NAME.fullmatch(name) is None or _FLOAT.fullmatch(name) is not None


def quoted_name(name: str) -> str:
    """``name`` as SQL, in backquotes only where ksqlDB needs them."""
    return "`" + name.replace("`", "``") + "`" if needs_quotes(name) else name
