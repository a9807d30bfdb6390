"""Answers that come too late for the platform to wait: what is said at once, and what follows.

Door: lambdas/late_answers.py with lambdas/late_delivery.py, wired in wiring/late_answers.py.
"""

import json
import threading
from dataclasses import asdict

import pytest

from monitors_bot.aws.messages import read, write
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.lambdas.late_answers import LateAnswers
from tests.conftest import SECRET_NAME
from tests.fakes.chat_client import RocketChatClient
from tests.scenarios.conftest import HOOK, Answer, a_job, promised, typed, what_followed


def test_a_slow_server_gets_still_looking_at_once_and_exactly_one_answer_later(late, rocketchat, platform):
    rocketchat.fail("livechat/units", "never", times=1)

    answer = late.ask_silent_server("Sales", platform)
    assert answer.title == "Still looking, the answer follows."
    assert what_followed(late, platform, rocketchat) == []

    late.work()
    late.work()

    [followed] = what_followed(late, platform, rocketchat)
    assert followed.startswith("Sales: 1 of 1 monitor online")
    assert late.queue.count() == 0


def test_with_a_roster_known_that_one_is_shown_and_the_fresh_one_follows(late, rocketchat, platform, clock):
    late.ask("Sales", platform)
    clock.advance(120)
    rocketchat.fail("livechat/units/:unitId/monitors", "never", times=1)

    answer = late.ask_silent_server("Sales", platform)

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "These were the monitors 2 minutes ago; who is there now is unknown." in answer
    assert "The fresh answer follows." in answer
    late.work()
    [followed] = what_followed(late, platform, rocketchat)
    assert followed.startswith("Sales: 1 of 1 monitor online")


def test_a_roster_older_than_ten_minutes_is_not_shown_meanwhile(late, rocketchat, slack, clock):
    late.ask("Sales", slack)
    clock.advance(601)
    rocketchat.fail("*", "never", times=2)

    assert late.ask_silent_server("Sales", slack).title == "Still looking, the answer follows."


def test_a_late_answer_in_a_thread_goes_into_the_thread(late, rocketchat, webhook):
    rocketchat.rooms["GENERAL"].messages.append(
        {"_id": "threadMessageId", "rid": "GENERAL", "msg": "Who is there?"}
    )
    rocketchat.fail("livechat/units", "never", times=1)

    late.ask_silent_server("Sales", webhook, tmid="threadMessageId")
    late.work()

    [_, message] = rocketchat.messages("GENERAL")
    assert message["tmid"] == "threadMessageId"


CUSTOMER = "customerRoom00001"


@pytest.mark.parametrize("type_", ["l", "v", ""])
def test_a_late_answer_goes_to_no_room_that_a_customer_may_read(late, rocketchat, webhook, caplog, type_):
    caplog.set_level("INFO")
    rocketchat.add_room("guest-1", type=type_, id=CUSTOMER)
    rocketchat.fail("livechat/units", "never", times=1)
    late.ask_silent_server("Sales", webhook, channel_id=CUSTOMER, channel_name="support")

    late.work()

    assert (rocketchat.messages(CUSTOMER), late.queue.count()) == ([], 0)
    [ended] = [record for record in caplog.records if record.getMessage() == "late answer"]
    assert ended.outcome == "impossible"
    assert f"the room {CUSTOMER} may be a customer's" in "".join(str(vars(one)) for one in caplog.records)


def test_a_late_answer_waits_until_the_type_of_its_room_can_be_told(late, rocketchat, webhook):
    rocketchat.fail("livechat/units", "never", times=1)
    late.ask_silent_server("Sales", webhook)
    rocketchat.fail("rooms.info", "status", status=503, times=1)

    late.work()
    before = what_followed(late, webhook, rocketchat)
    late.queue.make_visible()
    late.work()

    assert (before, len(what_followed(late, webhook, rocketchat))) == ([], 1)


def test_what_was_asked_to_be_shared_is_shared_when_it_follows(late, rocketchat, mattermost):
    rocketchat.fail("livechat/units", "never", times=1)

    assert not late.ask_silent_server("Sales share", mattermost).is_shared
    late.work()

    assert late.hooks.accepted[0]["response_type"] == "in_channel"


def test_the_job_carries_no_secret(late, rocketchat, secret, platform):
    rocketchat.fail("livechat/units", "never", times=1)
    late.ask_silent_server("Sales", platform)

    [record] = late.queue.receive()

    assert [key for key, value in secret.items() if value in record["body"]] == []


def test_a_request_that_a_cold_start_made_late_is_still_answered_and_queued(late, rocketchat, slack):
    late.bot.start_cold()
    sent = typed(late.bot, slack, "Sales", response_url=late.hooks.url + HOOK)
    ten_seconds_ago = round((late.bot.clock() - 10) * 1000)
    context = {"timeEpoch": ten_seconds_ago, "http": {"method": "POST"}, "requestId": "r"}
    rocketchat.fail("livechat/units", "never", times=1)

    answer = Answer(late.bot.send(sent, requestContext=context))

    assert answer.title == "Still looking, the answer follows."
    late.work()
    assert len(late.hooks.accepted) == 1


@pytest.mark.parametrize(
    "epoch", [None, "now", -1, 0, 1e300, 10**400, float("nan"), True, [], 4_000_000_000_000]
)
def test_an_absurd_time_of_receipt_counts_as_now(late, slack, epoch):
    sent = typed(late.bot, slack, "Sales")
    context = {"timeEpoch": epoch, "http": {"method": "POST"}, "requestId": "r"}

    assert Answer(late.bot.send(sent, requestContext=context)).title == "Sales: 1 of 1 monitor online"


def test_what_cannot_be_queued_is_not_promised(late, rocketchat, slack):
    late.bot.environ["QUEUE_URL"] = "http://127.0.0.1:9/000000000000/nothing"
    late.bot.start_cold()
    rocketchat.fail("*", "never")

    answer = late.ask_silent_server("Sales", slack)

    assert answer.title == "Rocket.Chat did not answer in time."
    assert "Try again in a moment." in answer


OTHER_ADDRESSES = [
    "https://hooks.slack.com.evil.example/commands/x",
    "https://hooks.slack.com:444/commands/x",
    "http://hooks.slack.com/commands/x",
    "https://hooks.slack.com",
    "https://hooks.slack.com/",
    "https://hooks.slack.com//",
    "https://hooks.slack.com///",
    "https://hooks.slack.com\\@evil.example/x",
    "https://hooks.slack.com/%2e%2e/x",
    "https://hooks.slack.com/%252e%252e/x",
    "https://hooks.slack.com/a%2fb",
    "https://[::1]/commands/x",
    "https://[::ffff:127.0.0.1]/commands/x",
    "https://evil.example/https://hooks.slack.com/",
    "//hooks.slack.com/x",
    "javascript:alert(1)",
    "https://hooks.slack.com/x\r\nHost: evil.example",
    "https://hooks.slack.com/x y",
    "https://ⓗooks.slack.com/x",
    "https://hooks.slack.com./x",
]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://hooks.slack.com@evil.example/commands/x",
        "https://hooks.slack.com/a/../../x",
        *(pytest.param(one, marks=pytest.mark.prove) for one in OTHER_ADDRESSES),
    ],
)
def test_an_address_that_is_not_the_platforms_is_never_written_to(late, rocketchat, slack, address):
    late.bot.environ["SLACK_HOOKS_URL"] = "https://hooks.slack.com/"
    late.bot.start_cold()
    rocketchat.fail("*", "never")

    answer = late.ask_silent_server("Sales", slack, response_url=address)

    assert answer.title == "Rocket.Chat did not answer in time."
    assert late.queue.count() == 0


@pytest.mark.parametrize("path", ["/commands/T1/42/x", "/commands/a.b/c-d_e~f", "/a?b=c%20d", "/a%20b"])
def test_an_address_below_the_platforms_is_good(late, rocketchat, slack, path):
    rocketchat.fail("livechat/units", "never", times=1)

    answer = late.ask_silent_server("Sales", slack, response_url=late.hooks.url + path)

    assert answer.title == "Still looking, the answer follows."


def test_without_its_address_mattermost_is_waited_for_longer_and_never_answered_late(
    late, rocketchat, mattermost
):
    late.bot.environ |= {"MATTERMOST_URL": "", "REPLY_DEADLINE_MS": "100", "LONG_REPLY_DEADLINE_MS": "1500"}
    late.bot.start_cold()
    rocketchat.fail("livechat/units", "slow", times=1, seconds=0.5)

    assert late.ask("Sales", mattermost).title == "Sales: 1 of 1 monitor online"

    late.bot.start_cold()
    rocketchat.fail("*", "never")

    assert late.ask_silent_server("Sales", mattermost).title == "Rocket.Chat did not answer in time."
    assert late.queue.count() == 0


def test_a_message_that_sqs_delivers_twice_is_answered_once(late, rocketchat, platform):
    promised(late, rocketchat, platform)
    [record] = late.queue.receive()

    late.queue.deliver([record], late.function)
    late.queue.deliver([record], late.function)

    assert len(what_followed(late, platform, rocketchat)) == 1


def test_two_processes_at_once_give_one_answer(late, rocketchat, platform):
    promised(late, rocketchat, platform)
    [record] = late.queue.receive()
    start = threading.Barrier(2)

    def work() -> None:
        door = LateAnswers(late.bot.environ, late.bot.clock)
        start.wait()
        door.handle({"Records": [record]})

    processes = [threading.Thread(target=work) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert len(what_followed(late, platform, rocketchat)) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_clear_refusal_is_tried_again(late, rocketchat, slack, status):
    promised(late, rocketchat, slack)
    late.hooks.statuses[:] = [status]

    late.work()
    assert late.hooks.accepted == []
    assert late.queue.count() == 1
    late.queue.make_visible()
    late.work()

    assert len(late.hooks.accepted) == 1
    assert late.queue.count() == 0


@pytest.mark.parametrize("status", [301, 307, 400, 403, 404, 410])
def test_a_final_refusal_ends_it_with_a_metric(late, rocketchat, slack, status, capsys):
    promised(late, rocketchat, slack)
    late.hooks.statuses[:] = [status]

    late.work()

    assert late.hooks.accepted == []
    assert late.queue.count() == late.dead.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


def test_an_answer_that_may_have_arrived_is_not_sent_again(late, rocketchat, slack, clock, capsys):
    promised(late, rocketchat, slack)
    late.hooks.before_answering = lambda: (_ for _ in ()).throw(ConnectionAbortedError)

    late.work()
    late.queue.make_visible()
    late.work()

    assert len(late.hooks.accepted) == 1
    assert late.queue.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


class Killed(BaseException):
    """What a process dies of."""


def test_a_process_killed_before_it_sent_leaves_the_answer_to_the_next(late, rocketchat, platform):
    promised(late, rocketchat, platform)
    [record] = late.queue.receive()
    late.bot.environ["TABLE_NAME"] = "no-such-table"
    late.restart()

    if not isinstance(platform, RocketChatClient):
        assert late.door.handle({"Records": [record]})["batchItemFailures"]
    late.bot.environ["TABLE_NAME"] = "monitors-bot"
    late.restart()
    late.queue.deliver([record], late.function)

    assert len(what_followed(late, platform, rocketchat)) == 1


def test_a_process_killed_between_sending_and_recording_counts_as_having_sent(
    late, rocketchat, slack, clock, capsys
):
    promised(late, rocketchat, slack)
    [record] = late.queue.receive()
    late.door._parts.deliveries.claim(json.loads(record["body"])["id"])  # and then it dies

    assert late.door.handle({"Records": [record]})["batchItemFailures"]  # for all we know it still lives
    clock.advance(61)
    late.queue.deliver([record], late.function)

    assert late.hooks.accepted == []
    assert late.queue.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


def test_a_room_the_account_may_not_post_to_ends_it_with_a_metric(late, rocketchat, webhook, capsys):
    promised(late, rocketchat, webhook)
    rocketchat.rooms["GENERAL"].read_only = True

    late.work()

    assert rocketchat.messages("GENERAL") == []
    assert late.queue.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


def test_a_post_whose_answer_got_lost_is_found_and_not_repeated(late, rocketchat, webhook):
    promised(late, rocketchat, webhook)
    rocketchat.fail("chat.sendMessage", "half", times=1)

    late.work()
    late.queue.make_visible()
    late.work()

    assert len(rocketchat.messages("GENERAL")) == 1
    assert late.queue.count() == 0


def test_a_server_that_stays_slow_is_given_time_and_then_the_bad_news_follow(late, rocketchat, slack, clock):
    promised(late, rocketchat, slack)
    rocketchat.fail("livechat/units", "status", code=503)

    late.work()
    assert late.hooks.accepted == []
    assert late.queue.count() == 1
    clock.advance(121)
    late.queue.make_visible()
    late.work()

    [followed] = what_followed(late, slack, rocketchat)
    assert followed.startswith("Rocket.Chat can't be reached right now.")


def test_a_job_that_is_too_old_or_for_a_platform_that_is_not_set_up_goes_to_the_dead_letters(
    late, aws, secret, rocketchat
):
    late.queue.put(write(a_job(late, asked_at=late.bot.clock() - 1501)))
    late.queue.put(write(a_job(late, platform="irc")))
    late.queue.put(write(a_job(late, platform="mattermost", id="b" * 32)))
    aws.change_secret(SECRET_NAME, {**secret, "mattermost_token": ""})

    for _ in range(20):
        late.work()

    assert late.hooks.accepted == []
    assert late.queue.count() == 0
    assert late.dead.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "[]",
        "{}",
        "null",
        '{"kind":"late-answer"}',
        '{"kind":"run","id":"x"}',
        '{"a":' * 5000,
        json.dumps(
            {"kind": "late-answer", **asdict(Job("x", "slack", Command("/m", "x"), 0)), "asked_at": "now"}
        ),
        json.dumps({"kind": "late-answer", **asdict(Job("x", "slack", Command("/m", "x"), 0)), "command": 7}),
        '{"kind":"late-answer","id":"\\ud800"}',
    ],
)
def test_a_message_of_another_maker_goes_to_the_dead_letters_and_nothing_is_sent(late, rocketchat, body):
    late.queue.put(body or " ")

    for _ in range(20):
        late.work()

    assert late.hooks.accepted == []
    assert late.dead.count() == 1
    assert rocketchat.calls == []


def test_a_poisoned_message_blocks_nobody(late, rocketchat, slack):
    late.queue.put("poison")
    promised(late, rocketchat, slack)

    late.work()

    assert len(late.hooks.accepted) == 1


def test_a_job_reads_back_as_it_was_written(late):
    job = a_job(late, correlation_id="c")

    assert read(write(job)) == job
