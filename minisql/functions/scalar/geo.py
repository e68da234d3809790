"""Geography."""

from math import asin, cos, nan, radians, sin, sqrt

from minisql.errors import KsqlError
from minisql.functions.registry import scalar

KILOMETRES, MILES = 6371.0, 3959.0
"""The earth's radius, as ksqlDB has it."""

UNITS = {
    **dict.fromkeys(("mi", "mile", "miles"), MILES),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), KILOMETRES),
}


@scalar("geo_distance(lat1 DOUBLE!, lon1 DOUBLE!, lat2 DOUBLE!, lon2 DOUBLE!) -> DOUBLE")
def geo_distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points given in degrees, in kilometres or in 'MILES'.

    >>> GEO_DISTANCE(0.0, 0.0, 0.0, 180.0)
    20015.086796020572
    """
    return angle(lat1, lon1, lat2, lon2) * KILOMETRES


@scalar("geo_distance(lat1 DOUBLE!, lon1 DOUBLE!, lat2 DOUBLE!, lon2 DOUBLE!, units STRING) -> DOUBLE", nulls="pass")
def geo_distance_in(lat1: float, lon1: float, lat2: float, lon2: float, units: str | None) -> float:
    """The great-circle distance between two points in the units that the last argument names: MILES or KM.

    >>> GEO_DISTANCE(37.4133, -122.1162, 37.3903, -122.0643, 'miles')
    3.2621385793305
    """
    return angle(lat1, lon1, lat2, lon2) * radius(units)


def angle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The angle between two points given in degrees, by ksqlDB's operations in its order.

    Raises:
        KsqlError: a point is not on the earth.
    """
    if not (-90 <= lat1 <= 90 and -90 <= lat2 <= 90 and -180 <= lon1 <= 180 and -180 <= lon2 <= 180):
        return _beyond_the_earth(lat1, lon1, lat2, lon2)
    across = sin(radians(lat2 - lat1) / 2)
    along = sin(radians(lon2 - lon1) / 2)
    return 2 * asin(sqrt(across * across + along * along * cos(radians(lat1)) * cos(radians(lat2))))


def _beyond_the_earth(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    if lat1 < -90 or lat2 < -90 or lat1 > 90 or lat2 > 90:
        raise KsqlError("valid latitude values for GeoDistance function are in the range of -90 to 90 decimal degrees")
    if lon1 < -180 or lon2 < -180 or lon1 > 180 or lon2 > 180:
        raise KsqlError("valid longitude values for GeoDistance function are in the range of -180 to +180 decimal degrees")
    return nan


def radius(units: str | None) -> float:
    """The earth's radius in ``units``; kilometres when there are none.

    Raises:
        KsqlError: there is no such unit.
    """
    unit = (units or "").strip().lower()
    if unit and unit not in UNITS:
        raise KsqlError(
            "GeoDistance function units parameter must be one of mi, mile, miles, km, kilometer,"
            " kilometers, kilometre or kilometres. Values are case-insensitive."
        )
    return UNITS.get(unit, KILOMETRES)
