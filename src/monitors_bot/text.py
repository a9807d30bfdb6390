"""Rules for text from anywhere: invisible characters, lone surrogates, names of channels."""

import re

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Removed before names are compared: replies contain them next to an @, and people paste from replies."""
UNSEEN = INVISIBLE | str.maketrans("", "", "\ufe0e\ufe0f")
"""Removed before names are compared: also the variation selectors that keyboards put behind an emoji."""
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
