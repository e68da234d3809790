"""The key format of a stream that gets a key though its source has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.config import DEFAULT_KEY_FORMAT
from minisql.formats.info import FormatInfo


def default_key_format(config: Mapping[str, Any]) -> FormatInfo:
    """What the configuration says, KAFKA by default."""
    return FormatInfo(str(config.get(DEFAULT_KEY_FORMAT) or "KAFKA").upper())
