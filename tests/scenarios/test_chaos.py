"""Three hundred commands while the server keeps failing: each is answered, and none twice."""

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from monitors_bot.lambdas.late_answers import LateAnswers
from tests.conftest import Bot
from tests.fakes.chat_client import SlackClient
from tests.fakes.event_source import EventSource
from tests.fakes.response_urls import ResponseUrlServer

COMMANDS = 300
PEOPLE = 6
DEADLINE_SECONDS = 0.4
FAULTS = [
    "never",
    "slow",
    "drip-headers",
    "drip-body",
    "reset",
    "close",
    "half",
    "not-json",
    "status",
    "redirect",
]
OPTIONS: dict[str, dict[str, Any]] = {
    "slow": {"seconds": 0.6},
    "status": {"code": 503},
    "redirect": {"to": "http://127.0.0.1:9/"},
}
FINAL = ("Sales: ", "Billing EU: ", "Rocket.Chat ", "2 units")
INTERIM = ("Still looking", "The fresh answer follows.")
QUEUED_TOO_SLOWLY = "did not answer in time"
"""What is said where the queue has not confirmed by the deadline: a late answer may come all the same."""


def test_every_command_is_answered_in_time_and_finally_exactly_once(
    bot: Bot, company, rocketchat, queue: tuple[EventSource, EventSource], table: str
):
    chance = random.Random(7)
    with ResponseUrlServer() as hooks:
        bot.environ |= {
            "SLACK_HOOKS_URL": hooks.url,
            "TABLE_NAME": table,
            "REPLY_DEADLINE_MS": str(int(DEADLINE_SECONDS * 1000)),
        }
        first_answers: dict[int, tuple[float, str]] = {}

        def ask_in_turn(numbers: range) -> None:
            own = Bot(bot.environ, bot.clock)
            for number in numbers:
                sent = SlackClient().command(
                    ("Sales", "Billing EU", "list")[number % 3], response_url=f"{hooks.url}/commands/{number}"
                )
                began = time.monotonic()
                answer = own.send(sent)
                assert answer.status == 200
                first_answers[number] = time.monotonic() - began, answer.body
            own.close()

        with ThreadPoolExecutor(PEOPLE) as people:
            asking = [people.submit(ask_in_turn, range(start, COMMANDS, PEOPLE)) for start in range(PEOPLE)]
            while not all(one.done() for one in asking):
                rocketchat.heal()
                if fault := chance.choice([*FAULTS, None, None]):
                    rocketchat.fail("*", fault, **OPTIONS.get(fault, {}))
                time.sleep(0.1)
            for one in asking:
                one.result()
        rocketchat.heal()
        worker = LateAnswers(bot.environ, bot.clock)
        while queue[0].count():
            queue[0].run(worker.handle)
            queue[0].make_visible()

    promised = {
        number for number, (_, body) in first_answers.items() if any(text in body for text in INTERIM)
    }
    later = [int(path.rsplit("/", 1)[-1]) for path, _ in hooks.received]
    assert len(first_answers) == COMMANDS
    assert statistics.median(seconds for seconds, _ in first_answers.values()) < DEADLINE_SECONDS
    assert len(set(later)) == len(later)
    assert promised <= set(later)
    assert all(QUEUED_TOO_SLOWLY in first_answers[number][1] for number in set(later) - promised)
    assert promised
    assert len(promised) < COMMANDS
    for number, (_, body) in first_answers.items():
        assert number in promised or any(text in body for text in FINAL)
