"""From the lines of a query's answer to Python objects, as ``query(..., return_objects=True)`` gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

COLUMN = re.compile(r"`((?:[^`]|``)+)` ([A-Z]+)")


def parse_columns(header: str) -> list[dict[str, str]]:
    """Names and types of the columns in a header line, such as ``{"name": "ID", "type": "STRING"}``.

    The original finds names of capitals and underscores only and takes every field of a nested type but the first
    for a column; here any name is found, and nested fields are left out.
    """
    schema = json.loads(header.rstrip().rstrip(",]").lstrip("["))["header"]["schema"]
    names = [(match[1].replace("``", "`"), match[2]) for match in COLUMN.finditer(_without_nested(schema))]
    return [{"name": name, "type": kind} for name, kind in names]


def _without_nested(schema: str) -> str:
    """The schema without what stands in angle brackets outside of quoted names."""
    depth, kept = 0, []
    for part in re.split(r"(`(?:[^`]|``)*`|<|>)", schema):
        if part == ">":
            depth -= 1
        elif part == "<":
            depth += 1
        elif depth == 0:
            kept.append(part)
    return "".join(kept)


def process_row(line: str, columns: list[dict[str, str]]) -> dict[str, Any] | None:
    """One row's line as a dict by column name; None for the line that ends the answer."""
    answer = json.loads(line.replace(",\n", "").replace("]\n", "").removesuffix("]"))
    if "finalMessage" in answer:
        return None
    return dict(zip((column["name"] for column in columns), answer["row"]["columns"], strict=False))


def process_query_result(lines: Iterator[str], return_objects: bool | None = None) -> Iterator[Any]:
    """The lines as they are, or, unless ``return_objects`` is None, a dict for each row after the header."""
    if return_objects is None:
        yield from lines
        return
    header = next(lines, None)
    if header is None:
        return
    columns = parse_columns(header)
    for line in lines:
        row = process_row(line, columns)
        if row is None:
            return
        yield row
