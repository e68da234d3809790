"""What ``install.py`` has installed, and where."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MINISQL_CLIENTS", ""))

needs_clients = pytest.mark.skipif(
    "MINISQL_CLIENTS" not in os.environ, reason="MINISQL_CLIENTS does not say where tests/clients/install.py has put the clients"
)


def skip_if_left_out(library: str) -> None:
    """Skip a test whose library could not be had here, for the reason that the installation has noted."""
    reason = json.loads((FOLDER / "left-out.json").read_text()).get(library)
    if reason is not None:
        pytest.skip(f"{library}: {reason}")


def interpreter(library: str) -> Path:
    """The Python of a library's environment."""
    skip_if_left_out(library)
    return FOLDER / library / "bin" / "python"


def environment() -> dict[str, str]:
    """The variables with which a driver finds the libraries for Node, and minisql as it lies here."""
    root = Path(__file__).parents[2]
    return {**os.environ, "NODE_PATH": str(FOLDER / "node_modules"), "PYTHONPATH": str(root)}
