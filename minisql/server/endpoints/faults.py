"""Faults on demand for tests in other languages, under ``/_minisql/faults``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minisql.errors import InterfaceError
from minisql.faults import Fault
from minisql.faults.engine_faults import KINDS
from minisql.rest.bytes import bytes_in_json, from_json
from minisql.rest.refusal import NOT_FOUND, refusal
from minisql.server.answers import respond_json, respond_refusal
from minisql.server.exchange import Exchange
from minisql.server.requests import json_object, text_field

if TYPE_CHECKING:
    from minisql.server.app import App


async def add(app: App, exchange: Exchange, media_type: str | None) -> None:
    """POST ``/_minisql/faults`` ``{"fault": "refuse", ...}``: set one; the rest are the arguments of ``engine.faults.refuse``."""
    arguments = json_object(await exchange.body())
    name = text_field(arguments, "fault")
    try:
        if name not in KINDS:
            raise InterfaceError(f"fault={name!r}: there are {', '.join(KINDS)}")
        del arguments["fault"]
        fault = getattr(app.engine.faults, name)(**{each: from_json(value) for each, value in arguments.items()})
    except (InterfaceError, TypeError, ValueError) as error:
        await respond_refusal(exchange, refusal(str(error)))
    else:
        await respond_json(exchange, _shown(fault))


async def listed(app: App, exchange: Exchange, media_type: str | None) -> None:
    """GET ``/_minisql/faults``: those that are set."""
    await respond_json(exchange, list(map(_shown, app.engine.faults)))


async def clear(app: App, exchange: Exchange, media_type: str | None) -> None:
    """DELETE ``/_minisql/faults``: remove them all."""
    app.engine.faults.clear()
    await respond_json(exchange, {})


async def remove(app: App, exchange: Exchange, media_type: str | None, number: str) -> None:
    """DELETE ``/_minisql/faults/:number``: remove one."""
    found = [fault for fault in app.engine.faults if str(fault.number) == number]
    if not found:
        await respond_refusal(exchange, refusal(f"No fault {number}", NOT_FOUND))
        return
    found[0].remove()
    await respond_json(exchange, {})


def _shown(fault: Fault) -> dict[str, Any]:
    return {"number": fault.number, "fault": fault.name, **{name: bytes_in_json(each) for name, each in fault.arguments.items()}}
