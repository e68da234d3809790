"""Whether data of one Avro schema can be read with another, by Avro's rules of schema resolution."""

from __future__ import annotations

from typing import Any

from minisql.formats.avro.inference import NAMED, type_of

PROMOTIONS = {
    "long": frozenset({"int"}),
    "float": frozenset({"int", "long"}),
    "double": frozenset({"int", "long", "float"}),
    "string": frozenset({"bytes"}),
    "bytes": frozenset({"string"}),
}
"""Reader's type to the writer's types that it takes besides its own."""


def incompatibilities(reader: Any, writer: Any) -> list[str]:
    """Why the reader cannot read what the writer writes; empty when it can. Both schemas are resolved."""
    return _Comparison(reader, writer).compare(reader, writer, "")


class _Comparison:
    """Compares two schemas; ``_seen`` are the pairs of records under way."""

    def __init__(self, reader: Any, writer: Any) -> None:
        self._reader = dict(_definitions(reader))
        self._writer = dict(_definitions(writer))
        self._seen: set[tuple[str, str]] = set()

    def compare(self, reader: Any, writer: Any, path: str) -> list[str]:
        """Why a part of the reader's schema does not go with a part of the writer's."""
        reader, writer = self._defined(reader, self._reader), self._defined(writer, self._writer)
        wanted, given = type_of(reader), type_of(writer)
        if given == "union":
            return [fault for branch in _branches(writer) for fault in self.compare(reader, branch, path)]
        if wanted == "union":
            fits = any(not self.compare(branch, writer, path) for branch in _branches(reader))
            return [] if fits else [_fault("MISSING_UNION_BRANCH", path, f"reader union lacking writer type: {given.upper()}")]
        if wanted != given:
            allowed = given in PROMOTIONS.get(wanted, ())
            message = f"reader type: {wanted.upper()} not compatible with writer type: {given.upper()}"
            return [] if allowed else [_fault("TYPE_MISMATCH", path, message)]
        compare = {"record": self._records, "enum": _enums, "fixed": _fixed, "array": self._items, "map": self._items}.get(wanted)
        return [] if compare is None else compare(reader, writer, path)

    def _defined(self, tree: Any, definitions: dict[str, Any]) -> Any:
        if isinstance(tree, dict) and isinstance(tree["type"], (dict, list)):
            tree = tree["type"]
        return definitions.get(tree, tree) if isinstance(tree, str) else tree

    def _items(self, reader: Any, writer: Any, path: str) -> list[str]:
        part = "items" if reader["type"] == "array" else "values"
        return self.compare(reader[part], writer[part], f"{path}/{part}")

    def _records(self, reader: Any, writer: Any, path: str) -> list[str]:
        pair = (reader["name"], writer["name"])
        if pair in self._seen:
            return []
        self._seen.add(pair)
        found = _names(reader, writer, path)
        given = {field["name"]: field for field in writer["fields"]}
        for index, field in enumerate(reader["fields"]):
            place = f"{path}/fields/{index}"
            names = [field["name"], *field.get("aliases", ())]
            match = next((given[name] for name in names if name in given), None)
            if match is not None:
                found += self.compare(field["type"], match["type"], f"{place}/type")
            elif "default" not in field:
                found.append(_fault("READER_FIELD_MISSING_DEFAULT_VALUE", place, field["name"]))
        return found


def _definitions(tree: Any) -> list[tuple[str, Any]]:
    if isinstance(tree, list):
        return [each for branch in tree for each in _definitions(branch)]
    if not isinstance(tree, dict):
        return []
    found = [(tree["name"], tree)] if tree["type"] in NAMED else []
    for part in ("type", "items", "values"):
        if isinstance(tree.get(part), (dict, list)):
            found += _definitions(tree[part])
    for field in tree.get("fields", ()):
        found += _definitions(field["type"])
    return found


def _branches(tree: Any) -> list[Any]:
    return tree if isinstance(tree, list) else tree["type"]


def _names(reader: Any, writer: Any, path: str) -> list[str]:
    """Only the last part of names counts; a reader's aliases count, too."""
    names = [reader["name"], *reader.get("aliases", ())]
    if writer["name"].rpartition(".")[2] in [name.rpartition(".")[2] for name in names]:
        return []
    return [_fault("NAME_MISMATCH", f"{path}/name", f"expected: {writer['name']}")]


def _enums(reader: Any, writer: Any, path: str) -> list[str]:
    missing = [symbol for symbol in writer["symbols"] if symbol not in reader["symbols"]]
    found = _names(reader, writer, path)
    if missing and reader.get("default") is None:
        found.append(_fault("MISSING_ENUM_SYMBOLS", f"{path}/symbols", f"[{', '.join(missing)}]"))
    return found


def _fixed(reader: Any, writer: Any, path: str) -> list[str]:
    found = _names(reader, writer, path)
    if reader["size"] != writer["size"]:
        found.append(_fault("FIXED_SIZE_MISMATCH", f"{path}/size", f"expected: {writer['size']}, found: {reader['size']}"))
    return found


SENTENCES = {
    "FIXED_SIZE_MISMATCH": "The size of FIXED type field at path '{0}' in the %s schema does not match with the %s schema",
    "TYPE_MISMATCH": "The type (path '{0}') of a field in the %s schema does not match with the %s schema",
    "NAME_MISMATCH": "The name of the schema has changed (path '{0}')",
    "MISSING_ENUM_SYMBOLS": "The %s schema is missing enum symbols '{1}' at path '{0}' in the %s schema",
    "MISSING_UNION_BRANCH": "The %s schema is missing a type inside a union field at path '{0}' in the %s schema",
    "READER_FIELD_MISSING_DEFAULT_VALUE": (
        "The field '{1}' at path '{0}' in the %s schema has no default value and is missing in the %s schema"
    ),
}
"""What the registry says of each fault; ``%s`` stands for "new" and "old", or the other way round."""


def _fault(kind: str, path: str, information: str) -> str:
    description = SENTENCES[kind].format(path or "/", information)
    return f"{{errorType:'{kind}', description:'{description}', additionalInfo:'{information}'}}"
