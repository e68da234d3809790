"""Identifiers: how they are folded, quoted and generated."""

from __future__ import annotations

ROWTIME, ROWPARTITION, ROWOFFSET = "ROWTIME", "ROWPARTITION", "ROWOFFSET"
WINDOWSTART, WINDOWEND = "WINDOWSTART", "WINDOWEND"
PSEUDO_COLUMNS = (ROWTIME, ROWPARTITION, ROWOFFSET)
WINDOW_BOUNDS = (WINDOWSTART, WINDOWEND)
SYSTEM_COLUMNS = frozenset(PSEUDO_COLUMNS + WINDOW_BOUNDS)
"""Names that no column may have ("'X' is a reserved column name...")."""


def quote(name: str) -> str:
    """The name in backquotes, as schema texts show it."""
    return "`" + name.replace("`", "``") + "`"
