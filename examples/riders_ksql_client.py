"""Who is near Mountain View, asked as programs for the PyPI client ``ksql`` ask it; only the import is another."""

import threading
import time

from minisql import KSQLAPI

client = KSQLAPI("http://127.0.0.1:8788")

client.ksql("""
    CREATE STREAM rider_locations (profileId VARCHAR, latitude DOUBLE, longitude DOUBLE)
      WITH (kafka_topic='locations', value_format='json', partitions=1);
    CREATE TABLE current_location AS
      SELECT profileId, LATEST_BY_OFFSET(latitude) AS la, LATEST_BY_OFFSET(longitude) AS lo
      FROM rider_locations GROUP BY profileId;
    CREATE TABLE riders_near_mountain_view AS
      SELECT ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1) AS distanceInMiles,
             COLLECT_LIST(profileId) AS riders, COUNT(*) AS count
      FROM current_location
      GROUP BY ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1);""")


def insert_later() -> None:
    """Report where the riders are, once the main thread waits for them."""
    time.sleep(0.3)
    client.ksql("""
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('c2309eec', 37.7877, -122.4205);
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('18f4ea86', 37.3903, -122.0643);
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('4ab5cbad', 37.3952, -122.0813);
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('8b6eae59', 37.3944, -122.0813);
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('4a7c7b41', 37.4049, -122.0822);
        INSERT INTO rider_locations (profileId, latitude, longitude) VALUES ('4ddad000', 37.7857, -122.4011);""")


inserting = threading.Thread(target=insert_later)
inserting.start()

res = client.query(
    "SELECT * FROM rider_locations WHERE GEO_DISTANCE(latitude, longitude, 37.4133, -122.1162) <= 5 EMIT CHANGES",
    return_objects=True,
)
for _ in range(3):
    print(next(res))
res.close()
inserting.join()

for line in client.query(
    "SELECT * FROM riders_near_mountain_view WHERE distanceInMiles <= 10", return_objects=True, use_http2=True
):
    print(line, end="")
