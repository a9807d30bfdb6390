"""What text may hold, wherever it comes from: invisible characters, half characters, names of channels."""

import re

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Removed before names are compared: replies put them beside an @, and a pasted reply brings them back."""
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
