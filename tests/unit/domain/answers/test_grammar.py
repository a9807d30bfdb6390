import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.grammar import (
    LONGEST_READ,
    MARKS,
    AboutPerson,
    AboutUnit,
    Help,
    ListUnits,
    Unquoted,
    Version,
    read,
)
from monitors_bot.domain.answers.meaning import settle
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import UNSEEN
from tests.unit import hostile

LARGEST_BODY = 256 * 1024
OPENING = "\"'“„”«‹「＂‘»"
CLOSING = "\"'”“»›」＂’«‘"
QUOTES = ['"{}"', "'{}'", "“{}”", "„{}“", "«{}»", "»{}«", "‘{}’", "‚{}‘", "„{}”", "“{}“"]

words_typed = st.lists(st.sampled_from(["share", "all", "SHARE", "All"]), max_size=4)
plain_names = st.lists(
    st.sampled_from(["Billing", "EU", "at", "of", "7", "history"]), min_size=1, max_size=4
).map(lambda words: " ".join([*words, "Desk"]))


def meant(text, *names):
    """What a text means when there are units of these names."""
    return settle(read(text), Units(Unit(f"id{place}", name) for place, name in enumerate(names)))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\n",
            "help",
            "HELP",
            " Help ",
            "\u200bhelp\u2060",
            "\u00a0",
            "?",
            "??",
            "-h",
            "--help",
            "—help",
        ),
        *(
            "hi",
            "Hello",
            "HALLO",
            "good  morning",
            "buenos días",
            "👋",
            "he\u00adlp",
            "help!",
            "hi!",
            "Help?",
            "help all",
        ),
    ],
)
def test_nothing_or_help_asks_for_help(text):
    assert meant(text) == Help()


@pytest.mark.parametrize(
    "text", ["list all", "all", "ALL", "all share", "all all", "list share", "list!", "all."]
)
def test_all_alone_lists_them_too(text):
    assert meant(text) == ListUnits()


def test_version_is_a_key_word():
    assert meant("Version") == meant("version?") == Version()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@ana share", AboutPerson("ana", share=True)),
        ("@Ana Díaz", AboutPerson("Ana Díaz")),
        ("@Ana Díaz all share", AboutPerson("Ana Díaz", share=True, everyone=True)),
        ("me all", AboutPerson(None, everyone=True)),
        ("ME share", AboutPerson(None, share=True)),
        ("list EU all", ListUnits("EU")),
    ],
)
def test_share_and_all_come_off_what_is_no_unit_too(text, asked):
    assert meant(text, "me", "all") == asked


@pytest.mark.parametrize("text", ["list", "List", " LIST\n"])
def test_list_alone_asks_for_all_units(text):
    assert read(text) == ListUnits()


@pytest.mark.parametrize("text", ["me", "ME", " me "])
def test_me_alone_asks_for_the_asker(text):
    assert read(text) == AboutPerson(None)


@pytest.mark.parametrize("word", ["help", "list", "me", "version"])
@pytest.mark.parametrize("quotes", QUOTES)
def test_a_key_word_in_quotes_is_a_unit(word, quotes):
    assert read(quotes.format(word)) == AboutUnit(word)


@pytest.mark.parametrize("opening", OPENING)
@pytest.mark.parametrize("closing", CLOSING)
def test_any_mark_opens_and_any_closes(opening, closing):
    assert read(f"{opening}list{closing} share") == AboutUnit("list", share=True)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("x history since 2026-05-12", AboutUnit("x", history=True, since="2026-05-12")),
        ("x history since mon 9 am share", AboutUnit("x", share=True, history=True, since="mon 9 am")),
        ('"x" history since 9am all', AboutUnit("x", everyone=True, history=True, since="9am")),
        ("x since 9am", AboutUnit("x since 9am")),
        ("x history since forever", AboutUnit("x history since forever")),
        ("Sales share!", AboutUnit("Sales", share=True)),
        ("Sales at 9am?", AboutUnit("Sales", at="9am")),
        ("Sales history…", AboutUnit("Sales", history=True)),
        ("Sales share :)", AboutUnit("Sales", share=True)),
        ("list 🚀", ListUnits("🚀")),
        ('"list"!', AboutUnit('"list"!')),
    ],
)
def test_history_may_begin_at_a_time_and_punctuation_may_follow(text, asked):
    assert meant(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("show all share", AboutUnit("show all", share=True)),
        ("show all!", AboutUnit("show all")),
        ("log history history", AboutUnit("log history", history=True)),
        ("desk at 9am at 8am all", AboutUnit("desk at 9am", everyone=True, at="8am")),
    ],
)
def test_before_each_key_word_is_taken_off_what_is_left_may_be_a_name(text, asked):
    assert meant(text, "Show all", "Log history", "Show", "Log", "Desk at 9am", "Desk") == asked


@pytest.mark.parametrize("word", ["help", "list", "me"])
def test_a_key_word_alone_is_never_a_unit_of_that_name(word):
    assert not isinstance(meant(word, "help", "list", "me", "version"), AboutUnit)


@pytest.mark.parametrize(
    ("text", "filter_"),
    [
        ("list EU", "EU"),
        ("LIST  billing eu ", "billing eu"),
        ("list\tEU", "EU"),
        ("list\u00a0EU", "EU"),
        ("list\nEU", "EU"),
    ],
)
def test_list_takes_a_text_to_filter_by(text, filter_):
    assert meant(text) == ListUnits(filter_)


def test_a_unit_whose_name_begins_with_list_comes_first():
    assert meant("list of complaints", "List of Complaints") == AboutUnit("list of complaints")


@pytest.mark.parametrize("text", ["listless", "listEU"])
def test_a_word_that_only_begins_with_list_is_a_unit(text):
    assert meant(text) == AboutUnit(text)


@pytest.mark.parametrize("text", ["@ana", " @ana ", "@\u200bana", "\u2060@ana"])
def test_a_username_behind_an_at_is_a_person(text):
    assert meant(text) == AboutPerson("ana")


def test_a_unit_named_like_a_username_comes_first():
    assert meant("@ana", "@Ana") == AboutUnit("@ana")


@pytest.mark.parametrize("text", ["@", "ana@home"])
def test_what_is_no_username_is_a_unit(text):
    assert meant(text) == AboutUnit(text)


@pytest.mark.parametrize(
    "name", ["Billing", "Billing EU", "7", "日本", "a.b", "night at 25:00", "share Billing"]
)
def test_a_name_is_a_unit(name):
    assert meant(name) == AboutUnit(name)


@given(name=plain_names, words=words_typed)
def test_share_and_all_are_taken_off_the_end_in_any_order_and_number(name, words):
    asked = meant(" ".join([name, *words]))

    given_options = {word.lower() for word in words}
    assert asked == AboutUnit(name, share="share" in given_options, everyone="all" in given_options)


@given(quotes=st.sampled_from(QUOTES), name=hostile.texts, words=words_typed)
def test_quotes_make_a_unit_of_whatever_they_hold(quotes, name, words):
    inside = "".join(char for char in name.translate(UNSEEN) if char not in MARKS)

    asked = read(" ".join([quotes.format(inside), *words]))

    given_options = {word.lower() for word in words}
    assert asked == AboutUnit(inside, share="share" in given_options, everyone="all" in given_options)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Billing share"', "Billing share"),
        ('"all"', "all"),
        ('"Say "hi" now"', 'Say "hi" now'),
        ('"Bill\'s"', "Bill's"),
        ("'Bill's'", "Bill's"),
        ('"a" and "b"', 'a" and "b'),
        ('""', ""),
        ('" padded "', " padded "),
        ('"Billing”', "Billing"),
        ("‘Men’s’", "Men’s"),
        ("'Men's'", "Men's"),
        ('"Billing at yesterday 14:00"', "Billing at yesterday 14:00"),
    ],
)
def test_the_outermost_pair_of_quotes_counts(text, name):
    assert read(text) == AboutUnit(name)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('"Billing" share', AboutUnit("Billing", share=True)),
        ('"Billing"share', AboutUnit("Billing", share=True)),
        ('"all" all', AboutUnit("all", everyone=True)),
        ('"x" history share', AboutUnit("x", share=True, history=True)),
        ('"x" at yesterday 14:00 all', AboutUnit("x", everyone=True, at="yesterday 14:00")),
    ],
)
def test_options_may_follow_the_quotes(text, asked):
    assert read(text) == asked


@pytest.mark.parametrize("text", ['"Billing', '"', 'Billing"', '"Billing" EU', "'til dawn", "'Men's"])
def test_quotes_that_are_no_pair_around_the_unit_belong_to_it(text):
    assert meant(text) == AboutUnit(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Billing history", AboutUnit("Billing", history=True)),
        ("Billing HISTORY", AboutUnit("Billing", history=True)),
        ("Billing history share", AboutUnit("Billing", share=True, history=True)),
        ("Billing history history", AboutUnit("Billing history", history=True)),
        ("Billing share history", AboutUnit("Billing share", history=True)),
    ],
)
def test_history_is_taken_off_the_end_once_after_the_options(text, asked):
    assert meant(text) == asked


@pytest.mark.parametrize(
    "time",
    [
        "2026-05-12", "2026-05-12 14:00", "2026-05-12T14:00", "2026-05-12 14:00Z", "2026-05-12T14:00Z",
        "2026-05-12t14:00z", "2024-02-29", "12.05.2026", "1.5.2026 9:00", "2026-05-12 9am", "today",
        "yesterday", "mon", "Monday", "mon 14:00", "sun 9:30 pm", "9am", "12 AM", "14:00", "9:30 pm",
        "today 9:00", "0001-01-01", "12.05.2026 9:30 pm", "9999-12-31", "2026-05-12 00:00",
        "2026-05-12 23:59", "yesterday 14:00", "Yesterday 09:30", "yesterday  14:00",
        "2026-05-12\u00a014:00", "yesterday\u00a014:00",
    ],
)  # fmt: skip
def test_at_with_a_valid_time_is_taken_off_the_end(time):
    assert meant(f"Billing at {time}") == AboutUnit("Billing", at=time)
    assert meant(f"Billing AT {time} share all") == AboutUnit("Billing", share=True, everyone=True, at=time)


@pytest.mark.parametrize(
    "time",
    [
        "2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "2026-5-12", "2026-05-12 24:00",
        "2026-05-12 14:60", "2026-05-12 1400", "yesterday 24:00", "yesterday 14:00Z", "99:99", "13pm",
        "0am", "14:00 pm", "9", "1400", "05/12/2026", "5/12", "32.01.2026", "12.13.2026", "sometime",
        "mo", "9am 9am", "14:00Z", "9999-99-99", "tomorrow", "٢٠٢٦-٠٥-١٢", "2026-05-12Z",
        "2026-05-12 14:00 Z", "2026-05-12T14:00:00", "20260512",
    ],
)  # fmt: skip
def test_at_with_anything_else_belongs_to_the_name(time):
    assert meant(f"Night at {time}") == AboutUnit(f"Night at {time}")


def test_the_last_at_gives_the_time():
    assert meant("Staff at home at 2026-05-12") == AboutUnit("Staff at home", at="2026-05-12")
    assert meant("Look at at 2026-05-12") == AboutUnit("Look at", at="2026-05-12")


def test_at_inside_a_word_gives_no_time():
    assert meant("Seat 2026-05-12") == AboutUnit("Seat 2026-05-12")


@pytest.mark.parametrize("text", ["share", "history", "at 2026-05-12", "history all", "share all share"])
def test_options_without_a_unit_are_a_unit(text):
    assert meant(text) == AboutUnit(text)


@pytest.mark.parametrize(
    "name",
    [
        "Billing share",
        "Show all",
        "History",
        "Sales at 2026-05-12",
        "list EU",
        "@ana",
        "x history",
        "share all",
    ],
)
def test_a_unit_of_exactly_the_typed_name_comes_first(name):
    assert meant(name.upper(), name, "Billing", "Sales", "x", "Show") == AboutUnit(name.upper())
    assert meant("id0", "Billing") == AboutUnit("id0")


@given(text=hostile.texts)
def test_invisible_characters_of_a_pasted_reply_change_nothing(text):
    pasted = "".join(f"{char}\u200b" if char in "@:#" else char for char in text)

    assert read("\ufeff" + pasted) == read(text)


@given(text=hostile.texts)
def test_any_text_means_something(text):
    asked = read(text)

    assert isinstance(asked, Help | ListUnits | AboutPerson | AboutUnit | Unquoted)


hard_to_read = pytest.mark.parametrize(
    "fragment",
    [
        '"',
        "'",
        "“”",
        "« ",
        "at ",
        "all ",
        "share all ",
        '" all ',
        "list ",
        "@",
        "at\u00a0",
        "x at yesterday ",
    ],
)
wrapped = pytest.mark.parametrize("wrap", ["x{}x", "{}x", '"{}x', '"x"{}x'])


@hard_to_read
@wrapped
def test_the_longest_text_that_is_read_word_by_word_is_read_quickly(fragment, wrap):
    text = wrap.format(fragment * ((LONGEST_READ - 10) // len(fragment)))

    assert read(f"{text} share") == read(text + "\u2060 share ")


@hard_to_read
@wrapped
def test_the_largest_text_that_can_be_sent_is_quickly_taken_for_a_unit(fragment, wrap):
    text = wrap.format(fragment * (LARGEST_BODY // len(fragment)))

    assert meant(text, "Billing") == AboutUnit(text)


def test_the_largest_blank_text_asks_for_help():
    assert read(" " * LARGEST_BODY) == Help()


def test_a_text_too_long_for_key_words_can_still_be_the_name_of_a_unit():
    name = "x" * LONGEST_READ

    assert meant(f"{name} share", f"{name} share", name) == AboutUnit(f"{name} share")
    assert meant(f"{name} share", name) == AboutUnit(f"{name} share")
