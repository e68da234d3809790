"""Errors and what they come from."""

from __future__ import annotations

from minisql.causes import with_causes

FACTOR = (
    "Unable to replicate the partition 9 time(s): The target replication factor of 9 cannot be reached because only "
    "1 broker(s) are registered or some brokers have all their log directories cordoned."
)


def test_causes_are_broken_into_lines_as_the_server_does() -> None:
    assert with_causes("Failed.", FACTOR) == (
        "Failed.\nCaused by: Unable to replicate the partition 9 time(s): The target replication\n\t"
        "factor of 9 cannot be reached because only 1 broker(s) are registered or some\n\t"
        "brokers have all their log directories cordoned."
    )


def test_a_word_that_is_too_long_is_broken() -> None:
    assert with_causes("Failed.", "x" * 80) == f"Failed.\nCaused by:\n\t{'x' * 80}"


def test_what_the_message_says_already_is_not_said_again() -> None:
    assert with_causes("It failed: why.", "why", "", "more", "more") == "It failed: why.\nCaused by: more"
