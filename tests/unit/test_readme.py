"""The README names what there is, and nothing that there is not."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitors_bot import errors
from monitors_bot.aws import secret as secrets
from monitors_bot.domain.answers.bad_news import bad_news, crashed
from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.digests.order import read_order
from monitors_bot.lambdas.chat import HEALTH, routes
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.lambdas.webhook import ROUTES as WEBHOOK_ROUTES
from monitors_bot.wiring.platforms import PLATFORMS
from tests import picture
from tests.fakes.sam_template import PARAMETERS, RESOURCES, TEMPLATE
from tests.fakes.watched_environment import READERS, variables_read_by

README = Path("README.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", README)
COMMANDS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path("src").rglob("*.py"))
MAKEFILE = Path("Makefile").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
TARGETS = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)
SHARED_KEYS = [platform.SECRET_KEY for platform in PLATFORMS] + [
    caller.SECRET_KEY for caller in WEBHOOK_ROUTES.values()
]
SECRET_KEYS = [secrets.USER_ID, secrets.AUTH_TOKEN, *SHARED_KEYS]


def below(kind: type[errors.MonitorsBotError]) -> Iterator[type[errors.MonitorsBotError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from below(narrower)


def trouble(kind: type[errors.MonitorsBotError]) -> errors.MonitorsBotError:
    if kind is errors.RocketChatLimited:
        return errors.RocketChatLimited(1)
    return kind("…")


TROUBLES = [*below(errors.RocketChatError), errors.RecordsUnreachable, errors.SettingsError]


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_listed(target):
    assert f"| `make {target}` |" in README


def test_every_make_target_it_names_exists():
    named = set(re.findall(r"`make ([a-z]+)", README) + re.findall(r"^make ([a-z]+)", COMMANDS, re.MULTILINE))

    assert named - set(TARGETS) == set()


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_is_explained_with_its_default(parameter):
    default = PARAMETERS[parameter].get("Default", "none")

    [row] = re.findall(rf"^\| `{parameter}` \|.*\| (.*) \|$", README, re.MULTILINE)
    assert row.strip("`") == (str(default) or "empty")


@pytest.mark.parametrize("key", SECRET_KEYS)
def test_every_key_of_the_secret_is_explained(key):
    assert f"\n| `{key}` |" in README


def test_the_example_of_the_secret_holds_no_other_keys():
    secret, *_ = EXAMPLES

    assert set(json.loads(secret)) - set(SECRET_KEYS) == set()


@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_every_example_of_a_schedule_is_an_order(example):
    filled_in = example.replace("<aws.scheduler.schedule-arn>", "arn").replace(
        "<aws.scheduler.scheduled-time>", "2026-11-23T08:00:00Z"
    )

    assert read_order(json.loads(filled_in)).channel


@pytest.mark.parametrize(
    "variable",
    sorted(
        set().union(*map(variables_read_by, READERS))
        | TEMPLATE["Globals"]["Function"]["Environment"]["Variables"].keys()
    ),
)
def test_every_environment_variable_is_explained(variable):
    assert f"`{variable}`" in README


@pytest.mark.parametrize("permission", sorted(set(re.findall(r"manage-[a-z-]+|api-[a-z]+-[a-z-]+", SOURCE))))
def test_every_permission_is_named(permission):
    assert permission in CODE


@pytest.mark.parametrize(
    "route", [f"GET {HEALTH}", *(f"POST {path}" for path in [*routes(PLATFORMS), *WEBHOOK_ROUTES])]
)
def test_every_route_is_named(route):
    assert f"| `{route}` |" in README


@pytest.mark.parametrize("output", TEMPLATE["Outputs"])
def test_every_output_of_the_stack_is_used(output):
    assert output in README


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_has_its_reason_and_its_price(resource):
    assert re.search(
        rf"^\| .*`{resource}`.* \| [\d.]+ \|$|^\| `{resource}` .* free \|$", README, re.MULTILINE
    )


@pytest.mark.parametrize("kind", TROUBLES)
def test_every_bad_news_is_in_the_troubleshooting(kind):
    assert f"\n| {bad_news(trouble(kind)).title} |" in README


def test_so_is_a_crash():
    assert f"\n| {crashed().title} |" in README


@pytest.mark.parametrize("status", sorted(set(re.findall(r"(?:problem|Response)\((4\d\d|5\d\d)", SOURCE))))
def test_every_http_status_is_in_the_troubleshooting(status):
    assert f"\n| {status} |" in README


@pytest.mark.parametrize("outcome", sorted(Outcome))
def test_every_outcome_is_named(outcome):
    assert f"`{outcome}`" in README


def test_every_metric_and_log_field_of_an_answer_is_explained(capsys, caplog):
    caplog.set_level(logging.INFO)
    observer = Telemetry({})
    observer.begin("id", "/slack/command")

    observer.answered("slack", Reply(Outcome.ROSTER, "", why="x"), 0.0, seconds=0.1, calls=2, waited=0.1)

    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [logged] = caplog.records
    names = {name for metric in metrics for name in metric if name != "_aws"}
    fields = vars(logged).keys() - vars(logging.makeLogRecord({})).keys() - {"message"}
    assert {"Answers", "AnswersFailed", "outcome", "seconds"} <= names | fields
    assert (names | fields) - set(CODE) == set()


def test_every_link_within_it_leads_somewhere():
    headings = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)}

    assert set(re.findall(r"\]\(#([\w-]+)\)", README)) - headings == set()


def test_every_file_it_names_exists():
    files = re.findall(r"(?:events|docs|src)/[\w./-]*", README)

    assert [file for file in files if not Path(file).exists()] == []


def test_the_picture_shows_the_words_of_now():
    assert picture.FILE.read_text(encoding="utf-8") == picture.picture()
