import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitors_bot.domain.units.finding import Step, Units, fold, words
from monitors_bot.domain.units.roster import Unit
from tests.unit import hostile

LARGEST_BODY = 256 * 1024

units_of_any_name = st.lists(
    st.builds(Unit, hostile.ids, hostile.names), min_size=1, max_size=8, unique_by=lambda unit: unit.id
)


def units(*names):
    return Units(Unit(f"id{place}", name) for place, name in enumerate(names))


def names(match):
    return [unit.name for unit in match.units]


def test_an_exact_id_comes_before_a_name():
    known = Units([Unit("abc", "First"), Unit("xyz", "abc")])

    match = known.find("abc")

    assert (names(match), match.step) == (["First"], Step.ID)


def test_an_id_is_read_with_its_case():
    known = Units([Unit("AbC", "First"), Unit("abC", "Second")])

    assert names(known.find(" abC ")) == ["Second"]
    assert names(known.find("ABC")) == []


def test_an_exact_name_comes_before_a_prefix():
    match = units("Billing", "Billing EU").find("billing")

    assert (names(match), match.step) == (["Billing"], Step.NAME)


def test_a_prefix_comes_before_a_substring():
    match = units("EU Billing", "Billing EU", "Night Billing").find("bill")

    assert (names(match), match.step) == (["Billing EU"], Step.PREFIX)


def test_a_substring_comes_last():
    found = units("Sales EU", "Billing EU", "Night").find("es e")

    assert (names(found), found.step) == (["Sales EU"], Step.SUBSTRING)


@pytest.mark.parametrize("typed", ["hi", "if", "ft", "i", "🔥", "!!!", "…", "́"])
def test_less_than_three_letters_are_not_looked_for_inside_words(typed):
    assert names(units("Night shift", "Fire").find(typed)) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("billing-eu", "Billing EU"), ("BillingEU", "Billing EU"), ("Billing EU!", "Billing EU")),
        *(("men’s wear", "Men's Wear"), ("mens wear", "Men's Wear"), ("u.s. sales", "US Sales")),
        *(("🔴support", "🔴 Support"), ("🔴\ufe0f–Support", "🔴 Support"), ("vip (⭐️)", "VIP ⭐")),
        *(("👩🏽‍💻 desk", "👩‍💻 Desk"), ("“vip” ⭐", "VIP ⭐"), ("C", "C++"), ("r&d", "R+D")),
        *(("हिन्दी", "हिन्दी!"), ("7", "#7"), ("1️⃣-line", "1⃣ Line")),
    ],
)
def test_the_same_letters_digits_and_emoji_are_the_same_name(typed, name):
    found = units(name, "Something else").find(typed)

    assert (names(found), found.step) == ([name], Step.LETTERS)


def test_an_id_with_punctuation_behind_it_is_the_id():
    assert names(Units([Unit("abc", "First"), Unit("xyz", "Second")]).find("abc!")) == ["First"]
    assert len(Units([Unit("abc", "First"), Unit("xyz", "A-B-C")]).find("abc!").units) == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("b e", ["Billing EU"]), ("eu", ["Billing EU"]), ("bil-u", ["Billing US"]),
        ("support", ["🔴 Support"]),
        ("e b", []), ("bil bil", []), ("support 🔴", []), ("🟢 support", []),
    ],
)  # fmt: skip
def test_typed_words_begin_words_of_the_name_in_order(typed, found):
    known = units("Billing EU", "Billing US", "🔴 Support")

    assert names(known.find(typed)) == found


def test_a_text_that_matches_no_unit_finds_none():
    assert names(units("Sales", "Billing").find("support")) == []


def test_all_units_of_the_same_name_are_found():
    known = Units([Unit("b", "Sales"), Unit("a", "SALES"), Unit("c", "Sales EU")])

    assert [unit.id for unit in known.find("sales").units] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Billing EU", "  billing \t eu\n"),
        ("Billing\u00a0EU", "billing eu"),
        ("Ｂｉｌｌｉｎｇ", "billing"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "Finance"),
        ("Café", "Cafe\u0301"),
        ("\u200bBilling\ufeff", "billing"),
        ("Ⅷ", "viii"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_names_are_compared_without_case_width_or_spacing(name, typed):
    known = units(name, "Something else")

    assert names(known.find(typed)) == [name]
    assert known.find(typed).step is Step.NAME


@given(name=hostile.texts)
def test_folding_a_folded_name_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(name=hostile.texts, form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@example(name=":ﬁ:", form="NFKC")
@example(name="：fire：", form="NFKD")
def test_a_name_is_found_in_any_form_of_unicode(name, form):
    assert fold(unicodedata.normalize(form, name)) == fold(name)
    assert fold(f" {name}\u2060\n") == fold(name)


@pytest.mark.parametrize("query", ["", " ", "\u200b"])
def test_an_empty_query_means_the_units_without_a_name_and_no_other(query):
    assert names(units("", "Billing").find(query)) == [""]
    assert names(units("Sales", "Billing").find(query)) == []


def test_several_units_without_a_name_are_all_found():
    known = units("", " ", "Billing")

    assert [unit.id for unit in known.find("").units] == ["id0", "id1"]


def test_units_are_sorted_by_name_and_then_by_id():
    known = Units([Unit("2", "b"), Unit("3", "A"), Unit("1", "B")])

    assert [unit.id for unit in known] == ["3", "1", "2"]
    assert len(known) == 3


def test_a_unit_that_is_listed_twice_counts_once():
    known = Units([Unit("1", "Old"), Unit("1", "New")])

    assert [unit.name for unit in known] == ["New"]
    assert names(known.find("old")) == []


@given(known=units_of_any_name, query=hostile.texts)
def test_the_first_step_with_a_hit_decides(known, query):
    match = Units(known).find(query)

    wanted, typed = fold(query), words(fold(query))
    worded = {unit: words(fold(unit.name)) for unit in known}
    steps = [
        [unit for unit in known if unit.id == query.strip()],
        [unit for unit in known if fold(unit.name) == wanted],
        [unit for unit in known if typed and "".join(worded[unit]) == "".join(typed)],
        [unit for unit in known if wanted and fold(unit.name).startswith(wanted)],
        [unit for unit in known if typed and f"{' '.join(worded[unit])}".startswith(" ".join(typed))],
        [unit for unit in known if typed and begin_in_order(typed, worded[unit])],
        [unit for unit in known if len("".join(typed)) >= 3 and wanted in fold(unit.name)],
        [
            unit
            for unit in known
            if len("".join(typed)) >= 3 and f"{' '.join(typed)}" in " ".join(worded[unit])
        ],
    ]
    bare = query
    while bare and not words(bare[-1]):
        bare = bare[:-1]
    by_id = [unit for unit in known if match.step is Step.LETTERS and unit.id == bare.strip()]
    assert set(match.units) == {*next((step for step in steps if step), []), *by_id} or match.units == tuple(
        by_id
    )


def begin_in_order(typed, name):
    remaining = iter(name)
    return all(any(word.startswith(one) for word in remaining) for one in typed)


def test_close_names_are_offered_best_first():
    known = units("Billing", "Billing EU", "Sales", "Biling")

    assert [unit.name for unit in known.close_to("Bilingg")] == ["Biling", "Billing", "Billing EU"]


@pytest.mark.parametrize("query", ["", "zzzz", "x" * 101, "\u200b"])
def test_no_unit_is_offered_where_none_is_close(query):
    assert units("Billing", "Sales", "").close_to(query) == ()


@given(known=units_of_any_name, query=hostile.texts | hostile.names)
def test_at_most_three_close_units_are_offered_for_any_text(known, query):
    close = Units(known).close_to(query)

    assert len(close) <= 3
    assert len(set(close)) == len(close)
    assert set(close) <= set(known)


def test_many_units_of_one_close_name_are_still_at_most_three():
    assert len(units(*["Billing"] * 5).close_to("Biling")) == 3


@pytest.mark.parametrize("fragment", ["\u0300\u0316", "\ufdfa", "é", "x ", "a\u0315\u0300"])
def test_the_largest_text_that_can_be_sent_is_looked_up_quickly(fragment):
    """Normalizing combining marks once took time quadratic in their number."""
    query = fragment * (LARGEST_BODY // len(fragment))

    known = units("Billing", "x x")

    assert names(known.find(query)) == []
    assert known.close_to(query) == ()


def test_a_very_long_name_is_found_as_it_was_typed():
    name = "Unité " * 400

    assert names(units(name, "Billing").find(name.upper())) == [name]
