"""Whom a text notifies, and what the client draws as a mention."""

import pytest

from tests.fakes.rocketchat import drawn_mentions, mentions


@pytest.mark.parametrize(
    "text",
    [
        "@all",
        "hello @all",
        "hello\n@all",
        "hello\r@all",
        "hello\u2028@all",
        ">@all",
        "> @all",
        "```\n@all\n```",
        "\ufeff@all",
        "\u00a0@all",
        "\u3000@all",
        "@all: look",
        "@all,@here",
    ],
)
def test_the_server_notifies(text):
    assert mentions({"msg": text}) == ["all"]


@pytest.mark.parametrize(
    "text",
    [
        "all",
        "a@all",
        "`@all`",
        "(@all)",
        "*@all*",
        "[@all](x)",
        "\\@all",
        "\u200b@all",
        "@\u200ball",
        "\u2060@all",
        "@\u2060all",
        "@ all",
        "\u0085@all",
        "\u001f@all",
        "",
    ],
)
def test_the_server_does_not_notify(text):
    assert mentions({"msg": text}) == []


def test_everybody_mentioned_is_named_once_in_order():
    assert mentions({"msg": "@raj.k @ana-b @raj.k @here @x_1"}) == ["raj.k", "ana-b", "here", "x_1"]


def test_only_the_description_of_an_attachment_is_scanned():
    attachment = {"title": "@title", "text": "@text", "fields": [{"title": "@f", "value": "@v"}]}

    assert mentions({"attachments": [attachment, {"description": "@ana"}]}) == ["ana"]


def test_a_message_with_nothing_in_it_mentions_nobody():
    assert mentions({"msg": None, "attachments": None}) == []


@pytest.mark.parametrize(
    "text", ["@all", "(@all)", "*@all*", "[@all]", "\\@all", "hello @all", "`code` @all", "é@all"]
)
def test_the_client_draws_a_mention(text):
    assert drawn_mentions(text) == ["all"]


@pytest.mark.parametrize(
    "text",
    [
        "a@all",
        "`@all`",
        "`x @all y`",
        "```\n@all\n```",
        "\u200b@all",
        "@\u2060all",
        "\ufeff@all",
        "\u00a0@all",
        "",
    ],
)
def test_the_client_draws_no_mention(text):
    assert drawn_mentions(text) == []
