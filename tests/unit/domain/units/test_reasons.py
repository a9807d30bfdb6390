import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.bad_news import bad_news, crashed
from monitors_bot.domain.answers.conversation import Outcome
from monitors_bot.domain.units.reasons import reason

DETAIL = "https://chat.example.com/api/v1/livechat/units said token-4711"
TOLD = [
    errors.RocketChatUnavailable(DETAIL),
    errors.RocketChatTooSlow(DETAIL),
    errors.RocketChatLimited(42.4),
    errors.RocketChatUnintelligible(DETAIL),
    errors.RocketChatRejected(DETAIL),
    errors.CredentialsRefused(DETAIL),
    errors.PermissionMissing("manage-livechat-units"),
    errors.UnitsNotAvailable(DETAIL),
    errors.RecordsUnreachable(DETAIL),
    errors.SettingsError(DETAIL),
    errors.SecretUnreachable(DETAIL),
]
each_trouble = pytest.mark.parametrize("error", TOLD, ids=lambda error: type(error).__name__)


def kinds_below(kind):
    return {kind} | {found for below in kind.__subclasses__() for found in kinds_below(below)}


def test_every_error_that_can_reach_a_person_is_told_here():
    raised = kinds_below(errors.RocketChatError) | kinds_below(errors.SettingsError)
    raised.add(errors.RecordsUnreachable)

    assert {type(error) for error in TOLD} == raised - {errors.RocketChatError}


@each_trouble
def test_bad_news_says_what_is_wrong_and_what_to_do_and_nothing_internal(error):
    reply = bad_news(error)

    told = " ".join([reply.title, *reply.details])
    assert reply.title.endswith(".")
    assert reply.details[0].endswith(".")
    assert "token-4711" not in told
    assert "://" not in told
    assert type(error).__name__ not in told


@each_trouble
def test_bad_news_counts_as_a_failure(error):
    assert bad_news(error).outcome.is_failure


@each_trouble
def test_the_reason_is_the_first_line_of_the_bad_news(error):
    assert reason(error) == bad_news(error).title


def test_troubles_that_differ_are_told_apart():
    told = {bad_news(error).title for error in TOLD}

    # a secret that can't be read is one way not to be set up; what is rejected is one that we did not expect
    assert len(told) == len(TOLD) - 2


@pytest.mark.parametrize(
    ("wait", "told"),
    [(0, "1 second."), (0.4, "1 second."), (1.4, "2 seconds."), (42.4, "43 seconds."), (600, "600")],
)
def test_a_limit_says_when_to_try_again(wait, told):
    assert f"Try again in {told}" in bad_news(errors.RocketChatLimited(wait)).details[0]


def test_a_missing_permission_is_named():
    reply = bad_news(errors.PermissionMissing("manage-livechat-monitors"))

    assert reply.title == "The bot's account lacks the permission manage-livechat-monitors."


def test_only_what_can_pass_asks_to_try_again():
    retried = {type(error) for error in TOLD if "Try again" in bad_news(error).details[0]}

    assert retried == {type(error) for error in TOLD if error.may_pass} - {errors.SecretUnreachable}


def test_a_crash_is_told_in_a_sentence():
    assert crashed().outcome is Outcome.CRASHED
    assert crashed().title == "Something went wrong inside the bot."
