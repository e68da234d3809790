"""Who is near Mountain View, asked through ``minisql.connect()``."""

import minisql

SETUP = """
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
SUMMARY = "SELECT * FROM riders_near_mountain_view WHERE distanceInMiles <= 10;"
RIDERS = [
    ("c2309eec", 37.7877, -122.4205),
    ("18f4ea86", 37.3903, -122.0643),
    ("4ab5cbad", 37.3952, -122.0813),
    ("8b6eae59", 37.3944, -122.0813),
    ("4a7c7b41", 37.4049, -122.0822),
    ("4ddad000", 37.7857, -122.4011),
]


def main() -> None:
    """Set up, insert, and print what the two queries give."""
    with minisql.connect() as conn:
        conn.execute(SETUP)
        nearby = conn.execute(NEARBY)
        conn.insert("rider_locations", RIDERS)
        for rider in nearby.fetchall():
            print("nearby:", *rider)
        for distance, riders, count in conn.execute(SUMMARY):
            print(f"{distance} km: {', '.join(riders)} ({count})")

        # A rider who moves leaves the old group and joins the new one: both groups emit.
        changes = conn.execute("SELECT * FROM riders_near_mountain_view EMIT CHANGES;")
        changes.fetchall()  # a table's push query starts with its history
        conn.insert("rider_locations", [{"profileId": "18f4ea86", "latitude": 37.4133, "longitude": -122.1162}])
        for distance, riders, count in changes.fetchall():
            print(f"now {distance} km: {', '.join(riders)} ({count})")


if __name__ == "__main__":
    main()
