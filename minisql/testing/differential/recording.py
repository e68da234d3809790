"""What a server answered, kept in a file that people can read and compare with, when there is no server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minisql import __version__
from minisql.clock import SystemClock
from minisql.record import Record
from minisql.testing.differential.backend import Backend
from minisql.testing.differential.compare import Difference, difference
from minisql.testing.differential.inprocess import InProcess
from minisql.testing.differential.normalizations import normalized
from minisql.testing.differential.observation import QUERIES, TOPICS, Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.values import loads, pretty

FORMAT = "minisql recordings"


class Recording(Record):
    """A scenario and what a server gave to it.

    Attributes:
        scenario: what was run; its rows have the times that they were given.
        observation: what came of it, without what means nothing.
        ordered: whether the server gives everything in the same order each time.
        now: what its clock showed at first, in milliseconds.

    >>> from minisql.testing.differential import InProcess, Query, Scenario
    >>> kept = record(Scenario((Query("SELECT * FROM NOWHERE;"),)), InProcess())
    >>> kept.replay() is None
    True
    >>> Recording.from_json(kept.to_json()) == kept
    True
    """

    scenario: Scenario
    observation: Observation
    ordered: bool
    now: int

    def replay(self, backend: Backend | None = None) -> Difference | None:
        """Run the scenario again and compare with what was recorded; the first difference, or None.

        Args:
            backend: where; by default in this process, with the clock at the time of the recording.
        """
        backend = backend or InProcess(self.now)
        found = backend.run(self.scenario, self.observation.seen)
        return difference(self.scenario, self.observation, found, ordered=self.ordered and backend.ordered)

    def to_json(self) -> dict[str, Any]:
        """The recording in a JSON file."""
        return {
            "server": self.observation.backend,
            "ordered": self.ordered,
            "now": self.now,
            "scenario": self.scenario.to_json(),
            "observation": {name: value for name, value in self.observation.to_json().items() if name != "backend"},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recording:
        """The recording that ``to_json`` wrote.

        Raises:
            KeyError, ValueError: it is none.
        """
        observation = Observation.from_json({**data["observation"], "backend": data["server"]})
        return cls(Scenario.from_json(data["scenario"]), observation, data["ordered"], data["now"])


def record(scenario: Scenario, backend: Backend) -> Recording:
    """Run a scenario and keep what comes of it; rows without a ROWTIME get the present time.

    Raises:
        InterfaceError: the backend cannot do a step.
        ServerError: there is no server.
    """
    now = SystemClock().now()
    timed = scenario.timed(now)
    found = backend.run(timed, TOPICS if backend.sees_topics else QUERIES)
    kept = {name: normalized(getattr(found, name), ()) for name in ("steps", "sources", "queries", "changes")}
    return Recording(timed, found.with_(**{**kept, "steps": tuple(kept["steps"])}), backend.ordered, now)


def write_recordings(path: Path, recordings: Iterable[Recording]) -> None:
    """Write a file of recordings: JSON, a step or a row a line, so that what changes shows in a diff.

    Raises:
        OSError: it cannot be written.
    """
    path.write_text(recordings_text(recordings), encoding="utf-8")


def recordings_text(recordings: Iterable[Recording]) -> str:
    """The text of a file of recordings."""
    data = {FORMAT: __version__, "recordings": [each.to_json() for each in recordings]}
    return pretty(data) + "\n"


def read_recordings(*paths: str | Path) -> list[Recording]:
    """The recordings of files, and of the ``.json`` files in folders.

    Raises:
        OSError: a file cannot be read.
        ValueError: it holds no recordings, or a folder has none.
    """
    return [recording for path in paths for file in recording_files(Path(path)) for recording in _read(file)]


def recording_files(path: Path) -> list[Path]:
    """The path itself, or the files of recordings in a folder.

    Raises:
        ValueError: the folder has none.
    """
    if not path.is_dir():
        return [path]
    found = [each for each in sorted(path.rglob("*.json")) if FORMAT in each.read_text(encoding="utf-8")[:100]]
    if not found:
        raise ValueError(f"{path}: no recordings in this folder")
    return found


def _read(path: Path) -> Iterator[Recording]:
    try:
        data = loads(path.read_text(encoding="utf-8"))
        recordings: Sequence[Mapping[str, Any]] = data["recordings"]
        yield from map(Recording.from_json, recordings)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: no recordings: {error!r}") from error
