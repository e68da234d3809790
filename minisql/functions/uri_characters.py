"""Which characters may stand where in a URI."""

from __future__ import annotations

import re
import unicodedata

_UNRESERVED = r"A-Za-z0-9\-_.!~*'()"

URIC = _UNRESERVED + r";/?:@&=+$,\[\]"
PATH = _UNRESERVED + ":@&=+$,;/"
USER = _UNRESERVED + ";:&=+$,"
REGISTRY = _UNRESERVED + "$,;:@&=+"
SERVER = USER + r"@\[\]"


def legal(text: str, characters: str) -> bool:
    """Whether a text has only these characters, escapes, and what is neither ASCII nor a space or control character."""
    if not re.fullmatch(rf"(?:[{characters}]|%[0-9A-Fa-f]{{2}}|[^\x00-\x80])*", text):
        return False
    return text.isascii() or not any(map(_is_blank, text))


def _is_blank(character: str) -> bool:
    return character > "\x80" and unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc")
