"""A server in a process of its own, for all tests here."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from minisql.testing.differential import InProcess, Served


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """minisql's server. What tests change in their own process does not reach it."""
    for library in ("h11", "h2", "httpx", "wsproto"):
        pytest.importorskip(library)
    command = [sys.executable, "-m", "minisql", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        backend = Served(process.stdout.readline().split()[-1])
        yield backend
        backend.close()
        process.terminate()


@pytest.fixture(scope="session")
def process() -> InProcess:
    """An engine in this process."""
    return InProcess()
