"""The web clients as they draw: each case was run with marked 4.3.0 and message-parser 0.31.35 and 0.32.0."""

import pytest

from tests.fakes.rocketchat.drawing import WebClient, drawn, of_style, text_of

OLD, NEW = WebClient.BEFORE_8_3, WebClient.FROM_8_3


def in_a_message(text: str):
    return drawn({"msg": text}, NEW)


def in_an_attachment(text: str, client: WebClient):
    return drawn({"msg": "", "attachments": [{"text": text}]}, client)[1:]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("*a* · 1\n*b* · 2", "a · 1 b · 2", "a · 1\nb · 2"),
        ("*a* · 1  \n*b* · 2", "a · 1\nb · 2", "a · 1\nb · 2"),
        ("a\\\nb", "a\nb", "a\\\nb"),
        ("`Ops & <DevOps>`", "`Ops &amp; &lt;DevOps&gt;`", "`Ops & <DevOps>`"),
        ("Ops & <DevOps>", "Ops & <DevOps>", "Ops & <DevOps>"),
        ("a\\!b \\*c\\*", "a!b *c*", "a\\!b *c*"),
    ],
)
def test_attachments_are_drawn_in_two_ways(text, old, new):
    assert text_of(in_an_attachment(text, OLD)) == old
    assert text_of(in_an_attachment(text, NEW)) == new


def test_a_newline_in_the_messages_own_text_is_one():
    for client in WebClient:
        assert text_of(drawn({"msg": "a\nb"}, client)) == "a\nb"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Rocket.Chat can't", [], ["Rocket.Chat"]),
        ("From chat.example.com, 10:00", [], ["chat.example.com,"]),
        ("*Rocket.Chat: 1*", [], ["Rocket.Chat:"]),
        ("Rocket\u200b.Chat", [], ["Rocket\u200b.Chat"]),
        ("Rocket.\u200bChat", [], []),
        ("www.\u200bexample.com", [], ["www.\u200bexample.com"]),
        ("www.x", ["www.x"], []),
        ("www.-x", ["www.-x"], []),
        ("ana@example.com", ["ana@example.com"], ["ana@example.com"]),
        ("https://a.example/x", ["https://a.example/x"], ["https://a.example/x"]),
        ("https:\u200b//a.\u200bexample/x", [], []),
        ("127.0.0.1:3000", [], ["127.0.0.1:3000"]),
        ("7.7.1", [], []),
        ("e.g. this", [], []),
        ("07:00 (UTC+02:00)", [], []),
        ("call +15551234567", [], ["+15551234567"]),
        ("`chat.example.com`", [], []),
        ("localhost", [], ["localhost"]),
    ],
)
def test_what_is_drawn_as_a_link(text, old, new):
    assert of_style(in_an_attachment(text, OLD), "link") == old
    assert of_style(in_an_attachment(text, NEW), "link") == new
    assert of_style(in_a_message(text), "link") == new


@pytest.mark.parametrize("client", WebClient)
@pytest.mark.parametrize(
    ("text", "style"),
    [("*b*", "bold"), ("_i_", "italic"), ("~s~", "strike"), ("`c`", "code"), ("snake_case_name", "")],
)
def test_styles(text, style, client):
    [[span]] = in_an_attachment(text, client)

    assert span == (text.strip("*_~`"), style)
