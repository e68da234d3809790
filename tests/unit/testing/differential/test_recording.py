"""Recordings: readable, stable, and compared offline."""

from __future__ import annotations

from pathlib import Path

import pytest

import minisql
from minisql.cli import main
from minisql.testing.differential import InProcess, Recording, parse_scenarios, read_recordings, record, write_recordings
from minisql.testing.differential.recording import recordings_text

SCRIPT = """--@test: totals
CREATE STREAM s (id INT KEY, v DOUBLE, d DECIMAL(4, 2)) WITH (kafka_topic='s', format='JSON', partitions=1);
CREATE TABLE t AS SELECT id, SUM(v) AS total, MAX(d) AS most FROM s WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY id;
INSERT INTO s (id, v, d, rowtime) VALUES (1, 1e10, 1.50, 5);
INSERT INTO s (id, v, d) VALUES (1, 2, 1.50);
SELECT * FROM t;
--@test: refused
--@produce: {"produce": "x", "key": {"base64": "AQI="}, "value": null}
SELECT * FROM t;
"""


@pytest.fixture
def recordings() -> list[Recording]:
    return [record(scenario, InProcess()) for scenario in parse_scenarios(SCRIPT)]


def test_file_and_back(recordings: list[Recording], tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    write_recordings(path, recordings)
    found = read_recordings(path)
    assert found == recordings
    assert recordings_text(found) == path.read_text(encoding="utf-8")
    assert all(each.replay() is None for each in found)


def test_text_is_for_people(recordings: list[Recording]) -> None:
    lines = [line.strip() for line in recordings_text(recordings).splitlines()]
    assert '{"row": "S", "values": {"ID": "1", "V": "1e10", "D": "1.50"}, "rowtime": 5},' in lines
    assert "[1, 0, 3600000, 1.0E+10, 1.50]," in lines
    assert '"value": {"MOST": 1.50, "TOTAL": 1.0E+10},' in lines
    assert not any("commandSequenceNumber" in line or "clusterStatistics" in line for line in lines)


def test_folders(recordings: list[Recording], tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "other.json").write_text("[1]")
    with pytest.raises(ValueError, match="no recordings in this folder"):
        read_recordings(tmp_path)
    write_recordings(tmp_path / "inner" / "b.json", recordings[:1])
    write_recordings(tmp_path / "a.json", recordings[1:])
    assert [each.scenario.name for each in read_recordings(tmp_path)] == ["refused", "totals"]
    with pytest.raises(ValueError, match=r"other\.json: no recordings"):
        read_recordings(tmp_path / "other.json")


def test_record_and_replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for library in ("h11", "h2", "httpx", "wsproto"):
        pytest.importorskip(library)
    script, kept = tmp_path / "some.sql", tmp_path / "kept.json"
    script.write_text(SCRIPT, encoding="utf-8")
    with minisql.server() as url:
        assert main(["record", str(script), "--url", url, "-o", str(kept)]) == 0
        assert main(["record", str(script), "--url", url]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines()[:2] == ["totals: recorded on minisql's server", "refused: recorded on minisql's server"]
    assert out.startswith('{\n  "minisql recordings": ')
    assert main(["replay", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "totals (minisql's server): same",
        "refused (minisql's server): same",
        "2 same, 0 different",
    ]


def test_a_difference_fails_the_replay(recordings: list[Recording], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kept.json"
    write_recordings(path, recordings)
    path.write_text(path.read_text().replace('"TOTAL": 2.0', '"TOTAL": 3.0'))
    assert main(["replay", str(path)]) == 1
    out = capsys.readouterr().out
    assert "totals (minisql in the process): DIFFERENT\nchanges of T, partition 0, number 2\n" in out
    assert "ASSERT VALUES T (ID, TOTAL, MOST, ROWTIME) VALUES (1, 3.0, 1.50, " in out
    assert out.splitlines()[-1] == "1 same, 1 different"


@pytest.mark.parametrize("arguments", [["replay", "nowhere.json"], ["record", "nowhere.sql", "--url", "http://127.0.0.1:1"]])
def test_what_cannot_be_done(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("httpx")
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(f"minisql {arguments[0]}: ")
