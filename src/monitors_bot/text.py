"""Rules for text from anywhere: invisible characters, lone surrogates, names of channels."""

import re
from itertools import chain

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Removed before names are compared: replies contain them next to an @, and people paste from replies."""
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
NAMES_OF_EMOJI = ("joypixels", "iamcal", "github")
"""All lists of them. Rocket.Chat is first, because units are named there."""
_NAMES_EMOJI = r":(?!\d\d:)[\w+-]+:"
"""Not compiled: few texts need it. No emoji is called by two digits, as in 14:00:30."""
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


def with_emoji(text: str, *sources: str) -> str:
    """`text` with emoji for the :names: that the given lists have; any other stays as it is."""
    if text.count(":") < 2 or not re.search(_NAMES_EMOJI, text):
        return text
    from monitors_bot.emoji import names_from, replace_names  # noqa: PLC0415 - few texts name an emoji

    return replace_names(text, names_from(*sources))


def with_any_emoji(text: str) -> str:
    """`text` with emoji for the names that any list has, whatever their case. Only to be compared."""
    return with_emoji(text.translate(INVISIBLE).lower(), *NAMES_OF_EMOJI) if ":" in text else text


def is_read_alike(text: str) -> bool:
    """Tell whether the names of emoji in `text` mean the same wherever it is sent.

    The platforms disagree on a few names, and a colon before an emoji may look like the start of one.
    """
    if ":" not in text:
        return True
    if re.search(r":[\w+-]+[^\w\s!-~]", text):
        return False
    meant = with_any_emoji(text).lower()
    return all(with_any_emoji(with_emoji(text, source)).lower() == meant for source in NAMES_OF_EMOJI)
