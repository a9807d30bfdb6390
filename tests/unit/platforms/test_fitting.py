import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Choice, Hidden
from monitors_bot.platforms.fitting import (
    count,
    fit,
    fit_into_one,
    left_out,
    longest_start,
    not_shown,
    shorten,
    size,
)
from tests.unit import hostile


def write(choice):
    return f"{choice.label}: {choice.command}"


@given(text=st.text())
def test_size_counts_as_javascript_does(text):
    assert size(text) == len(text.encode("utf-16-le")) // 2


@given(lines=st.lists(hostile.texts, max_size=40), most=st.integers(1, 200), chunks=st.integers(1, 5))
def test_chunks_hold_the_first_lines_in_order_and_within_the_limit(lines, most, chunks):
    filled = fit(lines, most, chunks=chunks)

    flat = [line for chunk in filled for line in chunk]
    assert flat == lines[: len(flat)]
    assert len(filled) <= chunks
    assert all(chunk for chunk in filled)
    assert all(size("\n".join(chunk)) <= most for chunk in filled)


def test_a_chunk_is_filled_before_the_next_begins():
    assert fit(["aaaa", "bbbb", "cccc"], 10, chunks=2) == [["aaaa", "bbbb"], ["cccc"]]


def test_a_line_that_does_not_fit_is_left_out_with_all_that_follow():
    assert fit(["aaaa", "b" * 20, "cc"], 10, chunks=3) == [["aaaa"]]
    assert fit(["aaaa", "bbbb", "cccc"], 5) == [["aaaa"]]


@pytest.mark.parametrize("most", [-5, 0, 1])
def test_nothing_fits_where_there_is_no_room(most):
    assert fit(["a"], most) == []


@given(text=hostile.texts, most=st.integers(1, 150))
def test_a_shortened_text_is_within_the_limit_and_says_that_it_goes_on(text, most):
    short = shorten(text, most)

    assert size(short) <= most
    assert short == text or short.endswith("…")


def test_a_shortened_text_is_not_cut_inside_a_character():
    assert shorten("😀" * 80, 150) == "😀" * 74 + "…"
    assert shorten("x" * 150, 150) == "x" * 150


def test_one_list_holds_what_fits_and_may_be_empty():
    assert fit_into_one(["aaaa", "bbbb", "cccc"], 10) == ["aaaa", "bbbb"]
    assert fit_into_one(["aaaa"], 3) == fit_into_one([], 10) == []


@given(chunks=st.lists(st.lists(hostile.texts)))
def test_lines_are_counted_over_all_chunks(chunks):
    assert count(chunks) == len([line for chunk in chunks for line in chunk])


@given(text=hostile.texts, most=st.integers(0, 150))
def test_the_longest_prefix_fits_and_one_character_more_does_not(text, most):
    length = longest_start(len(text), lambda end: text[:end], most)

    assert size(text[:length]) <= most
    assert length == len(text) or size(text[: length + 1]) > most


@pytest.mark.parametrize(
    ("rows", "choices", "shown", "missing"),
    [(5, 0, 5, 0), (5, 0, 3, 2), (5, 2, 7, 0), (5, 2, 5, 0), (5, 2, 3, 2), (0, 4, 1, 3), (0, 0, 0, 0)],
)
def test_choices_count_as_missing_only_where_there_are_no_rows(rows, choices, shown, missing):
    assert not_shown(["row"] * rows, ["choice"] * choices, shown) == missing


@pytest.mark.parametrize(
    ("hidden", "cut", "lines"),
    [
        (Hidden(0, "monitor"), 0, []),
        (Hidden(2, "monitor", Choice("all", "/m x all")), 0, ["and 2 more monitors (all: /m x all)"]),
        (Hidden(2, "monitor", Choice("all", "/m x all")), 3, ["and 5 more monitors (all: /m x all)"]),
        (Hidden(0, "unit"), 1, ["and 1 more unit"]),
    ],
)
def test_all_lines_left_out_are_counted_together(hidden, cut, lines):
    assert left_out(hidden, cut, write) == lines
