"""What minisql has of ksqlDB, as Markdown tables made from its registries.

``python -m minisql.coverage README.md`` writes them into a file, between the marks that say which table belongs there.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from minisql.dialect import nodes
from minisql.errors import UnsupportedError
from minisql.formats import FORMATS, Format, value_codec
from minisql.formats.info import FormatInfo, ValueFormat
from minisql.functions.registry import builtins
from minisql.schema import Column, Namespace
from minisql.statements import HANDLERS
from minisql.statements.handlers import Refusal
from minisql.types import INTEGER

Row = tuple[str, ...]

IN_TESTS = "in SQL tests, by `minisql test`"
OF_OURS = "likewise, and not in ksqlDB's own runner"


def statements() -> Iterator[Row]:
    """Every statement as it is written, by its verb; those that the server refuses as well on their own."""
    yield "verb", "statements"
    verbs: defaultdict[str, list[str]] = defaultdict(list)
    for node, handler in HANDLERS.items():
        written = _written(node)
        tested = OF_OURS if issubclass(node, nodes.Extension) else IN_TESTS
        verbs[tested if isinstance(handler, Refusal) else written.split()[0]].append(f"`{written}`")
    for verb, written_ones in verbs.items():
        yield verb, ", ".join(written_ones)


def functions() -> Iterator[Row]:
    """The families of SHOW FUNCTIONS, a line each."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for function in builtins():
        families[function.category].append(function.name)
    yield "family", f"{sum(map(len, families.values()))} functions"
    for family, names in sorted(families.items()):
        yield family.lower(), ", ".join(names)


def formats() -> Iterator[Row]:
    """Every format of ksqlDB, and whether it is there."""
    yield "format", "what lies on the topic", "there"
    for name, kind in FORMATS.items():
        yield name, _first_line(kind).rstrip("."), "yes" if _is_there(kind) else "not yet"


TABLES: dict[str, Callable[[], Iterator[Row]]] = {"statements": statements, "functions": functions, "formats": formats}
"""What the marks name."""


def updated(text: str) -> str:
    """The text with each table between its marks made anew.

    Raises:
        KeyError: a mark names no table.
    """
    return re.sub(
        r"(<!-- coverage: (\w+) -->\n).*?(?=<!-- end of coverage -->)",
        lambda found: f"{found[1]}\n{markdown(TABLES[found[2]]())}\n",
        text,
        flags=re.DOTALL,
    )


def markdown(rows: Iterator[Row]) -> str:
    """A Markdown table; the first row is its heading."""
    heading = next(rows)
    lines = [heading, ("---",) * len(heading), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _written(node: type[Any]) -> str:
    """The grammar with which a node's docstring begins."""
    return re.sub(r"(: .*| of a source\.| \(an Identifier\)\.|(?<!\.)\.)$", "", _first_line(node))


def _first_line(described: object) -> str:
    """What a docstring says first."""
    return (described.__doc__ or "").strip().partition("\n")[0]


def _is_there(kind: Format) -> bool:
    columns = () if kind.name == "NONE" else (Column("A", INTEGER, Namespace.VALUE),)
    try:
        value_codec(ValueFormat(FormatInfo(kind.name)), columns)
    except UnsupportedError:
        return False
    return True


def main(paths: list[str]) -> None:
    """Bring the tables of these files up to date."""
    for path in map(Path, paths):
        path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
