"""Which module has which function, so that a module is only imported when one of its functions is used."""

FAMILIES: dict[str, str] = {
    "scalar.geo": "GEO_DISTANCE",
    "scalar.rounding": "ROUND TRUNC CEIL FLOOR",
}
"""Module below ``minisql.functions`` -> the names that it declares, separated by blanks."""


def homes() -> dict[str, str]:
    """Function name -> module."""
    return {name: module for module, names in FAMILIES.items() for name in names.split()}
