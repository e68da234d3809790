"""Unique names for a tenant's topics, sources, types and queries, so that many can share a server."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from sqlglot import exp

from minisql.dialect import nodes, quoted_name
from minisql.dialect.expression_generator import quote_text

_QUERY_NUMBER = re.compile(r"(?<=_)\d+$")
_PLACES = re.compile(r"\b(?P<line>[Ll]ine:? )(?P<row>\d+)(?P<column>:|, Col: )(?P<place>\d+)")

TOPIC = "KAFKA_TOPIC"
_NAMED_PROPERTIES = (TOPIC, "QUERY_ID")


class Edit(NamedTuple):
    """A piece of a text that was replaced by another."""

    start: int
    end: int
    text: str


class Rewritten(NamedTuple):
    """A statement in unique names; ``edits`` are those of the original, in order."""

    original: str
    text: str
    edits: tuple[Edit, ...]

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Where a place of the text stands in the original, both 1-based."""
        lines = self.text.split("\n")
        if line > len(lines):
            return line, column
        offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        before = self.original[: self._offset(offset)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def _offset(self, offset: int) -> int:
        moved = 0
        for edit in self.edits:
            start = edit.start + moved
            if offset < start:
                break
            if offset < start + len(edit.text):
                return edit.start
            moved += len(edit.text) - (edit.end - edit.start)
        return offset - moved


class Naming:
    """Every name gets the same suffix, which nothing else on the server has; so it can be taken off again anywhere."""

    def __init__(self) -> None:
        self.suffix = f"_KT{secrets.token_hex(4).upper()}"
        self._queries: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def unique(self, name: str) -> str:
        """The name on the server."""
        return name if self.owns(name) else name + self.suffix

    def owns(self, text: str) -> bool:
        """Whether something of the test's own is in it."""
        return self.suffix in text

    # -- to the server ------------------------------------------------------------------------------

    def rewrite(self, text: str, node: exp.Expr, more: Iterable[Edit] = ()) -> Rewritten:
        """A statement, of which ``node`` is the tree, in unique names and with ``more`` edits.

        A source that is read is given its own name as an alias, so that columns are called as they would be.
        """
        edits = sorted([*more, *(edit for each in node.walk() for edit in self._edits(each, text))])
        parts, at = [], 0
        for edit in edits:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
        rewritten = "".join([*parts, text[at:]])
        self._texts[rewritten] = text
        return Rewritten(text, rewritten, tuple(edits))

    def _edits(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        edits = _EDITS.get(type(node))
        if edits is not None:
            yield from edits(self, node, text)

    def named(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """A statement about a source or type, that has its name in ``this``."""
        yield from self._name(node.this)

    def relation(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """A source that a query reads."""
        for edit in self._name(node.this):
            alias = "" if node.args.get("alias") else f" {quoted_name(node.this.name)}"
            yield edit._replace(text=edit.text + alias)

    def _name(self, node: exp.Expr) -> Iterator[Edit]:
        unique = self.unique(node.name)
        yield Edit(node.meta["start"], node.meta["end"], quoted_name(unique))

    def topic(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """PRINT and ASSERT TOPIC: the case of the name is kept."""
        where = node.this
        yield Edit(where.meta["start"], where.meta["end"], quote_text(self.unique(where.name)))

    def subject(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """ASSERT SCHEMA: subjects are called after topics."""
        where = node.args.get("subject")
        if where is not None:
            topic, dash, side = where.name.rpartition("-")
            unique = f"{self.unique(topic)}-{side}" if dash else self.unique(side)
            yield Edit(where.meta["start"], where.meta["end"], quote_text(unique))

    def property(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """KAFKA_TOPIC and QUERY_ID in WITH."""
        value = node.expression
        if node.this.upper() in _NAMED_PROPERTIES and isinstance(value, exp.Literal):
            yield Edit(value.meta["start"], value.meta["end"], quote_text(self.unique(value.name)))

    def datatype(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """A type that was registered."""
        if node.args.get("kind") and "start" in node.meta:
            yield Edit(node.meta["start"], node.meta["end"], quoted_name(self.unique(str(node.args["kind"]))))

    def query(self, node: exp.Expr, text: str) -> Iterator[Edit]:
        """A query's id, in the numbers of an engine in the process; others' queries have no name here."""
        where = node.this
        if isinstance(where, exp.Identifier):
            ids = {own: server for server, own in self._queries.items()}
            found = ids.get(where.name) or ids.get(where.name.upper()) or self.unique(where.name)
            yield Edit(where.meta["start"], where.meta["end"], quoted_name(found))

    def started(self, query_id: str) -> None:
        """The server has started a query; an engine in the process counts its queries from 0 on."""
        own = query_id.removesuffix(self.suffix)
        if own == query_id:
            own = _QUERY_NUMBER.sub(str(len(self._queries)), query_id.replace(self.suffix, ""))
        self._queries.setdefault(query_id, own)

    # -- from the server ----------------------------------------------------------------------------

    def restored(self, value: Any) -> Any:
        """A text, or texts within lists and dicts, as if the names had never been others."""
        if isinstance(value, str):
            for rewritten, text in self._texts.items():
                value = value.replace(rewritten, text)
            if self._queries:
                ids = "|".join(map(re.escape, self._queries))
                value = re.sub(rf"\b({ids})(?!\d)", lambda match: self._queries[match[1]], value)
            return value.replace(self.suffix, "")
        if isinstance(value, dict):
            return {self.restored(name): self.restored(each) for name, each in value.items()}
        return [self.restored(each) for each in value] if isinstance(value, (list, tuple)) else value

    def restored_message(self, message: str, statement: Rewritten) -> str:
        """A refusal, with the places in it as they are in the original."""

        def place(match: re.Match[str]) -> str:
            row, column = statement.place(int(match["row"]), int(match["place"]))
            return f"{match['line']}{row}{match['column']}{column}"

        text: str = self.restored(_PLACES.sub(place, message))
        return text


_Edits = Callable[[Naming, exp.Expr, str], Iterator[Edit]]

_EDITS: dict[type[exp.Expr], _Edits] = {
    **dict.fromkeys((nodes.CreateStream, nodes.CreateTable, nodes.CreateStreamAs, nodes.CreateTableAs), Naming.named),
    **dict.fromkeys((nodes.InsertInto, nodes.InsertValues, nodes.DropStream, nodes.DropTable), Naming.named),
    **dict.fromkeys((nodes.AlterSource, nodes.Describe, nodes.RegisterType, nodes.DropType), Naming.named),
    **dict.fromkeys((nodes.Terminate, nodes.Pause, nodes.Resume, nodes.Explain), Naming.query),
    nodes.Relation: Naming.relation,
    nodes.PrintTopic: Naming.topic,
    nodes.AssertTopic: Naming.topic,
    nodes.AssertSchema: Naming.subject,
    nodes.Property: Naming.property,
    exp.DataType: Naming.datatype,
}
