"""Between Connect's values and what fastavro reads and writes.

fastavro is given schemas without logical types: these are turned here, as AvroData does it. In a union of several
types every branch is marked, so that what was read tells which it was.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any, NamedTuple

from minisql.formats.avro.inference import NAMED, UNION, branch_name, type_of
from minisql.formats.avro.naming import field_name
from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema

Turn = Callable[[Any], Any]

BRANCH = "minisql-branch"
_EXACT = Context(prec=2_000_000)


class Branch(NamedTuple):
    """A value of a union and the name of its branch."""

    name: str
    value: Any


def plain(tree: Any) -> Any:
    """A resolved schema without logical types, the branches of unions marked."""
    if isinstance(tree, list):
        marked = sum(type_of(each) != "null" for each in tree) > 1
        return [_marked(each) if marked else plain(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {name: tree[name] for name in ("type", "name", "symbols", "size") if name in tree}
    for part in ("type", "items", "values"):
        if part in tree:
            kept[part] = plain(tree[part])
    if "fields" in tree:
        kept["fields"] = [{"name": each["name"], "type": plain(each["type"])} for each in tree["fields"]]
    return kept


def _marked(tree: Any) -> Any:
    found, name = plain(tree), branch_name(tree)
    if type_of(tree) == "null" or (isinstance(tree, str) and type_of(tree) not in _ANONYMOUS):
        return found
    return {**(found if isinstance(found, dict) else {"type": found}), "logicalType": BRANCH, "branch": name}


_ANONYMOUS = ("boolean", "int", "long", "float", "double", "string", "bytes")


def install(readers: dict[str, Any]) -> None:
    """Teach fastavro to tell the branch."""
    for kind in (*_ANONYMOUS, *NAMED, "array", "map"):
        readers[f"{kind}-{BRANCH}"] = _tell_branch


def _tell_branch(value: Any, writer_schema: Any, reader_schema: Any = None) -> Branch:
    return Branch(writer_schema["branch"], value)


# -- reading ------------------------------------------------------------------------------------------


def from_avro(schema: ConnectSchema) -> Turn | None:
    """A function from what fastavro read to a value of ``schema``; None when that is the same."""
    if schema.name == connect.DECIMAL:
        return decimal_reader(connect.scale_of(schema))
    if schema.type == connect.ARRAY:
        return _each(from_avro(schema.item))
    if schema.type == connect.MAP:
        return _map_from(from_avro(schema.keys), from_avro(schema.item))
    if schema.type == connect.STRUCT:
        turns = {name: turn for name, field in schema.fields if (turn := from_avro(field)) is not None}
        if schema.name == UNION:
            return _union_from([name for name, _ in schema.fields], turns)
        return _changed(turns) if turns else None
    return None


def decimal_reader(scale: int) -> Turn:
    """A function from the bytes of an unscaled number; it raises ValueError where there are none."""

    def read(data: bytes) -> Decimal:
        if not data:
            raise ValueError("Zero length BigInteger")
        return Decimal(int.from_bytes(data, "big", signed=True)).scaleb(-scale, _EXACT)

    return read


def _each(turn: Turn | None) -> Turn | None:
    return turn and (lambda items: [None if item is None else turn(item) for item in items])


def _map_from(key: Turn | None, item: Turn | None) -> Turn:
    def value(each: Any) -> Any:
        return each if item is None or each is None else item(each)

    def turn(items: Any) -> dict[Any, Any]:
        if isinstance(items, dict):
            return {name: value(each) for name, each in items.items()}
        return {each["key"] if key is None else key(each["key"]): value(each["value"]) for each in items}

    return turn


def _union_from(names: list[str], turns: dict[str, Turn]) -> Turn:
    def turn(found: Any) -> dict[str, Any]:
        struct = dict.fromkeys(names)
        name, value = found if isinstance(found, Branch) else (names[-1], found)
        struct[name] = turns[name](value) if name in turns and value is not None else value
        return struct

    return turn


def _changed(turns: dict[str, Turn]) -> Turn:
    def turn(struct: dict[str, Any]) -> dict[str, Any]:
        for name, each in turns.items():
            value = struct[name]
            if value is not None:
                struct[name] = each(value)
        return struct

    return turn


# -- writing ------------------------------------------------------------------------------------------


def to_avro(schema: ConnectSchema) -> Turn | None:
    """A function from a value of ``schema`` to what fastavro writes; None when that is the same."""
    if schema.name == connect.DECIMAL:
        return decimal_bytes
    if schema.type == connect.ARRAY:
        return _each(to_avro(schema.item))
    if schema.type == connect.MAP:
        entries = schema.keys.type != connect.STRING or schema.keys.optional
        return _entries_to(to_avro(schema.item)) if entries else _values_to(to_avro(schema.item))
    if schema.type == connect.STRUCT:
        return _union_to(schema) if schema.name == UNION else _struct_to(schema)
    return None


def decimal_bytes(number: Decimal) -> bytes:
    """The bytes of the unscaled number, as few as hold it."""
    sign, digits, _ = number.as_tuple()
    unscaled = int("".join(map(str, digits)))
    unscaled = -unscaled if sign else unscaled
    size = ((unscaled if unscaled >= 0 else ~unscaled).bit_length() // 8) + 1
    return unscaled.to_bytes(size, "big", signed=True)


def _entries_to(item: Turn | None) -> Turn:
    return lambda items: [
        {"key": key, "value": value if item is None or value is None else item(value)} for key, value in items.items()
    ]


def _values_to(item: Turn | None) -> Turn | None:
    return item and (lambda items: {key: None if value is None else item(value) for key, value in items.items()})


def _struct_to(schema: ConnectSchema) -> Turn | None:
    parts = [(name, field_name(name), to_avro(field)) for name, field in schema.fields]
    if all(name == given and turn is None for name, given, turn in parts):
        return None
    return lambda struct: {
        given: struct[name] if turn is None or struct[name] is None else turn(struct[name]) for name, given, turn in parts
    }


def _union_to(schema: ConnectSchema) -> Turn:
    parts = [(name, to_avro(field)) for name, field in schema.fields]

    def turn(struct: dict[str, Any]) -> Any:
        for name, each in parts:
            if struct[name] is not None:
                return struct[name] if each is None else each(struct[name])
        return None

    return turn
