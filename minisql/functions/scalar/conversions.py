"""Numbers from bytes."""

from minisql.errors import KsqlError
from minisql.functions.registry import scalar

CATEGORY = "CONVERSIONS"

ORDERS = {"big_endian": ">", "little_endian": "<"}


def signatures(name: str, kind: str) -> tuple[str, str]:
    """Those of a function that gives numbers of a type."""
    return f"{name}(value BYTES) -> {kind}", f"{name}(value BYTES, byteOrder STRING) -> {kind}"


@scalar(*signatures("int_from_bytes", "INT"), nulls="pass")
def int_from_bytes(data: bytes | None, order: str | None = "BIG_ENDIAN") -> int | None:
    """The INT that 4 bytes are, in the order 'BIG_ENDIAN' or 'LITTLE_ENDIAN'.

    >>> INT_FROM_BYTES(TO_BYTES('00003039', 'hex'))
    12345
    """
    found = unpacked("i", data, 4, order)
    return None if found is None else int(found)


@scalar(*signatures("bigint_from_bytes", "BIGINT"), nulls="pass")
def bigint_from_bytes(data: bytes | None, order: str | None = "BIG_ENDIAN") -> int | None:
    """The BIGINT that 8 bytes are, in the order 'BIG_ENDIAN' or 'LITTLE_ENDIAN'.

    >>> BIGINT_FROM_BYTES(TO_BYTES('3930000000000000', 'hex'), 'LITTLE_ENDIAN')
    12345
    """
    found = unpacked("q", data, 8, order)
    return None if found is None else int(found)


@scalar(*signatures("double_from_bytes", "DOUBLE"), nulls="pass")
def double_from_bytes(data: bytes | None, order: str | None = "BIG_ENDIAN") -> float | None:
    """The DOUBLE that 8 bytes are, in the order 'BIG_ENDIAN' or 'LITTLE_ENDIAN'.

    >>> DOUBLE_FROM_BYTES(TO_BYTES('BFF8000000000000', 'hex'))
    -1.5
    """
    return unpacked("d", data, 8, order)


def unpacked(kind: str, data: bytes | None, size: int, order: str | None) -> float | None:
    """The number that ``data`` is, by the ``struct`` module's letter of its kind.

    Raises:
        KsqlError: there is no such order, or there are not so many bytes.
    """
    mark = ORDERS.get((order or "").lower())
    if mark is None:
        raise KsqlError(
            f"Byte order must be BIG_ENDIAN or LITTLE_ENDIAN. Unknown byte order '{'null' if order is None else order}'."
        )
    if data is None:
        return None
    if len(data) != size:
        raise KsqlError(f"Number of bytes must be equal to {size}, but found {len(data)}")
    from struct import unpack

    number: float = unpack(mark + kind, data)[0]
    return number
