"""Confluent's Schema Registry in the process."""

from minisql.formats.registry.entries import Reference, Registered, RegistryError
from minisql.formats.registry.registry import SchemaRegistry

__all__ = ["Reference", "Registered", "RegistryError", "SchemaRegistry"]
