"""Records that are as their schema says, read without detours.

The generated function looks at each field once. Whatever is out of the ordinary (a text where a number should be, a
fraction that must not lose a digit, a null where none may be, bytes that are no JSON) goes the careful way of ``values``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import FieldsRead, Read
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json.scan import SCAN_ERRORS, scan
from minisql.source import Source

TESTS: dict[str, str] = {
    connect.INT8: "type({0}) is int and -0x80 <= {0} < 0x80",
    connect.INT16: "type({0}) is int and -0x8000 <= {0} < 0x8000",
    connect.INT32: "type({0}) is int and -0x80000000 <= {0} < 0x80000000",
    connect.INT64: "type({0}) is int and -0x8000000000000000 <= {0} < 0x8000000000000000",
    connect.FLOAT64: "type({0}) is float",
    connect.BOOLEAN: "type({0}) is bool",
    connect.STRING: "type({0}) is str",
}
"""Type to a test of a value of JSON that is taken as it is."""


def fields_reader(schema: ConnectSchema, names: Sequence[str], read: Read) -> FieldsRead | None:
    """A function from bytes to the values of some fields; None where a field has a type that is not taken as it is.

    Args:
        schema: the schema, a STRUCT.
        names: the fields that are wanted.
        read: the careful way, which gives the STRUCT.
    """
    if any(field.type not in TESTS or field.name in connect.LOGICAL for _, field in schema.fields):
        return None

    def careful(data: bytes) -> tuple[Any, ...]:
        struct = read(data)
        if struct is None:
            raise ValueError(connect.NO_STRUCT)
        return tuple([struct[name] for name in names])

    return _compiled(schema, names, careful)


def _compiled(schema: ConnectSchema, names: Sequence[str], careful: FieldsRead) -> FieldsRead:
    source = Source()
    bind = source.bindings.bind
    local = {name: f"v{index}" for index, (name, _) in enumerate(schema.fields)}
    slow = bind(careful, "careful")
    with source.block("def read(data):"):
        # Another character set than UTF-8 would show a zero among the first bytes.
        source.line(f"if data[:1] != b'{{' or data[1:2] == b'\\0': return {slow}(data)")
        with source.block("try:"):
            source.line(f"get = {bind(scan, 'scan')}(data.decode(), 0)[0].get")
        with source.block(f"except {bind(SCAN_ERRORS, 'scan_errors')}:"):
            source.line(f"return {slow}(data)")
        for name, variable in local.items():
            source.line(f"{variable} = get({name!r})")
        tests = " and ".join(f"({_test(field, local[name])})" for name, field in schema.fields)
        source.line(f"if {tests or 'True'}: return ({''.join(f'{local[name]}, ' for name in names)})")
        source.line(f"return {slow}(data)")
    compiled: FieldsRead = source.compile("JSON Schema reader", "read")
    return compiled


def _test(field: ConnectSchema, variable: str) -> str:
    test = TESTS[field.type].format(variable)
    return f"{variable} is None or {test}" if field.optional and field.default is None else test
