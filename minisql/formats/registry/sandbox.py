"""A schema registry to try things on."""

from __future__ import annotations

from minisql.formats.connect.parsed import ParsedSchema
from minisql.formats.registry.entries import SUBJECT_NOT_FOUND, Registered, RegistryError
from minisql.formats.registry.registry import SchemaRegistry


class SandboxRegistry(SchemaRegistry):
    """Has what another registry has, and keeps to itself what is registered, deleted or set.

    A subject is fetched when somebody first asks for it. Schemas are checked against those that are there already, which
    ksqlDB's SandboxedSchemaRegistryClient leaves to the registry itself.

    Args:
        original: the other registry; nothing is ever written to it.
    """

    def __init__(self, original: SchemaRegistry) -> None:
        super().__init__()
        self._original = original
        self._levels = {}
        self._last = original.upcoming_id() - 1

    def subjects(self) -> list[str]:
        """The names of all subjects."""
        unchanged = [name for name in self._original.subjects() if name not in self._versions]
        return sorted([*unchanged, *super().subjects()])

    def subjects_of(self, id: int) -> list[str]:
        """The subjects that have the schema with this id.

        Raises:
            RegistryError: there is none.
        """
        self._entry(id)
        return [name for name in self.subjects() if any(each.id == id for each in self._alive(name))]

    def parsed(self, id: int) -> ParsedSchema:
        """The schema with this id, understood.

        Raises:
            RegistryError: there is none.
        """
        return self._parsed.get(id) or self._original.parsed(id)

    def get_compatibility(self, subject: str | None = None) -> str:
        """The level that holds for a subject."""
        known = self._levels.get(subject) or self._levels.get(None)
        return known or self._original.get_compatibility(subject)

    def _alive(self, subject: str) -> list[Registered]:
        if subject not in self._versions:
            self._versions[subject] = self._fetched(subject)
        return super()._alive(subject)

    def _fetched(self, subject: str) -> list[Registered]:
        try:
            return [self._original.get_version(subject, version) for version in self._original.versions(subject)]
        except RegistryError as error:
            if error.error_code == SUBJECT_NOT_FOUND:
                return []
            raise

    def _entry(self, id: int) -> Registered:
        return self._by_id.get(id) or self._original.get_by_id(id)
