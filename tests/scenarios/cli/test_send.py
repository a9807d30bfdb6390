"""What schedules and other systems do, by hand: `monitors-bot run`, `page` and `invoke`."""

import json
import re
import shlex
import time
from pathlib import Path

import pytest

from monitors_bot.aws.messages import read
from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.domain.notices.messages import Mention
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.fakes.api_gateway import event_for
from tests.fakes.chat_client import SlackClient
from tests.fakes.scripted_server import ScriptedServer, http_answer

EVENTS = Path(__file__).parents[3] / "events"


@pytest.fixture
def queued(stack, aws):
    """The messages on the queue of runs and notices."""

    def receive():
        told = aws.sqs.receive_message(QueueUrl=stack.physical["Background"], MaxNumberOfMessages=10)
        return [read(one["Body"]) for one in told.get("Messages", [])]

    return receive


def test_a_run_of_a_schedule_begins(monitors_bot, secret, queued):
    ended = monitors_bot("run", "digest")

    assert (ended.code, ended.out) == (
        0,
        "Begun: it posts in #leads when it is over, if there is something to tell.\n",
    )
    [message] = queued()
    assert message.number == 0


def test_a_run_that_still_goes_on_is_not_begun_twice(monitors_bot, stack, aws, secret, queued):
    first = monitors_bot("run", "digest", "--json").json
    [message] = queued()
    Runs(Documents(SdkTable(aws.dynamodb, stack.physical["Table"])), time.time).hold(message.run_id, 0)

    ended = monitors_bot("run", "digest")

    assert first == {"queued": True, "run": message.run_id, "channel": "#leads"}
    assert (ended.code, ended.out) == (1, "Skipped: the last run of digest still goes on.\n")
    assert queued() == []


def test_an_unknown_schedule_is_told_with_those_that_there_are(monitors_bot, secret):
    ended = monitors_bot("run", "nightly")

    assert ended.code == 2
    assert ended.err == "There is no schedule nightly; there is digest, refresh.\n"


def test_a_schedule_that_orders_nonsense_is_told(monitors_bot, stack, aws, secret):
    scheduler = aws.client("scheduler")
    listed = scheduler.list_schedules()["Schedules"]
    [named] = [one for one in listed if "Digest" in one["Name"]]
    told = scheduler.get_schedule(Name=named["Name"], GroupName=named["GroupName"])
    same = {key: told[key] for key in ("Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow")}

    def put(text):
        scheduler.update_schedule(**same, Target={**told["Target"], "Input": text})

    try:
        put('{"run": "x", "post": "sometimes"}')
        malformed = monitors_bot("run", "digest")
        put("[]")
        no_object = monitors_bot("run", "digest")
    finally:
        put(told["Target"]["Input"])

    assert (malformed.code, no_object.code) == (2, 2)
    assert "post is not one of" in malformed.err
    assert "is not a JSON object" in no_object.err


def test_a_page_is_taken_as_if_a_system_had_sent_it(monitors_bot, secret, queued):
    ended = monitors_bot("page", "Billing EU", "Invoices fail.", "--mention", "all")

    assert ended.code == 0
    assert ended.out == "Taken: Billing EU is paged. If nobody can be, NoticesFailedAlarm goes off.\n"
    [message] = queued()
    assert (message.unit, message.message, message.channel, message.mention) == (
        "Billing EU",
        "Invoices fail.",
        "#leads",
        Mention.ALL,
    )


def test_a_page_that_makes_no_sense_is_told(monitors_bot, secret, queued):
    ended = monitors_bot("page", "Billing EU", "x", "--mention", "somebody")

    assert ended.code == 1
    assert ended.out.startswith("Not taken (400): ")
    assert queued() == []


def test_without_a_secret_for_pages_none_is_sent(monitors_bot, stack, aws, secret):
    aws.change_secret(stack.physical["Secret"], {k: v for k, v in secret.items() if k != "webhook_secret"})

    ended = monitors_bot("page", "Billing EU", "x")

    assert (ended.code, ended.err) == (
        2,
        "webhook_secret is not set: monitors-bot secret set webhook_secret\n",
    )


def test_an_api_that_is_gone_is_told(monitors_bot, stack, secret):
    stack.api_url = "http://127.0.0.1:9"

    ended = monitors_bot("page", "Billing EU", "x")

    assert ended.code == 3
    assert "can't be reached: ConnectionError." in ended.err


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("chat-slack-list", "200", "2 units"),
        ("chat-slack-bad-signature", "200", "Billing EU"),
        ("chat-mattermost-share", "200", "Sales"),
        ("chat-rocketchat-roster", "200", "Billing EU"),
        ("chat-app-roster", "200", "Billing EU"),
        ("chat-health", "200", "ok"),
        ("chat-unknown-route", "404", "there is nothing here"),
        ("chat-rocketchat-not-json", "400", "the body is not JSON"),
        ("webhook-omnichannel-queued", "200", ""),
    ],
)
def test_a_sample_of_a_request_goes_through_the_api_signed_anew(monitors_bot, secret, name, status, said):
    ended = monitors_bot("invoke", str(EVENTS / f"{name}.json"))

    assert ended.code == (0 if status == "200" else 1)
    assert ended.out.splitlines()[0] == status
    assert said in ended.out


def test_an_answer_as_json_is_what_the_platform_gets(monitors_bot, secret):
    told = monitors_bot("invoke", str(EVENTS / "chat-slack-list.json"), "--json").json

    assert told["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("name", "function"),
    [("schedule-refresh", "ScheduleFunction"), ("background-page", "BackgroundFunction")],
)
def test_any_other_sample_goes_to_its_function(monitors_bot, stack, secret, monkeypatch, name, function):
    told = {"queued": True, "run": "1"}

    def answer(heard):
        is_settings = heard.method == "GET"
        return [http_answer(json.dumps({"Environment": {"Variables": {}}} if is_settings else told).encode())]

    with ScriptedServer(answer) as functions:
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", functions.url)
        ended = monitors_bot("invoke", str(EVENTS / f"{name}.json"), "--json")
        [heard] = functions.heard

    assert (ended.code, ended.json) == (0, told)
    assert heard.path.endswith(f"/functions/{stack.physical[function]}/invocations")
    assert json.loads(heard.body) == json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))


def test_a_function_that_fails_is_a_failure(monitors_bot, secret, monkeypatch):
    failed = http_answer(b'{"errorMessage": "Task timed out"}', X_Amz_Function_Error="Unhandled")
    with ScriptedServer(failed) as functions:
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", functions.url)
        ended = monitors_bot("invoke", str(EVENTS / "schedule-refresh.json"))

    assert ended.code == 1
    assert "Task timed out" in ended.out


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("other.json", "{}", "For which function is"),
        ("chat.json", "[]", "is not a JSON object"),
        ("chat.json", "{", "can't be read as JSON"),
        ("missing.json", None, "can't be read as JSON"),
    ],
)
def test_what_is_no_sample_is_told(monitors_bot, stack, secret, name, text, why):
    if text is not None:
        (stack.folder / name).write_text(text, encoding="utf-8")

    ended = monitors_bot("invoke", name)

    assert ended.code == 2
    assert why in ended.err


def test_nothing_that_is_sent_by_hand_shows_a_secret(monitors_bot, secret):
    sample = event_for(SlackClient().command("list"))
    Path("chat-x.json").write_text(json.dumps(sample), encoding="utf-8")

    said = "".join(
        monitors_bot(*words).said
        for words in (("page", "Sales", "x"), ("invoke", "chat-x.json"), ("who", "Sales"), ("units",))
    )

    hidden = [value for value in secret.values() if isinstance(value, str) and len(value) > 8]
    assert not [value for value in hidden if value in said]


def commands_of_the_page():
    """The commands below *Questions* and *By hand* in docs/command-line.md."""
    text = (EVENTS.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text.partition("## Questions")[2], re.DOTALL)
    return [shlex.split(line, comments=True)[1:] for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("words", commands_of_the_page(), ids=" ".join)
def test_each_command_of_the_page_works(monitors_bot, stack, company, aws, secret, words):
    ana = Monitor(company.user("ana").id, "ana", "Ana Díaz")
    records = Rosters(Documents(SdkTable(aws.dynamodb, stack.physical["Table"])))
    records.record(Unit("bilLingEu00000001", "Billing EU"), [ana], time.time())
    (stack.folder / "events").symlink_to(EVENTS)

    assert monitors_bot(*words).code == 0
