"""What a JSON Schema amounts to for the library that Confluent's registry compares schemas with (org.everit.json.schema).

It reads a schema by its keywords into one or several simple shapes; several (a type and an enum, say) are all meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from minisql.errors import KsqlError

ALL, ANY, ONE = "allOf", "anyOf", "oneOf"

KEYWORDS: dict[str, frozenset[str]] = {
    "array": frozenset({"items", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains"}),
    "object": frozenset(
        {
            *("properties", "required", "minProperties", "maxProperties", "dependencies", "patternProperties"),
            *("additionalProperties", "propertyNames"),
        }
    ),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
}
"""The keywords that make a shape where no type is told."""

LATER_DRAFTS = ("2019-09", "2020-12")
"""Drafts that know ``unevaluatedProperties`` and ``unevaluatedItems``; for earlier ones these say nothing."""


def _in_draft_7(tree: dict[str, Any]) -> dict[str, Any]:
    """A schema of a later draft, under the keywords that draft 7 has for the same."""
    changed = {
        name: value for name, value in tree.items() if name not in ("prefixItems", "dependentRequired", "dependentSchemas")
    }
    if "prefixItems" in tree:
        changed["items"] = tree["prefixItems"]
        if "items" in tree:
            changed["additionalItems"] = tree["items"]
    dependencies = {**tree.get("dependentRequired", {}), **tree.get("dependentSchemas", {})}
    return {**changed, "dependencies": dependencies} if dependencies else changed


class Shape:
    """One simple schema.

    Attributes:
        kind: "string", "number" (integers too), "boolean", "null", "object", "array", "enum", "const", "not",
            "combined", "empty" ({}), "true" or "false".
        tree: the schema that it stands for, with all keywords.
        criterion: of a combined one, "allOf", "anyOf" or "oneOf".
        integer: whether a number has to be whole.
    """

    __slots__ = ("_parts", "_reading", "criterion", "integer", "kind", "tree")

    def __init__(
        self,
        reading: Reading,
        kind: str,
        tree: Mapping[str, Any],
        criterion: str = "",
        parts: list[Any] | None = None,
        integer: bool = False,
    ) -> None:
        self.kind = kind
        self.tree = tree
        self.criterion = criterion
        self.integer = integer
        self._reading = reading
        self._parts = parts or []

    @property
    def parts(self) -> list[Shape]:
        """What a combined schema is made of, each once; combined ones first."""
        found = {part.text: part for part in (self._reading.shape(each) for each in self._parts)}
        return sorted(found.values(), key=lambda part: part.kind != "combined")

    @property
    def text(self) -> str:
        """The same for shapes that mean the same."""
        return json.dumps([self.kind, self.criterion, self.integer, self.tree], sort_keys=True)

    @property
    def is_empty(self) -> bool:
        """Whether it takes everything."""
        return self.kind in ("empty", "true")

    def inner(self, keyword: str) -> Shape | None:
        """The shape of a keyword's schema; None where the keyword is not there."""
        return self._reading.shape(self.tree[keyword]) if keyword in self.tree else None

    def inner_all(self, keyword: str) -> dict[str, Shape]:
        """The shapes of a keyword that holds schemas by name."""
        return {name: self._reading.shape(each) for name, each in (self.tree.get(keyword) or {}).items()}

    def inner_list(self, keyword: str) -> list[Shape]:
        """The shapes of a keyword that holds a list of schemas; none where it holds a single one."""
        found = self.tree.get(keyword)
        return [self._reading.shape(each) for each in found] if isinstance(found, list) else []

    def unevaluated(self, keyword: str) -> Shape | None:
        """The shape of ``unevaluatedProperties`` or ``unevaluatedItems``, where the draft knows them."""
        return self.inner(keyword) if self._reading.later_draft else None


class Reading:
    """Reads the schemas of one document; the same schema gives the same shape.

    Args:
        root: the document.
        references: others, by the names under which ``$ref`` finds them.
    """

    def __init__(self, root: Any, references: Mapping[str, Any]) -> None:
        self._root = root
        self._references = references
        self._shapes: dict[int, Shape] = {}
        self._flags = {flag: Shape(self, "true" if flag else "false", {}) for flag in (True, False)}
        self._others: dict[str, Reading] = {}
        draft = str(root.get("$schema", "")) if isinstance(root, dict) else ""
        self.later_draft = any(each in draft for each in LATER_DRAFTS)

    def shape(self, tree: Any) -> Shape:
        """The shape of a schema; a shape is its own.

        Raises:
            KsqlError: a reference leads nowhere.
        """
        if isinstance(tree, Shape):
            return tree
        if isinstance(tree, bool) or not isinstance(tree, dict):
            return self._flags[bool(tree)]
        found = self._shapes.get(id(tree))
        if found is None:
            found = self._shapes[id(tree)] = self._read(tree)
        return found

    def _read(self, tree: dict[str, Any]) -> Shape:
        if "$ref" in tree:
            return self._referred(str(tree["$ref"]), set())
        if self.later_draft:
            tree = _in_draft_7(tree)
        simple = [*self._told(tree), *self._typed(tree), *self._sniffed(tree)]
        if not simple:
            return Shape(self, "empty", tree)
        return simple[0] if len(simple) == 1 else Shape(self, "combined", tree, ALL, list(simple))

    def _told(self, tree: dict[str, Any]) -> Iterator[Shape]:
        for kind in ("enum", "const", "not"):
            if kind in tree:
                yield Shape(self, kind, tree)
        for criterion in (ALL, ANY, ONE):
            if isinstance(tree.get(criterion), list):
                yield Shape(self, "combined", tree, criterion, tree[criterion])

    def _typed(self, tree: dict[str, Any]) -> Iterator[Shape]:
        kind = tree.get("type")
        if isinstance(kind, list):
            yield Shape(self, "combined", tree, ANY, [self._of_type(each, tree) for each in kind])
        elif kind is not None:
            yield self._of_type(kind, tree)

    def _of_type(self, kind: Any, tree: dict[str, Any]) -> Shape:
        integer = kind == "integer"
        return Shape(self, "number" if integer else str(kind), tree, integer=integer)

    def _sniffed(self, tree: dict[str, Any]) -> Iterator[Shape]:
        told = tree.get("type")
        known = {"number" if each == "integer" else each for each in (told if isinstance(told, list) else [told])}
        for kind, keywords in KEYWORDS.items():
            if kind not in known and not keywords.isdisjoint(tree):
                yield Shape(self, kind, tree)

    def _referred(self, reference: str, seen: set[str]) -> Shape:
        name, _, path = reference.partition("#")
        tree: Any = self._references.get(name) if name else self._root
        try:
            for part in path.strip("/").split("/") if path.strip("/") else ():
                tree = tree[int(part) if isinstance(tree, list) else part.replace("~1", "/").replace("~0", "~")]
        except (KeyError, IndexError, TypeError, ValueError):
            tree = None
        if tree is None or reference in seen:
            raise KsqlError(f"Unresolved $ref '{reference}'")
        if name:
            if name not in self._others:
                self._others[name] = Reading(self._references[name], self._references)
            return self._others[name].shape(tree)
        if isinstance(tree, dict) and "$ref" in tree:
            return self._referred(str(tree["$ref"]), {*seen, reference})
        return self.shape(tree)
