"""How Hypothesis works in these tests: no deadline (machines differ), and under CI the same examples each time."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture
def without_h11(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library of the server is not there; afterwards its modules are again the ones that others hold."""
    before = _server_modules()
    for name in before:
        del sys.modules[name]
    monkeypatch.setitem(sys.modules, "h11", None)
    yield
    for name in _server_modules():
        del sys.modules[name]
    sys.modules.update(before)
    vars(sys.modules["minisql"]).pop("server", None)
    for name, module in before.items():
        parent, _, child = name.rpartition(".")
        setattr(sys.modules[parent], child, module)  # a package has its modules as attributes too


def _server_modules() -> dict[str, object]:
    return {name: module for name, module in sys.modules.items() if name.startswith("minisql.server")}
