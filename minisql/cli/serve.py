"""``minisql serve``"""

from __future__ import annotations

from argparse import Namespace

from minisql.errors import UnsupportedError


def main(options: Namespace) -> int:
    """Refuse: there is no server yet.

    Raises:
        UnsupportedError: always.
    """
    raise UnsupportedError("serving over HTTP")
