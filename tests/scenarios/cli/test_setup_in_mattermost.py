"""`monitors-bot setup --chat mattermost`: the slash command is made through Mattermost's API."""

import time

import pytest

from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import MattermostClient
from tests.fakes.mattermost import ME, TOKEN, mattermost
from tests.scenarios.cli.conftest import SETTINGS


@pytest.fixture
def chat():
    with mattermost() as server:
        yield server


@pytest.fixture
def run(monitors_bot, stack, secret, aws, company, chat, tmp_path):
    """Run setup with a token for Mattermost; the bot has an account, and no token of a command yet."""
    stack.begin_anew(stack.api_url, RocketChatUrl=company.url, MattermostUrl=chat.url, **SETTINGS)
    aws.change_secret(
        stack.physical["Secret"], {key: value for key, value in secret.items() if key != "mattermost_token"}
    )

    def setup(*options, token=TOKEN):
        file = tmp_path / "mattermost"
        file.write_text(f"{token}\n")
        file.chmod(0o600)
        given = ("--mattermost-file", str(file)) if token else ()
        return monitors_bot("setup", "--chat", "mattermost", "--wait", "0", *given, *options)

    return setup


def test_the_command_is_made_and_answered(run, chat, stack, stored):
    ended = run()

    assert (ended.code, ended.err.count("Traceback")) == (0, 0)
    assert "✓ mattermost: /monitors is there" in ended.out
    [made] = chat.commands
    assert (made["trigger"], made["method"], made["team_id"]) == ("monitors", "P", "teamSupport")
    assert made["url"] == f"{stack.api_url}/mattermost/command"
    assert stored()["mattermost_token"] == made["token"]
    stack.doors.restart()
    answer = receive(
        stack.doors.handle(event_for(MattermostClient(made["token"]).command("Sales"), time.time()))
    )
    assert "Sales: 1 of 1 monitor online" in answer.body


def test_again_it_changes_nothing(run, chat, stored):
    run()
    before = stored()

    ended = run()

    assert (ended.code, stored(), len(chat.commands)) == (0, before, 1)


def test_each_team_has_a_token_of_its_own(run, chat, stored):
    chat.teams["sales"] = "teamSales"

    which = run()
    ended = run("--team", "support", "--team", "sales")
    unknown = run("--team", "ops")

    assert (which.code, which.err.splitlines()[-1]) == (
        2,
        "In which team? Say so with --team: sales, support.",
    )
    assert ended.code == 0
    assert stored()["mattermost_token"] == [one["token"] for one in chat.commands]
    assert (unknown.code, unknown.err.splitlines()[-1]) == (
        2,
        "The account is in no team ops. It is in: sales, support.",
    )


@pytest.mark.parametrize("may_manage_others", [True, False])
def test_a_command_that_points_elsewhere_is_left_alone(run, chat, stored, may_manage_others):
    chat.may_manage_others = may_manage_others
    chat.add("teamSupport", "monitors", "https://elsewhere.example.com")

    ended = run()

    assert "✓ mattermost: another /monitors is there: left alone" in ended.out
    assert "Rename it, then run setup again." in ended.out
    assert "mattermost_token" not in stored()
    assert len(chat.commands) == 1


def test_a_command_that_was_made_by_hand_is_found(run, chat, stack, stored):
    chat.add("teamSupport", "monitors", f"{stack.api_url}/mattermost/command", ME)

    run()

    assert stored()["mattermost_token"] == chat.commands[0]["token"]
    assert len(chat.commands) == 1


@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [
        ({"may_manage": False}, "may not manage slash commands in that team"),
        ({"are_commands_on": False}, "Slash commands are switched off"),
        ({"fails": {"GET": (404, "{}")}}, "is MattermostUrl the server's Site URL?"),
        ({"fails": {"GET": (200, "<html>")}}, "is no Mattermost"),
        ({"fails": {"GET": (500, "{}")}}, "Mattermost answers 500."),
        ({"fails": {"POST": (503, "{}")}}, "Mattermost answers 503."),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(run, chat, breaks, sentence):
    for name, value in breaks.items():
        setattr(chat, name, value)

    ended = run()

    assert ended.code == 1
    assert sentence in ended.err.splitlines()[-1]
    assert TOKEN not in ended.said


def test_a_wrong_token_is_told_and_never_shown(run):
    ended = run(token="wrongWrongWrong")

    assert ended.code == 1
    assert "Mattermost refuses the token" in ended.err
    assert "wrongWrongWrong" not in ended.said


def test_without_a_token_it_says_what_to_fill_in(run):
    ended = run(token="")

    assert ended.code == 0
    assert "Create the slash command: Integrations, Slash Commands, Add. trigger: monitors" in ended.out


def test_without_its_address_it_says_where_to_set_that(run, stack, chat):
    stack.values = {**stack.values, "MattermostUrl": ""}

    ended = run()

    assert "Set MattermostUrl in the settings file and deploy again" in ended.out
    assert chat.commands == []
