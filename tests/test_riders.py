"""The riders scenario as a property: an obvious model in plain Python agrees with every change that is emitted."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from geopy.distance import great_circle
from hypothesis import assume, given
from hypothesis import strategies as st

import minisql

MOUNTAIN_VIEW = (37.4133, -122.1162)

TABLES = """
CREATE STREAM rider_locations (profileId VARCHAR, latitude DOUBLE, longitude DOUBLE)
  WITH (kafka_topic='locations', value_format='json', partitions=1);
CREATE TABLE current_location AS
  SELECT profileId, LATEST_BY_OFFSET(latitude) AS la, LATEST_BY_OFFSET(longitude) AS lo
  FROM rider_locations GROUP BY profileId;
CREATE TABLE riders_near_mountain_view AS
  SELECT ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1) AS distanceInMiles,
         COLLECT_LIST(profileId) AS riders, COUNT(*) AS count
  FROM current_location
  GROUP BY ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1);
"""

NEARBY = "SELECT * FROM rider_locations WHERE GEO_DISTANCE(latitude, longitude, 37.4133, -122.1162) <= 5 EMIT CHANGES;"

Move = tuple[str, float, float]
Group = tuple[float, list[str], int]


def kilometres(latitude: float, longitude: float) -> float:
    """geopy's distance to Mountain View, on ksqlDB's earth."""
    return float(great_circle((latitude, longitude), MOUNTAIN_VIEW, radius=6371).km)


def tens(distance: float) -> float:
    """ROUND(distance, -1)."""
    return (distance + 5) // 10 * 10


@dataclass
class Model:
    """Who is where, and who is in which group."""

    groups: dict[float, list[str]] = field(default_factory=dict)
    group_of: dict[str, float] = field(default_factory=dict)
    nearby: list[Move] = field(default_factory=list)
    changes: list[Group] = field(default_factory=list)

    def move(self, rider: str, latitude: float, longitude: float) -> None:
        """A rider reports a position."""
        distance = kilometres(latitude, longitude)
        if distance <= 5:
            self.nearby.append((rider, latitude, longitude))
        new, old = tens(distance), self.group_of.get(rider)
        if old is not None:
            self.groups[old].remove(rider)
            if old != new:
                self.emit(old)
        self.groups.setdefault(new, []).append(rider)
        self.group_of[rider] = new
        self.emit(new)

    def emit(self, group: float) -> None:
        """The group as it is now reaches the topic."""
        riders = self.groups[group]
        self.changes.append((group, list(riders), len(riders)))


def clear(distance: float) -> bool:
    """Whether neither the circle nor a rounding tie is so near that the last digit of the distance would matter."""
    return abs(distance - 5) > 1e-5 and abs(distance % 10 - 5) > 1e-5


riders = st.sampled_from(["ann", "bob", "cyd", "dov"])
near = st.tuples(riders, st.floats(37.0, 37.8), st.floats(-122.6, -121.7))
anywhere = st.tuples(riders, st.floats(-90, 90), st.floats(-180, 180))
moves = st.lists(near | anywhere, max_size=25)


@given(moves)
def test_every_change_agrees_with_the_model(moves: list[Move]) -> None:
    assume(all(clear(kilometres(latitude, longitude)) for _, latitude, longitude in moves))
    model = Model()
    with minisql.connect() as conn:
        conn.execute(TABLES)
        push = conn.execute(NEARBY)
        for move in moves:
            conn.insert("rider_locations", [dict(zip(("profileId", "latitude", "longitude"), move, strict=True))])
            model.move(*move)
        assert push.fetchall() == model.nearby
        assert emitted(conn) == model.changes
        pulled = conn.execute("SELECT * FROM riders_near_mountain_view;").fetchall()
        assert sorted(pulled) == sorted((group, names, len(names)) for group, names in model.groups.items())


def emitted(conn: minisql.Connection) -> list[Group]:
    """Every change of the groups, in order."""
    records = conn.topic("RIDERS_NEAR_MOUNTAIN_VIEW").records()
    return [(record.key, record.value["RIDERS"], record.value["COUNT"]) for record in records]


@given(anywhere)
def test_distances_agree_with_geopy(move: Move) -> None:
    rider, latitude, longitude = move
    with minisql.connect() as conn:
        conn.execute(TABLES)
        push = conn.execute(
            "SELECT GEO_DISTANCE(latitude, longitude, 37.4133, -122.1162) AS d FROM rider_locations EMIT CHANGES;"
        )
        conn.insert("rider_locations", [(rider, latitude, longitude)])
        [(distance,)] = push.fetchall()
        assert distance == pytest.approx(kilometres(latitude, longitude), rel=1e-6, abs=1e-6)


def test_a_rider_who_moves_leaves_one_group_and_joins_another() -> None:
    with minisql.connect() as conn:
        conn.execute(TABLES)
        conn.insert("rider_locations", [("ann", 37.3952, -122.0813), ("bob", 37.3944, -122.0813)])
        conn.insert("rider_locations", [("ann", 37.7877, -122.4205)])
        assert emitted(conn)[-2:] == [(0.0, ["bob"], 1), (50.0, ["ann"], 1)]
