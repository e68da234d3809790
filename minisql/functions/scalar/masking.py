"""Masks: strings whose characters are replaced by their kind."""

from collections.abc import Callable
from functools import lru_cache

from minisql.errors import KsqlError
from minisql.functions.registry import scalar
from minisql.functions.utf16 import join_units, split_units

CATEGORY = "STRING"

KINDS = {"Lu": 0, "Ll": 1, "Nd": 2}
"""Unicode's categories of capitals, small letters and digits; whatever else there is comes after them."""

INPUT = "`input STRING to be masked` STRING"
KINDS_OF_MASKS = ", ".join(
    f"`{mask}, or NULL to use default` STRING"
    for mask in ("upper-case mask", "lower-case mask", "digit mask", "mask for other characters")
)
"""ksqlDB has these sentences for names; they stand in its messages."""


class Mask(dict[int, str]):
    """A table for ``str.translate``, filled as characters turn up.

    Args:
        masks: what replaces capitals, small letters, digits and others; None: they stay.
    """

    def __init__(self, *masks: str | None) -> None:
        super().__init__()
        self._masks = masks

    def __missing__(self, code: int) -> str:
        from unicodedata import category

        character = chr(code)
        mask = self._masks[KINDS.get(category(character), 3)]
        masked = character if mask is None else mask
        # Java goes on by one unit, and so takes the second half of a character for another one.
        masked += split_units(character)[1:] and (self._masks[3] or split_units(character)[1:])
        self[code] = masked
        return masked


@lru_cache(maxsize=100)
def mask_of(*masks: str | None) -> Mask:
    """The table for four masks, or for none: ``X``, ``x``, ``n`` and ``-``.

    Raises:
        KsqlError: a mask is not one character.
    """
    for mask in masks:
        if mask is not None and len(split_units(mask)) != 1:
            raise KsqlError(f"Invalid mask character. Must be only single character, but was '{mask}'")
    return Mask(*(masks or "Xxn-"))


def signatures(name: str, count: str) -> tuple[str, str]:
    """Those of a function that masks all but, or only, some characters."""
    count = f"`number of characters to {count}` INT!"
    return f"{name}({INPUT}, {count}) -> STRING", f"{name}({INPUT}, {count}, {KINDS_OF_MASKS}) -> STRING"


@scalar(f"mask({INPUT}) -> STRING", f"mask({INPUT}, {KINDS_OF_MASKS}) -> STRING", nulls="pass")
def mask(text: str | None, *masks: str | None) -> str | None:
    """Put X for capitals, x for small letters, n for digits and - for all else, or the given masks.

    A mask that is NULL leaves its kind of characters as they are.

    >>> MASK('My Test $123')
    'Xx-Xxxx--nnn'
    >>> MASK('My Test $123', '*', NULL, '1', NULL)
    '*y *est $111'
    """
    table = mask_of(*masks)
    return None if text is None else text.translate(table)


@scalar(*signatures("mask_left", "mask from the start"), nulls="pass")
def mask_left(text: str | None, count: int, *masks: str | None) -> str | None:
    """Mask the first characters of a text, as MASK does.

    >>> MASK_LEFT('My Test $123', 4)
    'Xx-Xest $123'
    """
    return _masked("mask_left", text, count, masks, lambda size: (0, min(count, size)))


@scalar(*signatures("mask_right", "mask before the end"), nulls="pass")
def mask_right(text: str | None, count: int, *masks: str | None) -> str | None:
    """Mask the last characters of a text, as MASK does.

    >>> MASK_RIGHT('My Test $123', 4)
    'My Test -nnn'
    """
    return _masked("mask_right", text, count, masks, lambda size: (max(size - count, 0), size))


@scalar(*signatures("mask_keep_left", "keep unmasked at the start"), nulls="pass")
def mask_keep_left(text: str | None, count: int, *masks: str | None) -> str | None:
    """Mask all but the first characters of a text, as MASK does.

    >>> MASK_KEEP_LEFT('My Test $123', 4)
    'My Txxx--nnn'
    """
    return _masked("mask_keep_left", text, count, masks, lambda size: (min(count, size), size))


@scalar(*signatures("mask_keep_right", "keep unmasked at the end"), nulls="pass")
def mask_keep_right(text: str | None, count: int, *masks: str | None) -> str | None:
    """Mask all but the last characters of a text, as MASK does.

    >>> MASK_KEEP_RIGHT('My Test $123', 4)
    'Xx-Xxxx-$123'
    """
    return _masked("mask_keep_right", text, count, masks, lambda size: (0, max(size - count, 0)))


def _masked(
    name: str, text: str | None, count: int, masks: tuple[str | None, ...], bounds: Callable[[int], tuple[int, int]]
) -> str | None:
    """Mask what lies between the bounds, which are found from the length."""
    table = mask_of(*masks)
    if count < 0:
        raise KsqlError(f"function {name} requires a non-negative number of characters to mask or skip")
    if text is None:
        return None
    units = split_units(text)
    start, end = bounds(len(units))
    return join_units(units[:start] + join_units(units[start:end]).translate(table) + units[end:])
