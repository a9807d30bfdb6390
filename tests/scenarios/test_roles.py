"""The functions that answer people touch no more of the table than their roles allow."""

from monitors_bot.lambdas.late_answers import LateAnswers
from tests.fakes.guarded_table import guarded_table, unused_rights
from tests.scenarios.conftest import promised, typed


def test_the_chat_function_may_write_what_begins_a_first_reading_and_nothing_else(
    bot, aws, company, table, slack
):
    urls = aws.create_queue("background")
    with guarded_table(aws.url, "ChatFunction") as guard:
        bot.environ |= {
            "TABLE_NAME": table,
            "BACKGROUND_QUEUE_URL": urls[0],
            "AWS_ENDPOINT_URL_DYNAMODB": guard.url,
        }
        bot.start_cold()
        for text in ("Billing EU", "me", "@ana", "Billing EU history", "Billing EU at yesterday", "version"):
            bot.send(typed(bot, slack, text))
    aws.delete_queues(*urls)

    assert guard.refused == set()
    assert unused_rights(guard) == set()


def test_the_late_answers_function_may_write_what_became_of_each_and_nothing_else(
    late, aws, rocketchat, slack
):
    promised(late, rocketchat, slack)
    with guarded_table(aws.url, "LateAnswersFunction") as guard:
        late.bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = guard.url
        late.door = LateAnswers(late.bot.environ, late.bot.clock)
        late.hooks.statuses = [503]
        late.work()
        late.queue.make_visible()
        late.work()

    assert guard.refused == set()
    assert unused_rights(guard) == set()
