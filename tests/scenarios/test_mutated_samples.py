"""Real samples, changed in any way, through every door: each is answered, and nothing is raised.

Samples are those of events/, and messages and items as the bot writes them.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot.aws.messages import write
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.late_answers import LateAnswers
from monitors_bot.lambdas.schedule import ScheduleDoor
from monitors_bot.lambdas.webhook import WebhookDoor
from monitors_bot.web import read_event
from monitors_bot_cli.callers import CALLERS
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import Sent, event_for, receive
from tests.fakes.whole_secret import whole_secret
from tests.unit.hostile import json_values, texts

EVENTS = Path("events")
ROUTES = {caller.path: caller for caller in CALLERS}
SAMPLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(EVENTS.glob("*.json"))}
REQUESTS = [name for name, sample in SAMPLES.items() if sample.get("rawPath") in ROUTES]
ORDERS = [name for name in SAMPLES if name.startswith("schedule-")]
MESSAGES = [SAMPLES[name]["Records"][0]["body"] for name in SAMPLES if name.startswith("background-")]
JOB = write(Job("a" * 32, "slack", Command("/monitors", "Sales", response_url="https://x.example"), 1.0, "c"))
unlimited = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def mutants(draw: st.DrawFn, value: Any) -> Any:
    """Draw a value of JSON with some of its parts replaced, left out, or written as text inside of text."""
    for _ in range(draw(st.integers(1, 3))):
        value = draw(_mutant(value))
    return value


@st.composite
def _mutant(draw: st.DrawFn, value: Any) -> Any:
    inside = isinstance(value, dict | list) and value and draw(st.integers(0, 3))
    if not inside:
        return draw(json_values | texts)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw(st.sampled_from(keys))
    if draw(st.integers(0, 4)) == 0:
        kept = [one for one in keys if one != key]
        return {one: value[one] for one in kept} if isinstance(value, dict) else [value[one] for one in kept]
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = draw(_mutant(value[key]))
    return changed


def readable(body: bytes) -> Any:
    """A body as JSON or as the fields of a form, whose payload is JSON."""
    try:
        return json.loads(body)
    except ValueError:
        fields: dict[str, Any] = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return {**fields, "payload": json.loads(fields["payload"])} if "payload" in fields else fields


def written(mutant: Any, original: bytes) -> bytes:
    if original[:1] in b"{[":
        return json.dumps(mutant).encode()
    if not isinstance(mutant, dict):
        return str(mutant).encode("utf-8", "surrogatepass")
    fields = {key: one if isinstance(one, str) else json.dumps(one) for key, one in mutant.items()}
    return urlencode(fields, errors="surrogatepass").encode()


@pytest.fixture
def everything(bot, company, aws, table, environ, rocketchat):
    """A bot with all keys; its queue leads nowhere."""
    secret = whole_secret(rocketchat.account)
    aws.change_secret(SECRET_NAME, secret)
    urls = [aws.create_queue(name)[0] for name in ("late", "back")]
    environ |= {"QUEUE_URL": urls[0], "BACKGROUND_QUEUE_URL": urls[1], "NOTIFY_CHANNEL": "#leads"}
    environ["SLACK_HOOKS_URL"] = "http://127.0.0.1:9"  # nobody is there
    bot.start_cold()
    yield secret
    aws.delete_queues(*urls)


@pytest.mark.parametrize("name", REQUESTS)
@given(data=st.data())
@unlimited
def test_a_request_is_answered(bot, everything, name, data):
    request = read_event(SAMPLES[name], 0.0)
    caller = ROUTES[request.path]
    body = written(data.draw(mutants(readable(request.body))), request.body)
    signed = caller.prove(everything[caller.key], body, bot.clock())
    sent = Sent("POST", request.path, tuple(signed.headers.items()), signed.body)
    door = WebhookDoor(bot.environ, bot.clock) if request.path.startswith("/webhooks") else bot.door

    assert receive(door.handle(event_for(sent, bot.clock()))).status < 500


@pytest.mark.parametrize("name", REQUESTS[:1])
@given(data=st.data())
@unlimited
def test_an_event_of_the_api_is_answered(bot, everything, name, data):
    answer = receive(
        bot.door.handle(data.draw(mutants(SAMPLES[name]).filter(lambda one: isinstance(one, dict))))
    )

    assert answer.status < 500


@pytest.mark.parametrize("name", ORDERS)
@given(data=st.data())
@unlimited
def test_an_order_is_taken_or_refused(bot, everything, name, data):
    told = ScheduleDoor(bot.environ, bot.clock).handle(data.draw(mutants(SAMPLES[name])))

    assert told.keys() <= {"queued", "run", "why"}


def record(body: str) -> dict[str, Any]:
    return {**SAMPLES["background-turn"]["Records"][0], "body": body}


@pytest.mark.parametrize("message", [*MESSAGES, JOB], ids=lambda text: json.loads(text)["kind"])
@given(data=st.data())
@unlimited
def test_a_message_is_done_or_comes_again(bot, everything, message, data):
    body = json.dumps(data.draw(mutants(json.loads(message))))
    event = {"Records": [record(body)]}

    for handle in (
        BackgroundWork(bot.environ, bot.clock, bot.clock.advance).handle,
        LateAnswers(bot.environ).handle,
    ):
        assert handle(event, None).keys() == {"batchItemFailures"}


@pytest.mark.parametrize("question", ["Sales history", "@ana", "Sales at yesterday 14:00"])
@given(data=st.data())
@unlimited
def test_an_item_of_the_table_makes_no_answer_fail(bot, everything, recorder, aws, table, question, data):
    recorder.record(Unit("salesSales0000001", "Sales"), [Monitor("1", "ana", "Ana")], bot.clock() - 200_000)
    items = aws.dynamodb.scan(TableName=table)["Items"]
    item = data.draw(st.sampled_from(items))
    [name] = [name for name, value in item.items() if value.get("S", "").startswith(("{", "["))][:1] or ["pk"]
    changed = json.dumps(data.draw(mutants(json.loads(item[name]["S"])))) if name != "pk" else item["pk"]["S"]
    aws.dynamodb.put_item(TableName=table, Item={**item, name: {"S": changed}})

    sent = CALLERS[2].prove(everything["slack_signing_secret"], CALLERS[2].asks(question), bot.clock())
    answer = receive(
        bot.door.handle(
            event_for(Sent("POST", CALLERS[2].path, tuple(sent.headers.items()), sent.body), bot.clock())
        )
    )

    for one in items:
        aws.dynamodb.delete_item(TableName=table, Key={"pk": one["pk"], "sk": one["sk"]})
    assert answer.status == 200
    assert "Something went wrong inside the bot" not in answer.body
