"""``minisql serve`` as a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit

SCRIPT = """
SET 'auto.offset.reset' = 'earliest';
CREATE STREAM s (id INT KEY, number INT, text STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n, LATEST_BY_OFFSET(number) AS number FROM s GROUP BY id;
CREATE STREAM seed (id INT KEY, rows INT) WITH (kafka_topic='seed', value_format='json', partitions=1);
CREATE STREAM many AS SELECT id, EXPLODE(GENERATE_SERIES(0, rows - 1)) AS number, 'some text of a row' AS text FROM seed;
"""
"""``s`` is written row by row; one row of ``seed`` makes as many rows of ``many`` as it says."""


class Served(NamedTuple):
    """A server.

    Attributes:
        host: its address.
        port: its port.
        process: its process.
    """

    host: str
    port: int
    process: int

    def memory(self) -> int:
        """How much memory the process holds now, in bytes; 0 where the system does not say."""
        status = Path(f"/proc/{self.process}/status")
        if not status.exists():
            return 0
        resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(resident.split()[1]) * 1024


@contextmanager
def served() -> Iterator[Served]:
    """A server that has run ``SCRIPT``, while the block lasts."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "load.sql"
        script.write_text(SCRIPT)
        command = [sys.executable, "-m", "minisql", "serve", "--port", "0", str(script)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                line = next(line for line in process.stdout if line.startswith("Serving at "))
                url = urlsplit(line.split()[-1])
                yield Served(url.hostname or "", url.port or 0, process.pid)
            finally:
                process.terminate()
