"""What text may hold, wherever it comes from: invisible characters, half characters, names of channels."""

import re
from itertools import chain

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Removed before names are compared: replies put them beside an @, and a pasted reply brings them back."""
UNSEEN = dict.fromkeys(
    chain(
        (0xAD, 0x34F, 0x61C, 0x6DD, 0x70F, 0x8E2, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0x110BD, 0x110CD, 0xE0001),
        range(0x600, 0x606),
        range(0x890, 0x892),
        range(0x115F, 0x1161),
        range(0x17B4, 0x17B6),
        range(0x180B, 0x1810),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xFFF9, 0xFFFC),
        range(0x13430, 0x13440),
        range(0x1BCA0, 0x1BCA4),
        range(0x1D173, 0x1D17B),
        range(0xE0020, 0xE0080),
        range(0xE0100, 0xE01F0),
    )
)
"""Removed before texts are compared: Unicode's Cf, the variation selectors, and fillers nobody sees."""
CHANNEL = r"[#@]?[^\s#@][^\n\r]{0,200}"
"""`#name`, `@user` or the id of a room. Not compiled: the chat function needs none."""


def is_channel(text: str) -> bool:
    return re.fullmatch(CHANNEL, text) is not None


def is_encodable(text: str) -> bool:
    """Tell whether `text` is free of the lone surrogates that JSON's escapes can smuggle in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
