"""Which properties the server lets its clients set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.config import check_known, value_of
from minisql.errors import BAD_REQUEST, KsqlError

MODE = "ksql.properties.overrides.validation.mode"
DENIED, ALLOWED = "ksql.properties.overrides.denylist", "ksql.properties.overrides.allowlist"

NEVER_ALLOWED = ("ksql.service.id", DENIED, ALLOWED, MODE, "ksql.properties.overrides.log")
"""What not even the allowlist can let a client set."""


def check_override(name: str, value: Any, server: Mapping[str, Any]) -> None:
    """Check what SET sets on a server with this configuration.

    Raises:
        KsqlError: no such property, one that may not be set, or a value that does not fit.
    """
    item = check_known(name)
    check_allowed(name, server)
    item.parse(value)


def check_request(overrides: Mapping[str, Any], server: Mapping[str, Any]) -> None:
    """Check that a server with this configuration lets a request set its properties.

    Raises:
        KsqlError: it does not.
    """
    for name in overrides:
        try:
            check_allowed(name, server)
        except KsqlError as error:
            raise KsqlError(error.message, BAD_REQUEST) from None


def check_allowed(name: str, server: Mapping[str, Any]) -> None:
    """Check that a server with this configuration lets clients set a property.

    Raises:
        KsqlError: it does not.
    """
    advice = f"(use UNSET to reset their default value): [{name}]"
    if value_of(MODE, server) == "allowlist":
        if name in NEVER_ALLOWED or name not in value_of(ALLOWED, server):
            raise KsqlError(f"One or more property overrides set locally are not permitted by the KSQL server allowlist {advice}")
    elif name == "ksql.service.id" or name in value_of(DENIED, server):
        raise KsqlError(f"One or more properties overrides set locally are prohibited by the KSQL server denylist {advice}")
