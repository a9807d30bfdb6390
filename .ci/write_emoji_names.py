"""Write src/monitors_bot/emoji/*.py from the npm package emojibase-data, whose tarball is the one argument.

`make emoji` gets the tarball. It is checked against the hash below; a newer version needs a new one.
"""

import hashlib
import json
import re
import sys
import tarfile
from base64 import b64encode
from pathlib import Path
from typing import Any

VERSION = "17.0.0"
SHA512 = "Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA=="
TARGET = Path(__file__).parents[1] / "src/monitors_bot/emoji"
SELECTORS = str.maketrans("", "", "\ufe0e\ufe0f")
TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
LONGEST_LINE = 100

Names = dict[str, str]
Tones = tuple[int, ...]


def read_json(package: tarfile.TarFile, path: str) -> Any:
    return json.loads(read(package, f"en/{path}.json"))


def read(package: tarfile.TarFile, path: str) -> bytes:
    file = package.extractfile(f"package/{path}")
    if file is None:
        sys.exit(f"emojibase-data has no file {path}")
    return file.read()


def characters(code: str) -> str:
    """The characters of a code like 1F468-200D-2764, without variation selectors, which never matter."""
    return "".join(chr(int(part, 16)) for part in code.split("-")).translate(SELECTORS)


def names_of(package: tarfile.TarFile, source: str) -> Names:
    names: Names = {}
    for code, given in read_json(package, f"shortcodes/{source}").items():
        for name in [given] if isinstance(given, str) else given:
            names.setdefault(name, characters(code))
    return names


def toned_emoji(package: tarfile.TarFile) -> dict[tuple[str, Tones], str]:
    """Every emoji with skin tones, under the emoji without and the numbers of the tones, 1 to 5."""
    toned = {}
    for entry in read_json(package, "data"):
        for skin in entry.get("skins", []):
            tones = (skin["tone"],) if isinstance(skin["tone"], int) else tuple(skin["tone"])
            toned[characters(entry["hexcode"]), tones] = characters(skin["hexcode"])
    return toned


def table(names: Names) -> str:
    """Lines of an emoji and its names; an emoji with long names has a line for each."""
    by_emoji: dict[str, list[str]] = {}
    for name, emoji in names.items():
        by_emoji.setdefault(emoji, []).append(name)
    lines = []
    for emoji, given in sorted(by_emoji.items()):
        line = " ".join([emoji, *given])
        lines += [line] if len(line) < LONGEST_LINE else [f"{emoji} {name}" for name in given]
    return "\n".join(lines)


def write(module: str, docstring: str, **constants: str) -> None:
    source = (
        f"Written by .ci/write_emoji_names.py from emojibase-data {VERSION}; its licence is beside this file."
    )
    lines = [f'"""{docstring}\n\n{source}\n"""\n']
    lines += [f'{name} = """\\\n{value}\n"""' for name, value in constants.items()]
    (TARGET / f"{module}.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(tarball: Path) -> None:
    content = tarball.read_bytes()
    if b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        sys.exit(f"{tarball} is not emojibase-data {VERSION}")
    sys.path.insert(0, str(TARGET.parents[1]))
    with tarfile.open(tarball) as package:
        write_skin_tones(toned_emoji(package))
        write_names(*(names_of(package, source) for source in ("iamcal", "github", "joypixels")))
        (TARGET / "LICENSE").write_bytes(read(package, "LICENSE"))


def write_skin_tones(toned: dict[tuple[str, Tones], str]) -> None:
    pairs = {base: TONE.sub("", emoji) for (base, tones), emoji in toned.items() if len(tones) > 1}
    people = {emoji[found.start() - 1] for emoji in toned.values() for found in TONE.finditer(emoji)}
    write(
        "skin_tones",
        "The emoji that take skin tones.",
        TAKING_ONE="\n".join(sorted({base for base, tones in toned if len(tones) == 1})),
        TAKING_TWO="\n".join(f"{base} {pair}" for base, pair in sorted(pairs.items())),
        PEOPLE="".join(sorted(people)),
    )
    from monitors_bot.emoji import with_tones  # noqa: PLC0415 - it reads what was just written

    if wrong := [key for key, emoji in toned.items() if with_tones(*key) != emoji]:
        sys.exit(f"the rule of skin tones does not hold for {wrong}")


def write_names(iamcal: Names, github: Names, joypixels: Names) -> None:
    """Most names of JoyPixels' with skin tones follow from those without, and are left out."""
    from monitors_bot.emoji import emoji_called  # noqa: PLC0415 - it reads what was just written

    plain = {name: emoji for name, emoji in joypixels.items() if not TONE.search(emoji[1:])}
    irregular = {name: emoji for name, emoji in joypixels.items() if emoji_called(name, plain) != emoji}
    others = {name: emoji for name, emoji in github.items() if name not in iamcal}
    write("iamcal", "iamcal's names of emoji, which Slack uses.", TABLE=table(iamcal))
    write("github", "GitHub's names of emoji, where iamcal has no such name.", TABLE=table(others))
    write("joypixels", "JoyPixels' names of emoji, which Rocket.Chat uses.", TABLE=table(plain | irregular))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
