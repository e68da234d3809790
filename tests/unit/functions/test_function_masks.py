"""The functions that mask."""

import pytest

from minisql.errors import KsqlError
from minisql.functions.registry import builtins
from minisql.functions.scalar.masking import mask, mask_keep_left, mask_keep_right, mask_left, mask_right
from minisql.types import INTEGER, STRING

SMILE = "\U0001f600"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("AbC ÀÉé 12٣", "XxX-XXx-nnn"),
        ("ǅªⅣ²", "----"),
        (f"a{SMILE}B", "x--X"),
    ],
)
def test_kinds_of_characters(text: str, expected: str) -> None:
    assert mask(text) == expected


def test_masks_that_leave_a_kind_as_it_is() -> None:
    assert mask("Ab 1", "*", None, None, None) == "*b 1"
    assert mask("Ab 1", None, "é", None, "_") == "Aé_1"
    assert mask(f"{SMILE}", None, None, None, None) == f"{SMILE}\ude00"


@pytest.mark.parametrize("wrong", ["", "ab", SMILE])
def test_a_mask_is_one_character(wrong: str) -> None:
    with pytest.raises(KsqlError, match=f"Invalid mask character. Must be only single character, but was '{wrong}'"):
        mask(None, wrong, None, None, None)


def test_as_many_characters_as_there_are() -> None:
    assert mask_left("Ab1", 9) == mask_right("Ab1", 9) == "Xxn"
    assert mask_keep_left("Ab1", 9) == mask_keep_right("Ab1", 9) == "Ab1"
    assert mask_left("Ab1", 0) == mask_right("Ab1", 0) == "Ab1"
    assert mask_keep_left("Ab1", 0) == mask_keep_right("Ab1", 0) == "Xxn"


def test_half_a_character() -> None:
    assert mask_left(f"{SMILE}b", 1) == "-\ude00b"
    assert mask_right(f"{SMILE}b", 2) == "\ud83d-x"


def test_null() -> None:
    assert mask(None) is mask_left(None, 1) is mask_keep_right(None, 1, "x", None, None, None) is None


@pytest.mark.parametrize("name", ["mask_left", "mask_right", "mask_keep_left", "mask_keep_right"])
def test_a_number_of_characters_is_not_negative(name: str) -> None:
    masked = builtins().scalar(name, [STRING, INTEGER]).function
    with pytest.raises(KsqlError, match=f"function {name} requires a non-negative number of characters to mask or skip"):
        masked(None, -1)
