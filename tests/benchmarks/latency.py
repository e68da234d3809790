"""What a short program waits for: the first row, a fresh engine, single INSERT statements."""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import minisql
from tests.benchmarks.workloads import BY_DISTANCE, CURRENT_LOCATION, LOCATIONS

FIRST_ROW = """
import minisql
conn = minisql.connect()
conn.execute("CREATE STREAM s (id VARCHAR, v DOUBLE) WITH (kafka_topic='s', value_format='json', partitions=1);")
rows = conn.execute("SELECT * FROM s WHERE v > 1 EMIT CHANGES;")
conn.execute("INSERT INTO s (id, v) VALUES ('a', 2.5);")
assert tuple(next(iter(rows))) == ("a", 2.5)
"""


def seconds_to_first_row(rounds: int) -> tuple[float, float]:
    """Wall-clock seconds from process start to a push query's first row, and of ``import sqlglot`` alone; medians.

    Both are of an installation that has run before: neither compiles Python.
    """
    with TemporaryDirectory() as cache:
        pairs = [(_process(FIRST_ROW, cache), _process("import sqlglot", cache)) for _ in range(rounds + 1)][1:]
    return median(first for first, _ in pairs), median(alone for _, alone in pairs)


def _process(program: str, cache: str) -> float:
    """Seconds of a process; ``cache`` is the folder in which it keeps the bytecode of modules."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    return perf_counter() - start


def seconds_of_fresh_engine(rounds: int) -> float:
    """Seconds until a fresh engine has run three CREATE statements, once the process is warm; the median."""

    def fresh() -> float:
        start = perf_counter()
        minisql.connect().execute(LOCATIONS + CURRENT_LOCATION + BY_DISTANCE)
        return perf_counter() - start

    fresh()
    return median(fresh() for _ in range(rounds))


def inserts_per_second(count: int) -> float:
    """How many INSERT VALUES statements a second ``execute`` takes, one statement a call, each with its own values."""
    conn = minisql.connect()
    conn.execute(LOCATIONS)
    statements = [
        f"INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('p{i % 1000:04d}', {37 + i / count}, -122.1);"
        for i in range(count)
    ]
    start = perf_counter()
    for statement in statements:
        conn.execute(statement)
    seconds = perf_counter() - start
    assert len(conn.topic("locations").records()) == count
    return count / seconds
