"""The examples do what they say: each runs in a process of its own, and its output is checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEARBY = ["4ab5cbad", "8b6eae59", "4a7c7b41"]


def output_of(*arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


def cells(lines: list[str], first: str) -> list[list[str]]:
    """The rows of the box whose first column is headed ``first``, its wrapped lines put together."""
    head = next(i for i, line in enumerate(lines) if line.startswith(f"|{first} "))
    rows: list[list[str]] = []
    for line in lines[head + 2 :]:
        if not line.startswith("|"):
            break
        parts = line.strip("|").split("|")
        if parts[0].strip():
            rows.append([part.strip() for part in parts])
        else:
            rows[-1] = [done + part.strip() for done, part in zip(rows[-1], parts, strict=True)]
    return rows


def test_riders_script() -> None:
    lines = output_of("-m", "minisql", "run", "examples/riders.sql")
    assert [row[0] for row in cells(lines, "PROFILEID")] == NEARBY
    distances = cells(lines, "DISTANCEINMILES")
    assert sorted((row[0], row[2]) for row in distances) == [("0.0", "3"), ("10.0", "1")]
    assert lines.count("Query terminated") == 2


def test_riders_program() -> None:
    assert output_of("examples/riders.py") == [
        "nearby: 4ab5cbad 37.3952 -122.0813",
        "nearby: 8b6eae59 37.3944 -122.0813",
        "nearby: 4a7c7b41 37.4049 -122.0822",
        "0.0 km: 4ab5cbad, 8b6eae59, 4a7c7b41 (3)",
        "10.0 km: 18f4ea86 (1)",
        "now 10.0 km:  (0)",
        "now 0.0 km: 4ab5cbad, 8b6eae59, 4a7c7b41, 18f4ea86 (4)",
    ]


def test_riders_program_for_the_ksql_client() -> None:
    *rows, header, first, second = output_of("examples/riders_ksql_client.py")
    assert rows == [
        "{'PROFILEID': '4ab5cbad', 'LATITUDE': 37.3952, 'LONGITUDE': -122.0813}",
        "{'PROFILEID': '8b6eae59', 'LATITUDE': 37.3944, 'LONGITUDE': -122.0813}",
        "{'PROFILEID': '4a7c7b41', 'LATITUDE': 37.4049, 'LONGITUDE': -122.0822}",
    ]
    head = json.loads(header)
    assert head["columnNames"] == ["DISTANCEINMILES", "RIDERS", "COUNT"]
    assert head["columnTypes"] == ["DOUBLE", "ARRAY<STRING>", "BIGINT"]
    assert [json.loads(line) for line in (first, second)] == [[0.0, NEARBY, 3], [10.0, ["18f4ea86"], 1]]


def test_sql_tests_of_the_orders() -> None:
    assert output_of("-m", "minisql", "test", "examples")[-1].startswith("4 cases: 4 passed in ")
