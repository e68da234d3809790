"""What a check finds."""

from __future__ import annotations

from minisql.record import Record

ERROR, WARNING, UNSUPPORTED, NOTE = SEVERITIES = ("error", "warning", "unsupported", "note")
"""ksqlDB refuses it; ksqlDB takes it, but it may not do what is wanted; minisql cannot tell; more about a finding before."""


class Finding(Record):
    """Something about a statement.

    Attributes:
        file: as it was given; "<text>" for a text.
        line: 1-based.
        column: 1-based.
        severity: "error", "warning", "unsupported" or "note".
        code: what kind of finding: "syntax", "refused", ... or the name of a warning.
        message: ksqlDB's words for an error.
        statement: the statement's text as it stands in the file.
    """

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    statement: str
