"""The input rows of the workloads: the same for the same seed, size and number of keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

Rows = list[dict[str, Any]]

CENTER_LATITUDE, CENTER_LONGITUDE = 37.4133, -122.1162
FIRST_EVENT = 1700000040000
MILLISECONDS_BETWEEN_EVENTS = 6
KNOWN_USERS_SHARE = 10 / 11
"""Orders come from a tenth more user ids than there are users, so that about 9 % find none."""

BATCH = 1000
"""How many rows of one stream come before rows of the other."""

CITIES = ("Porto", "Oslo", "Lima", "Kyoto", "Quito", "Turin")
COUNTRIES = ("PT", "NO", "PE", "JP", "EC", "IT")


def rider_locations(count: int, keys: int) -> Rows:
    """Positions of riders: half close to the centre, half anywhere in a box round it."""
    random = Random(42)
    return [dict(zip(("profileId", "latitude", "longitude"), _location(random, keys), strict=True)) for _ in range(count)]


def _location(random: Random, keys: int) -> tuple[str, float, float]:
    rider = f"p{random.randrange(keys):04d}"
    if random.random() < 0.5:
        return rider, random.gauss(CENTER_LATITUDE, 0.05), random.gauss(CENTER_LONGITUDE, 0.06)
    return rider, CENTER_LATITUDE + random.uniform(-0.5, 0.5), CENTER_LONGITUDE + random.uniform(-0.6, 0.6)


def events(count: int, keys: int) -> Rows:
    """Amounts per key, one event every six milliseconds."""
    random = Random(43)
    return [
        {
            "key": f"k{random.randrange(keys):04d}",
            "amount": random.randrange(1000),
            "ROWTIME": FIRST_EVENT + MILLISECONDS_BETWEEN_EVENTS * i,
        }
        for i in range(count)
    ]


def two_streams(count: int, keys: int) -> list[tuple[str, Rows]]:
    """Views and clicks in batches of a thousand by turns, each stream with an event every twelve milliseconds."""
    random = Random(46)
    batches: list[tuple[str, Rows]] = []
    for first in range(0, count, 2 * BATCH):
        for stream, most in (("views", count - first), ("clicks", count - first - BATCH)):
            batches.append((stream, [_visit(random, keys, first // 2 + i) for i in range(max(0, min(BATCH, most)))]))
    return batches


def _visit(random: Random, keys: int, place: int) -> dict[str, Any]:
    time = FIRST_EVENT + 2 * MILLISECONDS_BETWEEN_EVENTS * place
    return {"key": f"k{random.randrange(keys):04d}", "v": random.randrange(1000), "ROWTIME": time}


def users(keys: int) -> Rows:
    """The table side of the join."""
    return [{"userId": f"u{i:04d}", "name": f"name {i}", "city": CITIES[i % len(CITIES)]} for i in range(keys)]


def orders(count: int, keys: int) -> Rows:
    """Orders, some of them of users who do not exist."""
    random = Random(44)
    ids = int(keys / KNOWN_USERS_SHARE)
    return [{"orderId": i, "userId": f"u{random.randrange(ids):04d}", "amount": random.randrange(1000)} for i in range(count)]


def items_as_json(count: int, keys: int) -> list[bytes]:
    """Items as JSON text, about 195 bytes each."""
    return [json.dumps(item).encode() for item in items(count, keys)]


def items(count: int, keys: int) -> Iterator[dict[str, Any]]:
    """Records of ten fields."""
    random = Random(45)
    for i in range(count):
        city = random.randrange(len(CITIES))
        yield {
            "id": 100000 + i,
            "name": f"item number {random.randrange(keys):04d}",
            "qty": random.randrange(1, 100),
            "price": round(random.uniform(1, 500), 2),
            "city": CITIES[city],
            "country": COUNTRIES[city],
            "active": random.random() < 0.5,
            "score": round(random.gauss(50, 15), 6),
            "note": "a short remark on it",
            "ts": FIRST_EVENT + i,
        }
