"""Emoji that a text calls by their names, such as :fire:, and the lists from which chat platforms take them.

Only texts with such a name load this package; `monitors_bot.text.with_emoji` sees to that.
"""

from collections.abc import Mapping, Sequence
from functools import cache

TONES = "🏻🏼🏽🏾🏿"
LONGEST_NAME = 100
_TONE_NAMES = ("light", "medium_light", "medium", "medium_dark", "dark")
_SUFFIXES = {
    **{f"_tone{tone}": tone for tone in range(1, 6)},
    **{f"_{name}_skin_tone": tone for tone, name in enumerate(_TONE_NAMES, 1)},
}
_LONGEST_FIRST = sorted(_SUFFIXES, key=len, reverse=True)
"""Of two suffixes that fit, the longer is meant: `medium_light`, not `light`."""
_SLACK_TONES = {f"skin-tone-{tone + 1}": tone for tone in range(1, 6)}

Names = Mapping[str, str]


def replace_names(text: str, names: Names) -> str:
    """Put the emoji where `text` has their names between colons, in linear time."""
    parts = text.split(":")
    written = [parts[0]]
    place = 1
    while place < len(parts):
        emoji, end = _emoji_at(place, parts, names)
        written += [emoji or ":", parts[end]]
        place = end + 1
    return "".join(written)


@cache
def names_from(*sources: str) -> dict[str, str]:
    """The names that these lists have; where two disagree, the first is right."""
    names: dict[str, str] = {}
    for source in reversed(sources):
        names |= _read(_table_of(source))
    return names


def emoji_called(name: str, names: Names) -> str:
    """The emoji of that name, whose last words may be skin tones; empty where there is none."""
    if emoji := names.get(name):
        return emoji
    tones: list[int] = []
    while len(tones) < 2 and (suffix := _tone_at_the_end(name)):
        tones.insert(0, _SUFFIXES[suffix])
        name = name.removesuffix(suffix)
    return with_tones(names[name], tones) if tones and name in names else ""


def with_tones(emoji: str, tones: Sequence[int]) -> str:
    """`emoji` with one skin tone, or with one for each of two people; empty where it takes none."""
    taking_one, taking_two, people = _taking_tones()
    emoji = taking_two.get(emoji, "") if len(tones) > 1 else emoji if emoji in taking_one else ""
    left = list(tones)
    written = ""
    for character in emoji:
        written += character
        # People who hold hands are joined by a handshake, which then takes no tone.
        if character in people and (character != "🤝" or emoji == "🤝"):
            written += TONES[(left.pop(0) if len(left) > 1 else left[0]) - 1]
    return written


@cache
def _taking_tones() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """The emoji that take one skin tone; those that take two, as they are written then; the parts that do."""
    from monitors_bot.emoji import skin_tones  # noqa: PLC0415 - few emoji have any

    pairs = dict(line.split(" ", 1) for line in skin_tones.TAKING_TWO.splitlines())
    return frozenset(skin_tones.TAKING_ONE.splitlines()), pairs, frozenset(skin_tones.PEOPLE.strip())


def _table_of(source: str) -> str:
    match source:  # each list costs a millisecond, so only those that are needed are loaded
        case "iamcal":
            from monitors_bot.emoji.iamcal import TABLE  # noqa: PLC0415 - see above
        case "github":
            from monitors_bot.emoji.github import TABLE  # noqa: PLC0415 - see above
        case _:
            from monitors_bot.emoji.joypixels import TABLE  # noqa: PLC0415 - see above
    return TABLE


def _read(table: str) -> dict[str, str]:
    """Read lines of an emoji and its names, separated by blanks."""
    return {name: emoji for emoji, *names in map(str.split, table.splitlines()) for name in names}


def _tone_at_the_end(name: str) -> str:
    return next(filter(name.endswith, _LONGEST_FIRST), "") if name.endswith(tuple(_LONGEST_FIRST)) else ""


def _emoji_at(place: int, parts: Sequence[str], names: Names) -> tuple[str, int]:
    """The emoji that the part at `place` names, if any, and the place of the text after it."""
    name = parts[place]
    is_closed = place + 1 < len(parts)
    emoji = emoji_called(name, names) if is_closed and 0 < len(name) <= LONGEST_NAME else ""
    if not emoji:
        return "", place
    tones = _slack_tones_at(place + 1, parts)
    return _dressed(emoji, tones), place + 1 + 2 * len(tones)


def _slack_tones_at(place: int, parts: Sequence[str]) -> list[int]:
    """The skin tones that follow an emoji at once, each a name of its own: `:wave::skin-tone-2:`."""
    tones: list[int] = []
    while len(tones) < 2 and not parts[place] and place + 2 < len(parts) and parts[place + 1] in _SLACK_TONES:
        tones.append(_SLACK_TONES[parts[place + 1]])
        place += 2
    return tones


def _dressed(emoji: str, tones: list[int]) -> str:
    """`emoji` with as many of the tones as it takes, and the others after it."""
    for taken in range(len(tones), 0, -1):
        if dressed := with_tones(emoji, tones[:taken]):
            return dressed + "".join(TONES[tone - 1] for tone in tones[taken:])
    return emoji + "".join(TONES[tone - 1] for tone in tones)
