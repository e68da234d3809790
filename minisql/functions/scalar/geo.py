"""Geography."""

import math

from minisql.errors import KsqlError
from minisql.functions.registry import scalar

KILOMETRES, MILES = 6371.0, 3959.0
"""The earth's radius, as ksqlDB has it."""

UNITS = {
    **dict.fromkeys(("mi", "mile", "miles"), MILES),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), KILOMETRES),
}


@scalar(
    "geo_distance(lat1 DOUBLE!, lon1 DOUBLE!, lat2 DOUBLE!, lon2 DOUBLE!, units STRING) -> DOUBLE",
    "geo_distance(lat1 DOUBLE!, lon1 DOUBLE!, lat2 DOUBLE!, lon2 DOUBLE!) -> DOUBLE",
    nulls="pass",
)
def geo_distance(lat1: float, lon1: float, lat2: float, lon2: float, units: str | None = None) -> float:
    """The great-circle distance between two points given in degrees, in kilometres or in 'MILES'.

    >>> GEO_DISTANCE(37.4133, -122.1162, 37.3903, -122.0643, 'miles')
    3.2621385793305
    >>> GEO_DISTANCE(0.0, 0.0, 0.0, 180.0)
    20015.086796020572
    """
    if lat1 < -90 or lat2 < -90 or lat1 > 90 or lat2 > 90:
        raise KsqlError("valid latitude values for GeoDistance function are in the range of -90 to 90 decimal degrees")
    if lon1 < -180 or lon2 < -180 or lon1 > 180 or lon2 > 180:
        raise KsqlError("valid longitude values for GeoDistance function are in the range of -180 to +180 decimal degrees")
    radius = _radius(units) if units else KILOMETRES
    across = haversine(math.radians(lat2 - lat1))
    along = haversine(math.radians(lon2 - lon1))
    half_chord = across + along * math.cos(math.radians(lat1)) * math.cos(math.radians(lat2))
    return 2 * math.asin(math.sqrt(half_chord)) * radius


def haversine(angle: float) -> float:
    """The haversine of an angle."""
    sine = math.sin(angle / 2)
    return sine * sine


def _radius(units: str) -> float:
    unit = units.strip().lower()
    if unit and unit not in UNITS:
        raise KsqlError(
            "GeoDistance function units parameter must be one of mi, mile, miles, km, kilometer,"
            " kilometers, kilometre or kilometres. Values are case-insensitive."
        )
    return UNITS.get(unit, KILOMETRES)
