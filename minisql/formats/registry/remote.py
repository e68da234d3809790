"""A schema registry behind a URL, with the methods of the one in the process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from minisql.formats.connect.parsed import ParsedSchema
from minisql.formats.registry.entries import SCHEMA_NOT_FOUND, Reference, Registered, RegistryError, parse_schema
from minisql.formats.registry.registry import SchemaRegistry, schema_text

CONTENT = "application/vnd.schemaregistry.v1+json"
UNREACHABLE = 50003
TIMEOUT = 30.0
UNUSED_ID = 1 << 30


class RemoteRegistry(SchemaRegistry):
    """Confluent's REST API; schemas are kept once they have been fetched, as their ids never change their meaning.

    Args:
        url: of the registry, with or without a user and a password.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url.rstrip("/")
        self._registered: dict[tuple[str, str], int] = {}

    # -- writing ----------------------------------------------------------------------------------

    def register(
        self, subject: str, schema: Any, type: str = "AVRO", references: Iterable[Reference | Mapping[str, Any]] = ()
    ) -> int:
        """Register a schema under a subject; gives its id.

        Raises:
            RegistryError: the registry refuses it.
        """
        uses = tuple(each if isinstance(each, Reference) else Reference(**each) for each in references)
        return self._post(subject, schema_text(schema, type), "JSON" if type == "JSON_SR" else type, uses)

    def register_parsed(self, subject: str, schema: ParsedSchema) -> int:
        """Register a schema that ksqlDB has made.

        Raises:
            RegistryError: the registry refuses it.
        """
        known = self._registered.get((subject, schema.text))
        if known is None:
            known = self._registered[subject, schema.text] = self._post(subject, schema.text, schema.type, ())
        return known

    def register_id(self, subject: str, id: int) -> int:
        """Register under a subject the schema that has this id.

        Raises:
            RegistryError: there is none, or the registry refuses it.
        """
        entry = self.get_by_id(id)
        return self._post(subject, entry.schema, entry.type, entry.references)

    def place(self, id: int, subject: str, schema: Any, type: str, references: Iterable[Mapping[str, Any]] = ()) -> None:
        """Register a schema under an id of one's choice; the subject has to be in import mode.

        Raises:
            RegistryError: the registry refuses it.
        """
        self._post(subject, schema_text(schema, type), type, tuple(Reference(**each) for each in references), id)

    def _post(self, subject: str, text: str, type: str, references: tuple[Reference, ...], id: int | None = None) -> int:
        body: dict[str, Any] = {"schema": text, "schemaType": type, "references": [dict(each.items()) for each in references]}
        if id is not None:
            body["id"] = id
        return int(self._call("POST", f"/subjects/{_path(subject)}/versions", body)["id"])

    def delete_subject(self, subject: str, permanent: bool = False) -> list[int]:
        """Delete a subject; gives the versions that it had."""
        found: list[int] = self._call("DELETE", f"/subjects/{_path(subject)}?permanent={str(permanent).lower()}")
        return found

    def set_compatibility(self, level: str, subject: str | None = None) -> None:
        """Say which schemas may follow."""
        self._call("PUT", "/config" if subject is None else f"/config/{_path(subject)}", {"compatibility": level.upper()})

    # -- reading ----------------------------------------------------------------------------------

    def get_compatibility(self, subject: str | None = None) -> str:
        """The level that holds for a subject."""
        path = "/config" if subject is None else f"/config/{_path(subject)}?defaultToGlobal=true"
        return str(self._call("GET", path)["compatibilityLevel"])

    def subjects(self) -> list[str]:
        """The names of all subjects."""
        return sorted(self._call("GET", "/subjects"))

    def versions(self, subject: str) -> list[int]:
        """The numbers of a subject's versions."""
        return list(self._call("GET", f"/subjects/{_path(subject)}/versions"))

    def get_latest(self, subject: str) -> Registered:
        """The newest version of a subject."""
        return self.get_version(subject, -1)

    def get_version(self, subject: str, version: int) -> Registered:
        """A version of a subject; -1 is the newest."""
        number = "latest" if version == -1 else str(version)
        return _entry(self._call("GET", f"/subjects/{_path(subject)}/versions/{number}"))

    def get_by_id(self, id: int) -> Registered:
        """The schema with this id; its subject and version are not told."""
        return _entry({"subject": "", "version": 0, "id": id, **self._call("GET", f"/schemas/ids/{id}")})

    def incompatibilities(self, subject: str, schema: ParsedSchema) -> list[str]:
        """Why a schema may not follow the newest of a subject."""
        body = {"schema": schema.text, "schemaType": schema.type}
        path = f"/compatibility/subjects/{_path(subject)}/versions/latest?verbose=true"
        return list(self._call("POST", path, body).get("messages") or ())

    def lookup(self, subject: str, schema: Any, type: str = "AVRO") -> Registered:
        """The version of a subject that has this schema."""
        body = {"schema": schema_text(schema, type), "schemaType": "JSON" if type == "JSON_SR" else type}
        return _entry({**body, **self._call("POST", f"/subjects/{_path(subject)}", body)})

    def upcoming_id(self) -> int:
        """An id that the registry has not given yet: it does not tell which comes next."""
        return UNUSED_ID

    def subjects_of(self, id: int) -> list[str]:
        """The subjects that have the schema with this id."""
        return list(self._call("GET", f"/schemas/ids/{id}/subjects"))

    def parsed(self, id: int) -> ParsedSchema:
        """The schema with this id, understood."""
        found = self._parsed.get(id)
        if found is None:
            entry = self.get_by_id(id)
            found = self._parsed[id] = parse_schema(entry.type, entry.schema, self._referred(entry.references))
        return found

    def _referred(self, references: Iterable[Reference]) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in references:
            entry = self.get_version(each.subject, each.version)
            found.update(self._referred(entry.references))
            found[each.name] = entry.schema
        return found

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._url + path, data, {"Content-Type": CONTENT, "Accept": CONTENT}, method=method)
        try:
            with urlopen(request, timeout=TIMEOUT) as response:
                return json.load(response)
        except HTTPError as error:
            raise _refusal(error) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise RegistryError(f"Schema registry {self._url}: {error}", UNREACHABLE) from error


def _path(subject: str) -> str:
    return quote(subject, safe="")


def _entry(answer: Mapping[str, Any]) -> Registered:
    references = tuple(Reference(**each) for each in answer.get("references") or ())
    type = answer.get("schemaType", "AVRO")
    return Registered(answer["subject"], answer["version"], answer["id"], answer["schema"], type, references)


def _refusal(error: HTTPError) -> RegistryError:
    try:
        answer = json.load(error)
        return RegistryError(answer["message"], answer["error_code"])
    except (ValueError, KeyError, TypeError):
        return RegistryError(f"{error.code} {error.reason}", SCHEMA_NOT_FOUND if error.code == 404 else error.code)
