"""The limit of each workload: a bare loop, written by hand for that one query.

A floor does what the query means and nothing of what an engine adds: no log, no topics, no type checks, no NULLs (the
input has none), constants folded, functions inlined. It gives every change of the result in order, which is also what
the engine's sink topic is checked against.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from math import asin, cos, floor, radians, sin, sqrt
from typing import Any

from tests.benchmarks.data import CENTER_LATITUDE, CENTER_LONGITUDE, Rows

COS_CENTER = cos(radians(CENTER_LATITUDE))
RADIANS = radians(1.0)
HALF_RADIANS = RADIANS / 2
DIAMETER_KM = 2 * 6371.0
WINDOW = 60_000


def near(rows: Rows) -> list[tuple[str, float, float]]:
    """W1: the positions within five kilometres of the centre."""
    changes: list[tuple[str, float, float]] = []
    append = changes.append
    for row in rows:
        latitude, longitude = row["latitude"], row["longitude"]
        a = sin((CENTER_LATITUDE - latitude) * HALF_RADIANS)
        b = sin((CENTER_LONGITUDE - longitude) * HALF_RADIANS)
        if asin(sqrt(a * a + b * b * cos(latitude * RADIANS) * COS_CENTER)) * DIAMETER_KM <= 5:
            append((row["profileId"], latitude, longitude))
    return changes


def latest(rows: Rows) -> list[tuple[str, float, float]]:
    """W2: the newest position per rider."""
    changes: list[tuple[str, float, float]] = []
    append = changes.append
    state: dict[str, tuple[str, float, float]] = {}
    for row in rows:
        rider = row["profileId"]
        state[rider] = change = (rider, row["latitude"], row["longitude"])
        append(change)
    return changes


def by_distance(rows: Rows) -> list[tuple[float, list[str], int]]:
    """W3: who is in which ring of ten kilometres: a move out of a ring and into another is two changes.

    Within one ring it is one change, the rider's removal and arrival together, as Kafka Streams has it since 3.5.
    """
    changes: list[tuple[float, list[str], int]] = []
    append = changes.append
    ring_of: dict[str, float] = {}
    state: dict[float, tuple[float, list[str], int]] = {}
    for row in rows:
        rider, latitude = row["profileId"], row["latitude"]
        a = sin((CENTER_LATITUDE - latitude) * HALF_RADIANS)
        b = sin((CENTER_LONGITUDE - row["longitude"]) * HALF_RADIANS)
        distance = asin(sqrt(a * a + b * b * cos(latitude * RADIANS) * COS_CENTER)) * DIAMETER_KM
        ring = floor(distance / 10 + 0.5) * 10.0
        old = ring_of.get(rider)
        if old is not None:
            _, riders, count = state[old]
            riders = riders.copy()
            riders.remove(rider)
            if old == ring:
                riders.append(rider)
                state[ring] = change = (ring, riders, count)
                append(change)
                continue
            state[old] = change = (old, riders, count - 1)
            append(change)
        ring_of[rider] = ring
        if ring in state:
            _, riders, count = state[ring]
            state[ring] = change = (ring, [*riders, rider], count + 1)
        else:
            state[ring] = change = (ring, [rider], 1)
        append(change)
    return changes


def per_minute(rows: Rows) -> list[tuple[str, int, int, int]]:
    """W4: count and sum per key and minute; the minute that is running is kept in a local."""
    changes: list[tuple[str, int, int, int]] = []
    append = changes.append
    current = -1
    state: dict[str, tuple[str, int, int, int]] = {}
    for row in rows:
        key, time = row["key"], row["ROWTIME"]
        start = time - time % WINDOW
        if start != current:
            current, state = start, {}
        if key in state:
            _, _, count, total = state[key]
            change = (key, start, count + 1, total + row["amount"])
        else:
            change = (key, start, 1, row["amount"])
        state[key] = change
        append(change)
    return changes


def hopping(rows: Rows, size: int, advance: int) -> list[tuple[str, int, int, int]]:
    """W7: count and sum per key in every window that a row lies in."""
    changes: list[tuple[str, int, int, int]] = []
    append = changes.append
    windows: dict[int, dict[str, tuple[str, int, int, int]]] = {}
    for row in rows:
        key, time, amount = row["key"], row["ROWTIME"], row["amount"]
        for start in range((time - size) // advance * advance + advance, time + 1, advance):
            state = windows.get(start)
            if state is None:
                windows[start] = state = {}
            if key in state:
                _, _, count, total = state[key]
                change = (key, start, count + 1, total + amount)
            else:
                change = (key, start, 1, amount)
            state[key] = change
            append(change)
    return changes


def sessions(rows: Rows, gap: int) -> list[tuple[str, int, int, int | None, int | None]]:
    """W8: count and sum per key and session; the row of a session that grows is deleted first."""
    changes: list[tuple[str, int, int, int | None, int | None]] = []
    append = changes.append
    state: dict[str, tuple[int, int, int, int]] = {}
    for row in rows:
        key, time, amount = row["key"], row["ROWTIME"], row["amount"]
        start, end, count, total = state.get(key, (0, -gap - 1, 0, 0))
        if time - end > gap:
            start, count, total = time, 0, 0
        else:
            append((key, start, end, None, None))
        state[key] = (start, time, count + 1, total + amount)
        append((key, start, time, count + 1, total + amount))
    return changes


def paired(batches: list[tuple[str, Rows]], within: int) -> list[tuple[str, int, int]]:
    """W9: every view with every click of its key that is near; of each side only what may still be near is kept."""
    changes: list[tuple[str, int, int]] = []
    append = changes.append
    views: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
    clicks: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for stream, rows in batches:
        is_view = stream == "views"
        own, other = (views, clicks) if is_view else (clicks, views)
        for row in rows:
            key, time, v = row["key"], row["ROWTIME"], row["v"]
            own[key].append((time, v))
            near = other[key]
            while near and near[0][0] < time - within:
                near.popleft()
            for there, w in near:
                if there > time + within:
                    break
                append((key, v, w) if is_view else (key, w, v))
    return changes


def joined(rows: Rows, users: Rows) -> list[tuple[Any, ...]]:
    """W5: each order with its user's name and city, or without."""
    table = {user["userId"]: (user["name"], user["city"]) for user in users}
    find = table.get
    nobody = (None, None)
    changes: list[tuple[Any, ...]] = []
    append = changes.append
    for row in rows:
        user = row["userId"]
        name, city = find(user, nobody)
        append((user, row["orderId"], row["amount"], name, city))
    return changes


def projected(records: list[bytes]) -> list[bytes]:
    """W6: three fields of ten, JSON in and out."""
    changes: list[bytes] = []
    append = changes.append
    loads, dumps = json.loads, json.JSONEncoder(separators=(",", ":")).encode
    for record in records:
        item = loads(record)
        append(dumps({"NAME": item["name"], "TOTAL": item["qty"] * item["price"], "CITY": item["city"]}).encode())
    return changes
