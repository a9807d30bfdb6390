"""Rules for text from anywhere: invisible characters, lone surrogates, names of channels."""

import re

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Removed before names are compared: replies contain them next to an @, and people paste from replies."""
CHANNEL = r"[#@]?[^\s#@][^\n\r]{0,200}"
"""`#name`, `@user` or the id of a room. Not compiled on import: the chat function does not use it."""


def is_channel(text: str) -> bool:
    return re.fullmatch(CHANNEL, text) is not None


def is_encodable(text: str) -> bool:
    """Whether `text` is free of lone surrogates, which JSON's escapes can smuggle in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
