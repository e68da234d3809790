"""The words of ksqlDB's grammar, and when a name needs quotes because of them."""

from __future__ import annotations

import re

_RESERVED = """
ADVANCE ALL AND AS AT BEGINNING BETWEEN BY CASE CAST CATALOG CONNECTOR CONNECTORS CREATE DAYS DECIMAL DELETE DESCRIBE
DISTINCT DROP ELSE END EXISTS EXPORT EXTENDED FALSE FROM FULL GROUP HAVING HOPPING HOURS IN INNER INSERT INTO IS JOIN
LEFT LIKE LIMIT LIST LOAD MATERIALIZED MILLISECOND MILLISECONDS MINUTES MONTHS NAMESPACE NOT NULL ON OR OUTER PAUSE
PRINT PROPERTIES QUERIES QUERY RENAME RESUME RETENTION RIGHT RUN SAMPLE SCRIPT SECONDS SELECT SIZE STREAM STREAMS TABLE
TERMINATE THEN TO TOPIC TOPICS TRUE TUMBLING UNSET VALUES VIEW WHEN WHERE WINDOW WITH WITHIN YEARS
"""
_NON_RESERVED = """
ADD ALTER ANALYZE ARRAY ASSERT CHANGES COLUMN COLUMNS DATE DAY DEFINE EMIT ESCAPE EXPLAIN FINAL FUNCTION FUNCTIONS
GRACE HEADER HEADERS HOUR ID IF INTEGER INTERVAL KEY MAP MINUTE MONTH PARTITION PARTITIONS PERIOD PLUGINS PRIMARY
REPLACE RESET SCHEMA SECOND SESSION SET SHOW SINK SOURCE STRING STRUCT SUBJECT SYSTEM TABLES TIME TIMEOUT TIMESTAMP
TYPE TYPES UNDEFINE VARIABLES YEAR ZONE
"""

RESERVED: frozenset[str] = frozenset(_RESERVED.split())
"""Words that are no names unless quoted."""

NON_RESERVED: frozenset[str] = frozenset(_NON_RESERVED.split())
"""Words of the grammar that are names as well."""

UNITS: frozenset[str] = frozenset(
    ("DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS")
)
"""Units of a duration."""

_NAME = re.compile(r"[A-Z_][A-Z0-9_@]*|[0-9][A-Z0-9_@]*[A-Z_@][A-Z0-9_@]*|\$\{[A-Z_][A-Z0-9_@]*\}")
_FLOAT = re.compile(r"[0-9]+E[0-9]+")


def needs_quotes(name: str) -> bool:
    """Whether ``name`` has to be quoted to be read as the same name."""
    return name in RESERVED or _NAME.fullmatch(name) is None or _FLOAT.fullmatch(name) is not None


def quoted_name(name: str) -> str:
    """``name`` as SQL, in backquotes only where ksqlDB needs them."""
    return "`" + name.replace("`", "``") + "`" if needs_quotes(name) else name
