import pytest

from monitors_bot import errors
from monitors_bot.domain.units.reasons import advice, reason
from tests.unit.domain.errors_that_people_read import READ, each_error


def kinds_below(kind):
    return {kind} | {narrower for below in kind.__subclasses__() for narrower in kinds_below(below)}


def test_every_error_that_can_reach_a_person_is_tested():
    raised = kinds_below(errors.RocketChatError) | kinds_below(errors.SettingsError)
    raised.add(errors.RecordsUnreachable)

    assert {type(error) for error in READ} == raised - {errors.RocketChatError}


@each_error
def test_a_reason_is_a_sentence_that_names_nothing_internal(error):
    said = f"{reason(error)} {advice(error)}"

    assert reason(error).endswith(".")
    assert advice(error).endswith(".")
    assert "token-4711" not in said
    assert "://" not in said
    assert type(error).__name__ not in said


def test_errors_that_differ_have_different_reasons():
    reasons = {reason(error) for error in READ}

    # A secret that can't be read is one way not to be set up; a rejection is an unexpected answer.
    assert len(reasons) == len(READ) - 2


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (0, "1 second."),
        (0.4, "1 second."),
        (1.4, "2 seconds."),
        (42.4, "43 seconds."),
        (119, "119 seconds."),
        (119.1, "2 minutes."),
        (600, "10 minutes."),
        (600.5, "11 minutes."),
        (3540, "59 minutes."),
        (3541, "1 hour."),
        (3600, "1 hour."),
    ],
)
def test_a_limit_says_when_to_try_again(wait, said):
    assert f"Try again in {said}" in advice(errors.RocketChatLimited(wait))


def test_a_missing_permission_is_named():
    error = errors.PermissionMissing("manage-livechat-monitors")

    assert reason(error) == "The bot's account lacks the permission manage-livechat-monitors."


def test_only_errors_that_may_pass_ask_to_try_again():
    retried = {type(error) for error in READ if "Try again" in advice(error)}

    assert retried == {type(error) for error in READ if error.may_pass} - {errors.SecretUnreachable}
