"""The faults of an engine behind a server that is minisql's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minisql.errors import InterfaceError, KsqlError
from minisql.faults import Fault, Faults
from minisql.remote.client import RemoteClient
from minisql.remote.errors import ServerError
from minisql.rest.bytes import bytes_in_json, from_json

NOT_FOUND = 404


class RemoteFaults(Faults):
    """Sets faults by the routes that no ksqlDB has; a real server, or one that is ``strict``, refuses them."""

    def __init__(self, client: RemoteClient) -> None:
        self._client = client

    def clear(self) -> None:
        self._call("DELETE", "faults")

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(map(self._fault, self._call("GET", "faults"))))

    def _set(self, name: str, **arguments: Any) -> Fault:
        body = {"fault": name, **{each: bytes_in_json(value) for each, value in arguments.items()}}
        return self._fault(self._call("POST", "faults", body))

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            return self._client.call(method, f"/_minisql/{path}", body)
        except KsqlError as error:
            raise InterfaceError(error.message) from None
        except ServerError as error:
            if error.status != NOT_FOUND:
                raise
            raise InterfaceError("the server has no faults: it is none of minisql's, or a strict one") from None

    def _fault(self, shown: dict[str, Any]) -> Fault:
        arguments = {name: from_json(value) for name, value in shown.items() if name not in ("number", "fault")}
        return Fault(shown["number"], shown["fault"], arguments, self._remove)

    def _remove(self, fault: Fault) -> None:
        if any(each.number == fault.number for each in self):
            self._call("DELETE", f"faults/{fault.number}")
