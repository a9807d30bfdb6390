"""What text may hold, wherever it comes from: invisible characters, half characters, names of channels."""

import re

INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff\ufe0e\ufe0f")
"""Removed before names are compared: replies put some beside an @, and keyboards put some behind an emoji."""
NAMES_OF_EMOJI = ("joypixels", "iamcal", "github")
"""All lists of them. Rocket.Chat's is first, because units are named there."""
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


def with_emoji(text: str, *sources: str) -> str:
    """`text` with emoji for the :names: that the given lists have; any other stays as it is."""
    if text.count(":") < 2 or not re.search(r":[\w+-]+:", text):
        return text
    from monitors_bot.emoji import names_from, replace_names  # noqa: PLC0415 - few texts name an emoji

    return replace_names(text, names_from(*sources))


def comparable(text: str) -> str:
    """`text` without what nobody sees, and with emoji for their names, whatever the case of these."""
    text = text.translate(INVISIBLE)
    return with_emoji(text.lower(), *NAMES_OF_EMOJI).translate(INVISIBLE) if ":" in text else text


def is_read_alike(text: str) -> bool:
    """Tell whether the names of emoji in `text` mean the same wherever it is sent.

    The platforms disagree on a few names, and a colon before an emoji may look like the start of one.
    """
    if ":" not in text:
        return True
    if re.search(r":[\w+-]+[^\w\s!-~]", text):
        return False
    return all(comparable(with_emoji(text, source)) == comparable(text) for source in NAMES_OF_EMOJI)
