"""An answer that is complete when it is given."""

from __future__ import annotations

import json
from typing import Any


class Reply:
    """What a request gave.

    It answers to the names of both HTTP libraries that the ``ksql`` client uses, urllib's and requests', since
    functions that programs put in place of ``_raise_for_status`` are written against them.
    """

    def __init__(self, status: int, body: bytes) -> None:
        self.status = self.code = self.status_code = status
        self.content = body

    def getcode(self) -> int:
        """The HTTP status."""
        return self.status

    def read(self) -> bytes:
        """The body."""
        return self.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def json(self) -> Any:
        """The body as Python objects."""
        return json.loads(self.content)
