import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Choice
from monitors_bot.platforms.rocketchat.markdown import bold, escape, italic, message, row, write_choice
from tests.fakes.rocketchat import drawn_mentions, mentions
from tests.unit import hostile

one_line = hostile.texts.map(lambda text: " ".join(text.split()))
"""Names as the domain passes them on."""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana", "*Ana*"),
        ("@all", "*@\u200ball*"),
        ("#general", "*#\u200bgeneral*"),
        ("*x*", "\u200b\\*x\\*"),
        ("a_b _c_", "\u200ba_b \\_c\\_"),
        ("[x](http://a.b)", "*[\u200bx]\u200b(http:\u200b//a.b)*"),
        ("||x||", "*|\u200b|\u200bx|\u200b|\u200b*"),
        (":smile:", "*:\u200bsmile:*"),
        ("h2://x", "*h2:\u200b//x*"),
        ("10:00:00", "*10:00:00*"),
        ("a\\b", "\u200ba\\b"),
    ],
)
def test_foreign_text_formats_nothing(name, shown):
    assert bold(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("snake_case_name", "snake_case_name"),
        ("_x_", "\\_x\\_"),
        ("a*b~c`d", "a\\*b\\~c\\`d"),
        ("<http://a.b|c>", "<\u200bhttp:\u200b//a.b|\u200bc>"),
        ("10:00 :ok:", "10:00 :\u200bok:"),
    ],
)
def test_markup_and_links_are_shown_as_they_were_typed(text, shown):
    assert escape(text) == shown
    assert italic(text) == f"_{shown}_"


@pytest.mark.parametrize("write", [bold, escape, italic])
@given(text=one_line)
def test_any_text_mentions_nobody(write, text):
    written = write(text)

    assert mentions({"msg": written}) == []
    assert drawn_mentions(written) == []


@given(cells=st.lists(one_line, min_size=1, max_size=5))
def test_a_row_begins_with_its_first_cell_and_leaves_out_empty_ones(cells):
    assert row(cells) == " · ".join([bold(cells[0]), *(escape(cell) for cell in cells[1:] if cell)])
    assert mentions({"msg": row(cells)}) == []


def test_a_command_is_one_span_of_code():
    assert (
        write_choice(Choice("All *units*", "@monitors `list`")) == "All \\*units\\*: `@\u200bmonitors 'list'`"
    )


def test_a_message_has_an_attachment_only_where_it_has_a_body():
    assert message(["a", "b"]) == {"text": "a\nb"}
    assert message(["a"], ["b", "c"]) == {"text": "a", "attachments": [{"text": "b\nc"}]}
