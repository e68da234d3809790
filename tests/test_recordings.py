"""What a ksqlDB gave, recorded below ``tests/recordings``, comes out of the engine in this process too."""

from __future__ import annotations

from pathlib import Path

import pytest

from minisql.testing.differential import Recording, read_recordings, read_scenarios

FOLDER = Path(__file__).parent / "recordings"
RECORDINGS = read_recordings(FOLDER)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: recording.scenario.name)
def test_replay(recording: Recording) -> None:
    assert recording.observation.backend.startswith("ksqlDB ")
    found = recording.replay()
    assert found is None, str(found)


def test_all_that_is_there_was_recorded() -> None:
    named = [scenario.name for path in sorted(FOLDER.glob("*.sql")) for scenario in read_scenarios(path)]
    assert [each.scenario.name for each in RECORDINGS] == named
