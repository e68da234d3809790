"""Which of the media types that a route offers a client gets."""

from __future__ import annotations

from collections.abc import Sequence


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type for an ``Accept`` header.

    The type that the client likes best wins; among those it likes alike, the one that it names first, and for a
    wildcard the one that the route lists first.

    Raises:
        LookupError: the client accepts none of them.
    """
    if accept is None or not accept.strip():
        return None
    for wanted in _by_preference(accept):
        for offer in offered:
            if _matches(wanted, offer):
                return offer
    raise LookupError(accept)


def _by_preference(accept: str) -> list[str]:
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    return [name for name, weight in sorted(ranges, key=lambda each: -each[1]) if weight > 0]


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (each.strip() for each in part.split(";"))
    for parameter in parameters:
        if parameter.lower().startswith("q="):
            try:
                return name.lower(), float(parameter[2:])
            except ValueError:
                break
    return name.lower(), 1.0


def _matches(wanted: str, offer: str) -> bool:
    return wanted in ("*/*", "*", offer) or (wanted.endswith("/*") and offer.startswith(wanted[:-1]))
