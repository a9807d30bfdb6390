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
        ("*x*", "\u200b\u200b\\*x\u200b\\*"),
        ("a_b _c_", "\u200ba_b \u200b\\_c\u200b\\_"),
        ("[x](http://a.b)", "*[\u200bx]\u200b(http:\u200b//a.\u200bb)*"),
        ("||x||", "*|\u200b|\u200bx|\u200b|\u200b*"),
        (":smile:", "*:\u200bsmile:*"),
        ("h2://x", "*h2:\u200b//x*"),
        ("10:00:00", "*10:00:00*"),
        ("a\\b", "\u200ba\\\u200bb"),
        ("R.&D.", "*R.&D.*"),
        ("…", "\u200b…"),
    ],
)
def test_foreign_text_formats_nothing(name, shown):
    assert bold(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("snake_case_name", "snake_case_name"),
        ("_x_", "\u200b\\_x\u200b\\_"),
        ("a*b~c`d", "a\u200b\\*b\u200b\\~c\u200b\\`d"),
        ("<http://a.b|c>", "<\u200bhttp:\u200b//a.\u200bb|\u200bc>"),
        ("10:00 :ok:", "10:00 :\u200bok:"),
        ("Rocket.Chat can't", "Rocket.\u200bChat can't"),
        ("www.-x", "www.\u200b-x"),
        ("7.7 e.g. this.", "7.\u200b7 e.\u200bg. this."),
        ("+15551234567 UTC+02:00", "+\u200b15551234567 UTC+02:00"),
        ("Localhost:1", "Localhos\u200bt:1"),
        ("\\(x\\)", "\\\u200b(x\\\u200b)"),
        ("__init__", "\u200b\\_\u200b\\_init\u200b\\_\u200b\\_"),
    ],
)
def test_markup_and_links_are_shown_as_they_were_typed(text, shown):
    assert escape(text) == shown


def test_a_source_is_italic_where_that_is_safe():
    assert italic("From chat.example.com, 10:00 UTC") == "_From chat.\u200bexample.\u200bcom, 10:00 UTC_"
    assert italic("From _x_") == "\u200bFrom \u200b\\_x\u200b\\_"


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


def test_a_command_is_code_that_nothing_in_it_ends():
    written = write_choice(Choice("All *units*", "@monitors `list`"))

    assert written == "All \u200b\\*units\u200b\\*: `@\u200bmonitors 'list'`"


def test_a_command_that_old_clients_would_garble_as_code_is_no_code():
    assert write_choice(Choice("All", "&monitors list")) == "All: &monitors list"


def test_a_message_has_an_attachment_only_where_it_has_a_body():
    assert message(["a", "b"]) == {"text": "a\nb"}
    assert message(["a"], ["b", "c"]) == {"text": "a", "attachments": [{"text": "b  \nc"}]}
