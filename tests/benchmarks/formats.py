"""W6 in each format: the libraries called by hand, without an engine.

A side of W6 is written and read by hand as a program would that knows its schemas: parsed once, no look-up in a
registry, the ids of the two schemas known. Every field is there, so no hand tests for NULL.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

Item = dict[str, Any]
Project = Callable[[list[bytes]], list[bytes]]

FRAME_IN, FRAME_OUT = (b"\0" + id.to_bytes(4, "big") for id in (1, 2))
"""What stands before a record with a schema: the registry's first id is the source's, the second the sink's."""

TYPES: dict[str, str] = {
    "ID": "long",
    "NAME": "string",
    "QTY": "int",
    "PRICE": "double",
    "CITY": "string",
    "COUNTRY": "string",
    "ACTIVE": "boolean",
    "SCORE": "double",
    "NOTE": "string",
    "TS": "long",
}
PROJECTED = {"NAME": "string", "TOTAL": "double", "CITY": "string"}
"""Columns and their types in Avro's words."""


class Hand:
    """How one format is written and read by hand.

    Attributes:
        write: the bytes of an item.
        project: W6 itself, from records to records.
    """

    def __init__(self, write: Callable[[Item], bytes], project: Project) -> None:
        self.write = write
        self.project = project


@cache
def by_hand(format: str) -> Hand:
    """The hand for a format; its library is imported when it is first asked for."""
    return HANDS[format]()


def _json_sr() -> Hand:
    loads, dumps = json.loads, json.JSONEncoder(separators=(",", ":")).encode

    def project(records: list[bytes]) -> list[bytes]:
        changes: list[bytes] = []
        for record in records:
            item = loads(record[5:])
            changes.append(
                FRAME_OUT + dumps({"NAME": item["NAME"], "TOTAL": item["QTY"] * item["PRICE"], "CITY": item["CITY"]}).encode()
            )
        return changes

    return Hand(lambda item: FRAME_IN + dumps(item).encode(), project)


def _delimited() -> Hand:
    def write(item: Item) -> bytes:
        return ",".join(str(value).lower() if isinstance(value, bool) else str(value) for value in item.values()).encode()

    def project(records: list[bytes]) -> list[bytes]:
        changes: list[bytes] = []
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="")
        for _, name, qty, price, city, *_ in csv.reader(record.decode() for record in records):
            writer.writerow((name, int(qty) * float(price), city))
            changes.append(out.getvalue().encode())
            out.seek(0)
            out.truncate()
        return changes

    return Hand(write, project)


def _avro() -> Hand:
    import fastavro

    read_schema, written = (
        fastavro.parse_schema(
            {
                "type": "record",
                "name": "Row",
                "fields": [{"name": name, "type": ["null", kind], "default": None} for name, kind in types.items()],
            }
        )
        for types in (TYPES, PROJECTED)
    )
    reader, writer, stream = fastavro.schemaless_reader, fastavro.schemaless_writer, io.BytesIO

    def framed(frame: bytes, schema: Any, item: Item) -> bytes:
        out = stream()
        out.write(frame)
        writer(out, schema, item)
        return out.getvalue()

    def project(records: list[bytes]) -> list[bytes]:
        changes: list[bytes] = []
        for record in records:
            data = stream(record)
            data.seek(5)
            item: Any = reader(data, read_schema, None)
            row = {"NAME": item["NAME"], "TOTAL": item["QTY"] * item["PRICE"], "CITY": item["CITY"]}
            changes.append(framed(FRAME_OUT, written, row))
        return changes

    return Hand(lambda item: framed(FRAME_IN, read_schema, item), project)


def _protobuf(frame_in: bytes = FRAME_IN + b"\0", frame_out: bytes = FRAME_OUT + b"\0") -> Hand:
    """The first message of a file is told by a zero behind the schema's id."""
    start = len(frame_in)
    row, projected = _messages()

    def project(records: list[bytes]) -> list[bytes]:
        changes: list[bytes] = []
        for record in records:
            item = row.FromString(record[start:])
            changes.append(frame_out + projected(NAME=item.NAME, TOTAL=item.QTY * item.PRICE, CITY=item.CITY).SerializeToString())
        return changes

    return Hand(lambda item: frame_in + row(**item).SerializeToString(), project)


def _messages() -> Iterator[Any]:
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kinds = {"long": "INT64", "string": "STRING", "int": "INT32", "double": "DOUBLE", "boolean": "BOOL"}
    file = descriptor_pb2.FileDescriptorProto(name="w6.proto", package="w6", syntax="proto3")
    for name, types in (("Row", TYPES), ("Projected", PROJECTED)):
        message = file.message_type.add(name=name)
        for number, (field, kind) in enumerate(types.items(), 1):
            message.field.add(name=field, number=number, label="LABEL_OPTIONAL", type=f"TYPE_{kinds[kind]}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return (message_factory.GetMessageClass(pool.FindMessageTypeByName(f"w6.{name}")) for name in ("Row", "Projected"))


HANDS: dict[str, Callable[[], Hand]] = {
    "AVRO": _avro,
    "PROTOBUF": _protobuf,
    "PROTOBUF_NOSR": lambda: _protobuf(b"", b""),
    "JSON_SR": _json_sr,
    "DELIMITED": _delimited,
}
