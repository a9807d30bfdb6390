from monitors_bot.domain.answers.bad_news import bad_news, crashed
from monitors_bot.domain.answers.conversation import Outcome
from monitors_bot.domain.units.reasons import advice, reason
from tests.unit.domain.errors_that_people_read import READ, each_error


@each_error
def test_bad_news_says_what_is_wrong_and_what_to_do(error):
    reply = bad_news(error)

    assert reply.title == reason(error)
    assert reply.details == (advice(error),)


@each_error
def test_bad_news_counts_as_a_failure(error):
    assert bad_news(error).outcome.is_failure


def test_there_are_as_many_outcomes_as_reasons():
    assert len({bad_news(error).outcome for error in READ}) == len({reason(error) for error in READ})


def test_a_crash_is_described_in_a_sentence():
    assert crashed().outcome is Outcome.CRASHED
    assert crashed().title == "Something went wrong inside the bot."
