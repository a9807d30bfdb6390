"""What people add to a name without meaning anything by it."""

import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import Meaning, settle, understand
from monitors_bot.domain.units.finding import Step, Units, fold, words
from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import UNSEEN
from tests.unit import hostile

units_of_any_name = st.lists(
    st.builds(Unit, hostile.ids, hostile.names), min_size=1, max_size=8, unique_by=lambda unit: unit.id
)
unseen = st.text(st.sampled_from(sorted(map(chr, UNSEEN))), min_size=1, max_size=3)
endings = st.sampled_from([".", "!", "?", "...", "…", ",", ";", ":)", " !", "?!", "。", "#", "'", "”"])
polite = st.sampled_from(
    ["please", "pls", "thanks", "thx", "bitte", "por favor", "now", "merci 🙏", "Please!"]
)
options = st.sampled_from(["", " share", " all", " history", " at 9am", " history since mon", " share all"])


@st.composite
def questions(draw):
    """Some units, and a text that is about one of them or not."""
    known = draw(units_of_any_name)
    name = draw(st.sampled_from(known)).name
    about = st.just(name) | st.builds(lambda end: name[:end], st.integers(1, 9)) | hostile.names | hostile.ids
    return Units(known), draw(about) + draw(options)


def meant(text: str, units: Units) -> Meaning:
    return understand(grammar.read(text), units)


def is_exact(text: str, units: Units) -> bool:
    """Whether a text is, by itself, exactly one unit."""
    ask = settle(grammar.read(text), units)
    return isinstance(ask, AboutUnit) and units.find(ask.query).is_exact


def is_no_worse(before: Meaning, after: Meaning) -> bool:
    if not isinstance(before.ask, AboutUnit) or not before.match.units:
        return True
    return set(before.match.units) <= set(after.match.units)


@given(question=questions(), added=unseen, place=st.integers(0, 100))
def test_what_nobody_sees_changes_nothing(question, added, place):
    units, text = question
    place = min(place, len(text))

    with_it = text[:place] + added + text[place:]

    assert meant(with_it, units) == meant(text, units)


@given(question=questions(), ending=endings)
@example(question=(Units([Unit("all", "@0")]), "@0"), ending="”")
@example(question=(Units([Unit("eu", "List EU")]), "list eu"), ending="!")
def test_punctuation_at_the_end_finds_what_was_found_without(question, ending):
    units, text = question
    assume(words(fold(text)))  # nothing but punctuation is the same as nothing
    # A mark that closes a pair is no punctuation: what is inside the pair is a unit, whatever it says.
    assume(not isinstance(grammar.read(text + ending), AboutUnit) or text[-1:] in grammar.MARKS)

    assert is_no_worse(meant(text, units), meant(text + ending, units)) or is_exact(text + ending, units)


@given(question=questions(), word=polite, is_first=st.booleans())
def test_a_polite_word_finds_what_was_found_without(question, word, is_first):
    units, text = question
    assume(words(fold(text)))
    before = meant(text, units)
    longer = f"{word} {text}" if is_first else f"{text} {word}"

    after = meant(longer, units)

    # What is found inside of a word only is not looked for again without the polite one.
    is_inside_a_word = before.match.step is Step.SUBSTRING
    assert is_no_worse(before, after) or after.match.step < Step.SHORTENED or is_inside_a_word


def test_what_is_not_seen_is_all_of_cf_and_the_variation_selectors():
    every = map(chr, range(0x110000))
    formatting = {ord(char) for char in every if unicodedata.category(char) == "Cf"}

    assert formatting <= UNSEEN.keys()
    assert {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180E)} <= UNSEEN.keys()
    assert not any(unicodedata.category(chr(code))[0] in "NPZ" for code in UNSEEN)
