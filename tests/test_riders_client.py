"""The riders scenario as a program for the ``ksql`` client that derives a class of its own from ``KSQLAPI``."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest

from minisql import KSQLAPI, KSQLError
from minisql.client import forget
from tests.benchmarks.workloads import CURRENT_LOCATION, LOCATIONS

URL = "http://127.0.0.1:8788"
RIDERS = [
    ("c2309eec", 37.7877, -122.4205),
    ("18f4ea86", 37.3903, -122.0643),
    ("4ab5cbad", 37.3952, -122.0813),
    ("8b6eae59", 37.3944, -122.0813),
    ("4a7c7b41", 37.4049, -122.0822),
    ("4ddad000", 37.7857, -122.4011),
]
NEAR_MOUNTAIN_VIEW = """
CREATE TABLE riders_near_mountain_view AS
  SELECT ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1) AS distanceInMiles,
         COLLECT_LIST(profileId) AS riders, COUNT(*) AS count
  FROM current_location
  GROUP BY ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1);"""


class RidersClient(KSQLAPI):
    """Looks at answers in its own way, since the client's way does not know newer servers."""

    def __init__(self, url: str) -> None:
        super().__init__(url, max_retries=3, check_version=True)
        self.sa._raise_for_status = self.raise_for_status  # type: ignore[method-assign]

    @staticmethod
    def raise_for_status(r: Any, response: str) -> bool:
        answer = json.loads(response)
        if r.getcode() != 200:
            raise KSQLError(answer["message"], answer["error_code"])
        for entity in answer:
            if entity.get("commandStatus", {}).get("status") == "ERROR":
                raise KSQLError(entity["commandStatus"]["message"])
        return True


@pytest.fixture
def client() -> RidersClient:
    forget(URL)
    client = RidersClient(URL)
    client.ksql((LOCATIONS + CURRENT_LOCATION + NEAR_MOUNTAIN_VIEW).strip())
    return client


def insert(pause: float) -> None:
    """From another client with the same URL."""
    time.sleep(pause)
    statements = "INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('{}', {}, {});"
    KSQLAPI(URL).ksql("".join(statements.format(*rider) for rider in RIDERS))


def test_who_is_near(client: RidersClient) -> None:
    inserting = threading.Thread(target=insert, args=[0.2])
    inserting.start()
    query = "SELECT * FROM rider_locations WHERE GEO_DISTANCE(latitude, longitude, 37.4133, -122.1162) <= 5 EMIT CHANGES"
    res = client.query(query, return_objects=True)
    assert [next(res) for _ in range(3)] == [
        {"PROFILEID": "4ab5cbad", "LATITUDE": 37.3952, "LONGITUDE": -122.0813},
        {"PROFILEID": "8b6eae59", "LATITUDE": 37.3944, "LONGITUDE": -122.0813},
        {"PROFILEID": "4a7c7b41", "LATITUDE": 37.4049, "LONGITUDE": -122.0822},
    ]
    inserting.join()

    query = "SELECT * FROM riders_near_mountain_view WHERE distanceInMiles <= 10"
    header, *rows = client.query(query, return_objects=True, use_http2=True)
    head = json.loads(header)
    assert list(head) == ["queryId", "columnNames", "columnTypes"]
    assert head["columnNames"] == ["DISTANCEINMILES", "RIDERS", "COUNT"]
    assert head["columnTypes"] == ["DOUBLE", "ARRAY<STRING>", "BIGINT"]
    assert rows == ['[0.0,["4ab5cbad","8b6eae59","4a7c7b41"],3]\n', '[10.0,["18f4ea86"],1]\n']


def test_refusal_reaches_the_program(client: RidersClient) -> None:
    with pytest.raises(KSQLError) as caught:
        client.ksql("INSERT INTO rider_locations (profileId, altitude) VALUES ('a', 1);")
    assert caught.value.error_code == 40001
    assert "ALTITUDE" in caught.value.msg
