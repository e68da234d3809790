"""One line of CSV as commons-csv 1.4 reads and writes it (CSVFormat.DEFAULT with another delimiter)."""

from __future__ import annotations

_QUOTE = '"'
_LINE_END = "\r\n"


def split(line: str, delimiter: str) -> list[str]:
    """The fields of the first record in ``line``.

    Raises:
        ValueError: there is no record, or quotes are wrong; the text is that of ksqlDB or of commons-csv.
    """
    if _QUOTE not in line and "\n" not in line and "\r" not in line:
        if not line:
            raise ValueError("No fields in record")
        return line.split(delimiter)
    records = _records(line, delimiter)
    if not records:
        raise ValueError("No fields in record")
    return records[0]


def shown(field: str, delimiter: str, first: bool) -> str:
    """A field as it stands in a record, quoted where commons-csv does so; the ``first`` of a record more often."""
    return field if _plain(field, delimiter, first) else _quoted(field)


def _plain(field: str, delimiter: str, first: bool) -> bool:
    """Whether commons-csv 1.4 leaves a field without quotes."""
    if not field:
        return not first
    start = field[0]
    # Whatever is not an ASCII letter or digit is quoted at the start of a record.
    if start <= "#" or (first and not (start.isascii() and start.isalnum())):
        return False
    if _QUOTE in field or delimiter in field or "\n" in field or "\r" in field:
        return False
    return field[-1] > " "


def _quoted(field: str) -> str:
    return f'"{field.replace(_QUOTE, _QUOTE * 2)}"'


def _records(text: str, delimiter: str) -> list[list[str]]:
    """All records: a fault in a later one spoils the first, since ksqlDB reads them all."""
    records: list[list[str]] = []
    at = _skip_line_ends(text, 0)
    while at < len(text):
        record: list[str] = []
        more = True
        while more:
            field, at = _field(text, at, delimiter)
            record.append(field)
            more = text.startswith(delimiter, at)
            at += more
        records.append(record)
        at = _skip_line_ends(text, at)
    return records


def _skip_line_ends(text: str, at: int) -> int:
    # Empty lines are ignored.
    while at < len(text) and text[at] in _LINE_END:
        at += 1
    return at


def _field(text: str, at: int, delimiter: str) -> tuple[str, int]:
    """A field and where it ends: at a delimiter, a line end or the end of the text."""
    if text.startswith(_QUOTE, at):
        return _quoted_field(text, at + 1, delimiter)
    end = at
    while end < len(text) and text[end] != delimiter and text[end] not in _LINE_END:
        end += 1
    return text[at:end], end


def _quoted_field(text: str, at: int, delimiter: str) -> tuple[str, int]:
    start, parts = at, []
    while True:
        end = text.find(_QUOTE, at)
        if end < 0:
            raise ValueError(f"(startline {_line(text, start)}) EOF reached before encapsulated token finished")
        parts.append(text[at:end])
        if not text.startswith(_QUOTE, end + 1):
            return "".join(parts), _after_quote(text, end + 1, delimiter)
        parts.append(_QUOTE)
        at = end + 2


def _after_quote(text: str, at: int, delimiter: str) -> int:
    while at < len(text) and text[at] != delimiter and text[at] not in _LINE_END:
        if not text[at].isspace():
            raise ValueError(f"(line {_line(text, at)}) invalid char between encapsulated token and delimiter")
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return 1 + text.count("\n", 0, at)
