"""``--ksql-url``: the server on which tests run too."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from minisql.testing.live.connection import LiveConnection
    from minisql.testing.tenant.patience import Patience

ANSWER = 10.0
"""Seconds in which a server has to answer at all."""

_REASONS = pytest.StashKey[dict[str, str]]()


def on_server(config: pytest.Config) -> bool:
    """Whether tests run on a server too."""
    return bool(config.getoption("--ksql-url"))


def server_of(config: pytest.Config) -> tuple[str, Patience]:
    """The server's URL, and how long to wait for it; skips the test where none answers."""
    from minisql.testing.tenant.patience import Patience

    url = str(config.getoption("--ksql-url")).rstrip("/")
    known = config.stash.setdefault(_REASONS, {})
    if url not in known:
        known[url] = _unreachable(url)
    if known[url]:
        pytest.skip(f"no ksqlDB server answers at {url}: {known[url]}")
    return url, Patience(config.getoption("--ksql-timeout"), config.getoption("--ksql-quiet"))


def connection(config: pytest.Config, properties: Mapping[str, str]) -> LiveConnection:
    """A connection to the server; skips the test where none answers."""
    url, patience = server_of(config)
    from minisql.testing.live.connection import LiveConnection

    return LiveConnection(url, properties, patience)


def _unreachable(url: str) -> str:
    """Why nothing answers there; empty where something does, if only to ask for a password."""
    parts = urlsplit(url)
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    try:
        with urlopen(f"{plain}/info", timeout=ANSWER) as answer:
            return "" if b"KsqlServerInfo" in answer.read() else "it is something else"
    except HTTPError as error:
        return "" if error.code in (401, 403) else str(error)
    except (OSError, ValueError, HTTPException) as error:
        return str(error)
