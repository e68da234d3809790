"""Digests and identifiers."""

from minisql.functions.registry import scalar

CATEGORY = "STRING"


@scalar("md5(s STRING) -> STRING")
def md5(text: str) -> str:
    """The MD5 digest of a text's UTF-8, in hexadecimal digits.

    >>> MD5('')
    'd41d8cd98f00b204e9800998ecf8427e'
    """
    from hashlib import md5 as digest

    return digest(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


@scalar("UUID() -> STRING")
def uuid() -> str:
    """A random identifier (UUID of version 4), or the one that 16 bytes are."""
    from uuid import uuid4

    return str(uuid4())


@scalar("UUID(bytes BYTES) -> STRING")
def uuid_of_bytes(data: bytes) -> str | None:
    """The identifier (UUID) that 16 bytes are; NULL for any other number of bytes.

    >>> UUID(TO_BYTES('237E9877E79B12D4A765321741963000', 'hex'))
    '237e9877-e79b-12d4-a765-321741963000'
    """
    digits = data.hex()
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return "-".join(parts) if len(data) == 16 else None
