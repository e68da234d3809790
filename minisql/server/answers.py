"""Answers that are complete when they are given."""

from __future__ import annotations

from typing import Any

from minisql.json_text import json_bytes
from minisql.rest.framing import JSON
from minisql.rest.refusal import Refusal
from minisql.rest.text import text_of
from minisql.server.exchange import Exchange


async def respond_json(exchange: Exchange, value: Any, status: int = 200) -> None:
    """Answer with JSON, as the older routes do."""
    await exchange.respond(status, json_bytes(text_of(value)), [("content-type", JSON)])


async def respond_refusal(exchange: Exchange, answer: Refusal) -> None:
    """Refuse."""
    await respond_json(exchange, answer.body, answer.status)
