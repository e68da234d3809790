"""A schema in the language of one of the formats with a registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from minisql.formats.connect.schema import ConnectSchema

Read = Callable[[bytes], Any]
FieldsRead = Callable[[bytes], "tuple[Any, ...]"]
Write = Callable[[Any], bytes]
Options = Mapping[str, str]
"""A format's properties: how nulls are represented, which message is meant."""


class ParsedSchema(ABC):
    """What somebody registered, or what ksqlDB would register.

    Attributes:
        type: its language, as the registry calls it.
        text: its canonical text: two schemas of the same text are the same schema.
    """

    type: ClassVar[str]
    text: str

    @property
    def name(self) -> str | None:
        """Its full name, if it has one."""
        return None

    @property
    def names(self) -> list[str]:
        """The full names of all that it defines at its outermost level."""
        return [] if self.name is None else [self.name]

    @abstractmethod
    def connect(self, options: Options) -> ConnectSchema:
        """What it is for Kafka Connect.

        Raises:
            KsqlError: Connect has nothing for it.
        """

    def select(self, data: bytes) -> tuple[ParsedSchema, int]:
        """Which part of the schema ``data`` is, and where the value itself starts.

        Raises:
            ValueError: there is no such part.
        """
        return self, 0

    @abstractmethod
    def reader(self, options: Options) -> Read:
        """A function from bytes, as they follow the schema's id, to a value of ``connect(options)``.

        It raises exceptions of many kinds for bytes that are no such value.
        """

    def fields_reader(self, names: Sequence[str], options: Options) -> FieldsRead | None:
        """A function like ``reader``'s that gives the values of some fields of a STRUCT; None where there is no quicker way."""
        return None

    @abstractmethod
    def writer(self, schema: ConnectSchema, options: Options) -> Write:
        """A function from a value of ``schema`` to bytes; ``schema`` is ``connect(options)``, or what this was made of.

        It raises exceptions of many kinds for what cannot be written.
        """

    def incompatibilities(self, older: ParsedSchema) -> list[str]:
        """Why data of ``older``, a schema of the same language, cannot be read with this one; empty when it can be."""
        return []


class SchemaSyntaxError(ValueError):
    """A text is no schema of its language."""
