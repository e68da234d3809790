"""The bodies of requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from minisql.causes import with_causes
from minisql.config import parse_request_property
from minisql.engine import Engine, Session
from minisql.errors import BAD_REQUEST, SERVER_ERROR, KsqlError, StatementError
from minisql.rest.refusal import Refusal, refusal


class BadBody(Exception):
    """The body is not what the route takes; ``refusal`` says so to the client."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.refusal: Refusal = refusal(f"Invalid JSON in request: {message}")


class StatementRequest(NamedTuple):
    """A text, the properties and variables with which it runs, and the number of the command that has to have run before."""

    text: str
    session: Session
    after: int | None = None


def json_object(body: bytes) -> dict[str, Any]:
    """The body, which is one JSON object.

    Raises:
        BadBody: it is something else.
        KsqlError: there is none.
    """
    if not body:
        raise KsqlError("The request has no body: a JSON object is needed", SERVER_ERROR)
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadBody(str(error)) from None
    if value is None:
        raise KsqlError("The request's body is null: a JSON object is needed", SERVER_ERROR)
    if not isinstance(value, dict):
        raise BadBody("Cannot deserialize value: an object is needed")
    return value


def ksql_request(body: bytes) -> StatementRequest:
    """The body of ``/query``; keys that nobody knows are ignored.

    Raises:
        BadBody: it is not valid.
        KsqlError: a property is not known, or has no such value.
    """
    value = json_object(body)
    _check_properties(value)
    return StatementRequest(_text(value, "ksql") or "", _session(value, "streamsProperties"), _sequence(value))


def statements_request(body: bytes) -> StatementRequest:
    """The body of ``/ksql``, which tells more of a property that it refuses than the other routes do.

    Raises:
        BadBody: it is not valid.
        KsqlError: a property is not known, or has no such value.
    """
    value = json_object(body)
    _check_properties(value)
    text, after = _text(value, "ksql") or "", _sequence(value)
    try:
        return StatementRequest(text, _session(value, "streamsProperties"), after)
    except KsqlError as error:
        cause = error.__cause__
        if isinstance(cause, KsqlError):
            raise KsqlError(with_causes(error.message, cause.message), error.error_code) from cause
        fault = StatementError(error.message, SERVER_ERROR, text)
        fault.quoted = False
        raise fault from error


def query_stream_request(body: bytes) -> StatementRequest:
    """The body of ``/query-stream``.

    Raises:
        BadBody: it is not valid.
        KsqlError: a property is not known, or has no such value.
    """
    value = json_object(body)
    text = _text(value, "sql")
    if text is None:
        raise BadBody("Missing required creator property 'sql' (index 0)")
    return StatementRequest(text, _session(value, "properties"))


def check_sequence(after: int | None, engine: Engine) -> None:
    """Check that a command has run.

    Raises:
        KsqlError: there is none of that number yet. A server waits for it; here nothing that could come is on its way.
    """
    if after is not None and after >= engine.command_number.upcoming:
        message = f"Timed out while waiting for a previous command to execute. command sequence number: {after}"
        raise KsqlError(message, 50301)


def _sequence(value: Mapping[str, Any]) -> int | None:
    found = value.get("commandSequenceNumber")
    if found is None:
        return None
    try:
        return int(found if isinstance(found, (int, float, str)) and not isinstance(found, bool) else "")
    except ValueError:
        raise BadBody("Cannot deserialize value of 'commandSequenceNumber': a whole number is needed") from None


def _check_properties(value: Mapping[str, Any]) -> None:
    """KsqlRequest cannot be made with a property that is null."""
    if None in _mapping(value, "streamsProperties").values():
        raise KsqlError("Failed to deserialize buffer", SERVER_ERROR)


def _session(value: Mapping[str, Any], properties: str) -> Session:
    for name, each in _mapping(value, properties).items():
        if each is None:
            raise KsqlError(f"Failed to coerce type of value 'null' for key '{name}'", BAD_REQUEST)
    overrides = {name: _property(each) for name, each in _mapping(value, properties).items() if each is not None}
    for name, each in overrides.items():
        parse_request_property(name, each)
    variables = {name: _property(each) for name, each in _mapping(value, "sessionVariables").items() if each is not None}
    return Session(variables=variables, overrides=overrides)


def _mapping(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadBody(f"Cannot deserialize value of '{name}': an object is needed")
    return found


def text_field(value: Mapping[str, Any], name: str) -> str:
    """A field that has to be there, as text.

    Raises:
        BadBody: it is not there, or is no text.
    """
    found = _text(value, name)
    if found is None:
        raise BadBody(f"Missing required creator property '{name}' (index 0)")
    return found


def texts_field(value: Mapping[str, Any], name: str) -> list[str]:
    """A field that is a list of texts; none when it is not there.

    Raises:
        BadBody: it is something else.
    """
    found = value.get(name) or []
    if not isinstance(found, list) or any(isinstance(each, (dict, list, type(None))) for each in found):
        raise BadBody(f"Cannot deserialize value of '{name}': a list of texts is needed")
    return [_property(each) for each in found]


def _text(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    if isinstance(found, (dict, list)):
        raise BadBody(f"Cannot deserialize value of '{name}': a text is needed")
    return None if found is None else _property(found)


def _property(value: Any) -> str:
    """A property as text: JSON's true is Java's "true"."""
    return value if isinstance(value, str) else json.dumps(value)
