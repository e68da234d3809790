"""Doubles as Java printed them before JDK 19; the texts are those of JDK 17."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.java import double_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.0**62, "4.6116860184273879E18"),
        (2.0**60, "1.15292150460684698E18"),
        (2.0**53, "9.007199254740992E15"),
        (-(2.0**63), "-9.223372036854776E18"),
        (2e22, "2.0E22"),
        (2e23, "1.9999999999999998E23"),
        (1e23, "9.999999999999999E22"),
        (8.41e21, "8.409999999999999E21"),
        (3.3861402392180025e25, "3.3861402392180024E25"),
        (1.1641154339061586e18, "1.16411543390615859E18"),
        (2.0**-14, "6.103515625E-5"),
        (2.0**-44, "5.6843418860808015E-14"),
        (2.0**-52, "2.220446049250313E-16"),
        (2.0**90, "1.2379400392853803E27"),
        (2.2250738585072014e-308, "2.2250738585072014E-308"),
        (1.1e-322, "1.1E-322"),
        (5e-324, "4.9E-324"),
        (3e10, "3.0E10"),
    ],
)
def test_large_and_small_numbers(number: float, text: str) -> None:
    assert double_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_is_the_number(number: float) -> None:
    assert float(double_text(number)) == number
