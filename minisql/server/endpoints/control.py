"""What no ksqlDB has: for tests in other languages, under ``/_minisql/``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minisql.errors import DataError, InterfaceError
from minisql.rest.bytes import bytes_in_json, from_json
from minisql.rest.refusal import NOT_FOUND, refusal
from minisql.server.answers import respond_json, respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import BadBody, json_object
from minisql.topics import Topic

if TYPE_CHECKING:
    from minisql.server.app import App


async def reset(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/_minisql/reset``: start with a fresh engine; push queries end."""
    app.reset()
    await respond_json(exchange, {})


async def advance(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/_minisql/advance`` ``{"milliseconds": n}``: let the clock go on; gives the new time."""
    step = json_object(await exchange.body()).get("milliseconds")
    move = getattr(app.engine.clock, "advance", None)
    if move is None:
        await respond_refusal(exchange, refusal("The clock of this engine cannot be advanced"))
    elif type(step) is not int or step < 0:
        raise BadBody("'milliseconds' has to be a whole number that is not negative")
    else:
        with app.engine.lock:
            move(step)
            app.engine.drain()
        await respond_json(exchange, {"now": app.engine.clock.now()})


async def topics(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/_minisql/topics``: the topics, with how many records each has."""
    found = app.engine.broker.topics
    await respond_json(
        exchange, [{"name": name, "partitions": each.partitions, "records": each.end} for name, each in found.items()]
    )


async def records(app: App, exchange: Exchange, media_type: str | None, name: str) -> None:
    """GET ``/_minisql/topics/:name``: its records, decoded as the source that is declared on it says; bytes in base64."""
    if name not in app.engine.broker.topics:
        await respond_refusal(exchange, refusal(f"Topic does not exist: {name}", NOT_FOUND))
        return
    await respond_json(exchange, _records(app, name))


async def all_records(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/_minisql/records``: the records of every topic, by the topic's name."""
    await respond_json(exchange, {name: _records(app, name) for name in app.engine.broker.topics})


def _records(app: App, name: str) -> list[dict[str, Any]]:
    found = Topic(app.engine, name).records()
    return [{field: bytes_in_json(value) for field, value in record._asdict().items()} for record in found]


async def produce(app: App, exchange: Exchange, media_type: str | None, name: str) -> None:
    """POST ``/_minisql/topics/:name``: write a record ``{"key", "value", "timestamp", "partition", "headers"}``.

    Key and value are as JSON would hold them; ``{"base64": "..."}`` gives bytes. Headers are an object, or pairs where a
    name stands more than once.
    """
    given = json_object(await exchange.body())
    options = {field: given[field] for field in ("timestamp", "partition") if given.get(field) is not None}
    try:
        pairs = given.get("headers") or {}
        headers = [(header, from_json(value)) for header, value in (pairs if isinstance(pairs, list) else pairs.items())]
        Topic(app.engine, name).produce(from_json(given.get("value")), from_json(given.get("key")), headers=headers, **options)
    except (InterfaceError, DataError, ValueError, TypeError, AttributeError) as error:
        await respond_refusal(exchange, refusal(str(error)))
    else:
        await respond_json(exchange, {})


async def recording(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/_minisql/recording``: the requests with statements or rows, oldest first."""
    await respond_json(exchange, app.recording.entries())
