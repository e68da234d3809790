"""What a server cannot be asked to do."""

from __future__ import annotations

from typing import NoReturn

import pytest


def not_on_server(reason: str) -> NoReturn:
    """Skip the test, as a line of the test's own."""
    raise pytest.skip.Exception(reason, _use_item_location=True)
