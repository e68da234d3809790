"""Which differences of two .proto files the registry minds."""

from __future__ import annotations

import re

import pytest

from minisql.formats.protobuf.compatibility import differences
from minisql.formats.protobuf.parser import parse


def faults(older: str, newer: str) -> list[str]:
    return named(differences(*(parse(f'syntax = "proto3"; {text}') for text in (older, newer))))


def named(texts: list[str]) -> list[str]:
    return [f"{re.findall('errorType:.([A-Z_]+)', text)[0]} {re.findall('#/[^ ]*(?=.)', text)[0][:-1]}" for text in texts]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("message M { int32 a = 1; }", "message M { int64 b = 1; string c = 2; }"),
        ("message M { int32 a = 1; }", "message M { }"),
        ("message M { E a = 1; enum E { X = 0; } }", "message M { int32 a = 1; }"),
        ("message M { optional string a = 1; }", "message M { repeated bytes a = 1; }"),
        ("message M { oneof o { int32 a = 1; string b = 2; } }", "message M { int32 c = 3; }"),
        ("message M { oneof o { int32 a = 1; string b = 2; } }", "message M { int32 a = 1; string b = 2; }"),
        ("message M { int32 a = 1; }", "message M { oneof o { int32 a = 1; string b = 2; } }"),
        ("message M { map<string, int32> a = 1; }", "message M { map<string, uint32> a = 1; }"),
        ("message M { N a = 1; } message N { M b = 1; }", "message N { M b = 1; int32 c = 2; } message M { N a = 1; }"),
        ("enum E { X = 0; } message M { int32 a = 1; }", "message M { int32 a = 1; }"),
    ],
)
def test_what_fits(older: str, newer: str) -> None:
    assert faults(older, newer) == []


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("package a; message M { }", "package b; message M { }", ["PACKAGE_CHANGED #/"]),
        ("message M { } message N { }", "message M { }", ["MESSAGE_REMOVED #/N"]),
        ("message M { message N { } }", "message M { }", ["MESSAGE_REMOVED #/M/N"]),
        ("message M { int32 a = 1; }", "message M { sint32 a = 1; }", ["FIELD_SCALAR_KIND_CHANGED #/M/1"]),
        ("message M { int32 a = 1; }", "message M { N a = 1; } message N { }", ["FIELD_KIND_CHANGED #/M/1"]),
        ("message M { optional int32 a = 1; }", "message M { repeated int32 a = 1; }", ["FIELD_NUMERIC_LABEL_CHANGED #/M/1"]),
        (
            "message M { N a = 1; } message N { } message O { }",
            "message M { O a = 1; } message N { } message O { }",
            ["FIELD_NAMED_TYPE_CHANGED #/M/1"],
        ),
        (
            "message M { map<string, int32> a = 1; }",
            "message M { map<string, string> a = 1; }",
            ["FIELD_SCALAR_KIND_CHANGED #/M/1"],
        ),
        (
            "message M { oneof o { int32 a = 1; string b = 2; } }",
            "message M { oneof o { int32 a = 1; } }",
            ["ONEOF_FIELD_REMOVED #/M/o/2"],
        ),
        (
            "message M { int32 a = 1; string b = 2; }",
            "message M { oneof o { int32 a = 1; string b = 2; } }",
            ["MULTIPLE_FIELDS_MOVED_TO_ONEOF #/M/o"],
        ),
        (
            "message M { int32 a = 1; oneof o { string b = 2; } }",
            "message M { oneof o { int32 a = 1; string b = 2; } }",
            ["FIELD_MOVED_TO_EXISTING_ONEOF #/M/o"],
        ),
    ],
)
def test_what_does_not_fit(older: str, newer: str, expected: list[str]) -> None:
    assert faults(older, newer) == expected


A = "package a; message A { int32 x = 1; message B { int32 y = 1; } }"
OTHER = "package a; message A { string x = 1; message B { int32 y = 1; } }"
USER = 'import "a.proto"; message M { a.A a = 1; }'


@pytest.mark.parametrize(
    ("older", "newer", "older_import", "newer_import", "expected"),
    [
        (USER, USER, A, A, []),
        (USER, USER, A, OTHER, ["FIELD_SCALAR_KIND_CHANGED #/A/1", "FIELD_NAMED_TYPE_CHANGED #/M/1"]),
        # The package of a message does not matter, nor whether its file is imported.
        (USER, 'import "a.proto"; message M { b.A a = 1; }', A, A.replace("package a", "package b"), []),
        ("message M { A a = 1; } message A { int32 x = 1; }", USER, A, A, ["MESSAGE_REMOVED #/A"]),
        (USER, 'import "a.proto"; message M { a.A.B a = 1; }', A, A, ["FIELD_NAMED_TYPE_CHANGED #/M/1"]),
        (USER, 'import "a.proto"; message M { a.E a = 1; }', A, f"{A} enum E {{ Q = 0; }}", ["FIELD_KIND_CHANGED #/M/1"]),
    ],
)
def test_imports(older: str, newer: str, older_import: str, newer_import: str, expected: list[str]) -> None:
    before, after = ({"a.proto": parse(f'syntax = "proto3"; {text}')} for text in (older_import, newer_import))
    found = differences(parse(f'syntax = "proto3"; {older}'), parse(f'syntax = "proto3"; {newer}'), before, after)
    assert named(found) == expected
