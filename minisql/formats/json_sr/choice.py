"""Values of schemas with a oneOf in them: which JSON is written depends on which field of the choice's STRUCT is set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import Write
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json_sr.inference import ONE_OF
from minisql.json_text import json_bytes, quote

Text = Callable[[Any], str]


def has_choice(schema: ConnectSchema) -> bool:
    """Whether the schema is a choice or contains one."""
    if schema.type == connect.STRUCT and schema.name == ONE_OF:
        return True
    inner = [*(field for _, field in schema.fields), *(each for each in (schema.key, schema.value) if each is not None)]
    return any(map(has_choice, inner))


def choice_writer(schema: ConnectSchema, plain: Callable[[ConnectSchema], Write]) -> Write:
    """A function from a value of a schema that has a choice in it to JSON.

    It raises KsqlError where null stands for what has to be there.

    Args:
        schema: the schema.
        plain: makes such functions for schemas that have none.
    """
    text = _Choices(plain).writer(schema)
    return lambda value: json_bytes(text(value))


class _Choices:
    """Makes functions from values, null too, to texts."""

    def __init__(self, plain: Callable[[ConnectSchema], Write]) -> None:
        self._plain = plain

    def writer(self, schema: ConnectSchema) -> Text:
        """For a schema with or without a choice."""
        if has_choice(schema):
            text = self._text(schema)
        else:
            text = _decoded(self._plain(schema))
        return lambda value: _null(schema) if value is None else text(value)

    def _text(self, schema: ConnectSchema) -> Text:
        if schema.type == connect.STRUCT:
            return self._chosen(schema) if schema.name == ONE_OF else self._object(schema)
        item = self.writer(schema.item)
        if schema.type == connect.ARRAY:
            return lambda items: f"[{','.join(map(item, items))}]"
        if schema.keys.type == connect.STRING and not schema.keys.optional:
            return lambda items: _braces(f"{quote(key)}:{item(value)}" for key, value in items.items())
        key = self.writer(schema.keys)
        return lambda items: f"[{','.join([_entry(key(name), item(value)) for name, value in items.items()])}]"

    def _chosen(self, schema: ConnectSchema) -> Text:
        """The first field that is set, and nothing around it; none is null."""
        parts = [(name, self.writer(field)) for name, field in schema.fields]

        def text(struct: Any) -> str:
            return next((write(struct[name]) for name, write in parts if struct[name] is not None), None) or _null(schema)

        return text

    def _object(self, schema: ConnectSchema) -> Text:
        parts = [(name, quote(name), self.writer(field)) for name, field in schema.fields]
        return lambda struct: _braces(f"{label}:{write(struct[name])}" for name, label, write in parts)


def _decoded(write: Write) -> Text:
    return lambda value: write(value).decode()


def _null(schema: ConnectSchema) -> str:
    if schema.optional:
        return "null"
    raise KsqlError("Conversion error: null value for field that is required and has no default value")


def _entry(key: str, value: str) -> str:
    return _braces((f'"key":{key}', f'"value":{value}'))


def _braces(members: Iterable[str]) -> str:
    return f"{{{','.join(members)}}}"
