"""GEO_DISTANCE, with geopy as the judge."""

import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import KsqlError
from minisql.functions.scalar.geo import geo_distance, geo_distance_in

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_geopy_agrees(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    judged = great_circle((lat1, lon1), (lat2, lon2), radius=6371).km
    # The haversine loses digits near the antipode, and below a metre there are few to begin with.
    assert geo_distance(lat1, lon1, lat2, lon2) == pytest.approx(judged, rel=1e-6, abs=1e-3 if judged < 20015 else 1)


@pytest.mark.parametrize("unit", ["mi", "Mile", " MILES "])
def test_miles(unit: str) -> None:
    assert geo_distance_in(0.0, 0.0, 0.0, 90.0, unit) == pytest.approx(3959 * 3.141592653589793 / 2)


@pytest.mark.parametrize("unit", ["km", "kilometer", "Kilometers", "kilometre", "KILOMETRES", "", "  ", None])
def test_kilometres(unit: str | None) -> None:
    assert geo_distance_in(0.0, 0.0, 0.0, 90.0, unit) == pytest.approx(6371 * 3.141592653589793 / 2)


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ((91.0, 0.0), "valid latitude values for GeoDistance function are in the range of -90 to 90 decimal degrees"),
        ((0.0, -181.0), "valid longitude values for GeoDistance function are in the range of -180 to +180 decimal degrees"),
    ],
)
def test_points_beyond_the_earth(point: tuple[float, float], message: str) -> None:
    for arguments in ((*point, 0.0, 0.0), (0.0, 0.0, *point)):
        with pytest.raises(KsqlError) as caught:
            geo_distance(*arguments)
        assert caught.value.message == message


def test_unknown_unit() -> None:
    with pytest.raises(KsqlError) as caught:
        geo_distance_in(0.0, 0.0, 0.0, 0.0, "furlong")
    assert caught.value.message == (
        "GeoDistance function units parameter must be one of mi, mile, miles, km, kilometer, kilometers, "
        "kilometre or kilometres. Values are case-insensitive."
    )
