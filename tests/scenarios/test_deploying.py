"""`make deploy`: what is asked for, what is kept, and what stops it before anything is changed."""

import io
import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest
import tomlkit

from monitors_bot_cli import deploy
from monitors_bot_cli.settings_file import SettingsFile
from monitors_bot_cli.template import read_template
from tests.fakes.local_aws import CREDENTIALS, REGION

URL = "https://chat.example.com"
SMALL = {
    "Parameters": {"RocketChatUrl": {"Type": "String"}, "LogLevel": {"Type": "String"}},
    "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
}


class Terminal(io.StringIO):
    """A person who types these lines; without any, nobody is there."""

    def isatty(self):
        return bool(self.getvalue())


@pytest.fixture
def place(tmp_path, monkeypatch, aws):
    """A folder with the template, and an account that has no stack yet."""
    (tmp_path / "template.yaml").write_text(Path("template.yaml").read_text(encoding="utf-8"))
    for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": aws.url}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    cloudformation = boto3.client("cloudformation", region_name=REGION, endpoint_url=aws.url)
    for stack in cloudformation.describe_stacks()["Stacks"]:
        cloudformation.delete_stack(StackName=stack["StackName"])


@pytest.fixture
def complete(place, monkeypatch, capsys):
    """Complete the settings of an environment; tell the exit code and what was said."""

    def run(*typed, environment="dev"):
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in typed)))
        code = deploy.main(["complete", environment])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def settings(environment="dev"):
    return tomlkit.parse(Path(f"settings/{environment}.toml").read_text(encoding="utf-8")).unwrap()


def write(text, environment="dev"):
    Path("settings").mkdir(exist_ok=True)
    Path(f"settings/{environment}.toml").write_text(text, encoding="utf-8")


def deploy_the_old_way(name="monitors-bot-dev", tags=(), **values):
    boto3.client("cloudformation", region_name=REGION).create_stack(
        StackName=name,
        TemplateBody=json.dumps(SMALL),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
        Tags=[{"Key": key, "Value": value} for key, value in tags],
    )


def test_the_first_time_it_asks_only_for_what_has_no_default(complete):
    code, said = complete("", "", URL)

    assert code == 0
    assert said.count(": ") >= 3
    kept = settings()
    assert kept["stack"] == {
        "environment": "dev",
        "name": "monitors-bot-dev",
        "region": REGION,
        "account": "123456789012",
    }
    assert kept["parameters"].keys() == read_template(Path("template.yaml")).parameters.keys()
    assert kept["parameters"]["RocketChatUrl"] == URL
    assert kept["parameters"]["DigestUnits"] == '["*"]'


def test_the_next_time_it_asks_nothing_and_resets_nothing(complete):
    complete("", "", URL)
    path = Path("settings/dev.toml")
    path.write_text(
        path.read_text().replace("ReplyDeadlineMs = 2500", "ReplyDeadlineMs = 2000 # slow network")
    )
    before = path.read_text()

    code, said = complete()

    assert (code, path.read_text()) == (0, before)
    assert "written" not in said


def test_a_wrong_answer_is_asked_for_again(complete):
    code, said = complete("", "", "chat.example.com", URL)

    assert code == 0
    assert "RocketChatUrl must be a URL such as https://chat.example.com" in said
    assert settings()["parameters"]["RocketChatUrl"] == URL


def test_where_nobody_can_be_asked_it_names_what_is_missing(complete):
    code, said = complete()

    assert code == 2
    assert "settings/dev.toml: RocketChatUrl is missing: Base URL of the Rocket.Chat server" in said
    assert "Nothing was deployed." in said
    assert not Path("settings/dev.toml").exists()


def test_a_stack_that_was_deployed_without_a_file_keeps_its_values(complete):
    deploy_the_old_way(RocketChatUrl=URL, LogLevel="DEBUG")

    code, said = complete()

    assert code == 0
    assert settings()["parameters"]["LogLevel"] == "DEBUG"
    assert "LogLevel = 'DEBUG', as it is deployed." in said
    assert "RefreshPercent = '10', new since your last deployment" in said


def test_what_will_change_is_said(complete):
    deploy_the_old_way(RocketChatUrl=URL, LogLevel="DEBUG")
    complete()
    path = Path("settings/dev.toml")
    path.write_text(path.read_text().replace('LogLevel = "DEBUG"', 'LogLevel = "INFO"'))

    assert "LogLevel changes from 'DEBUG' to 'INFO'." in complete()[1]


WRONG = {
    "an unknown key": (
        '[parameters]\nRocketChatURL = "x"',
        "RocketChatURL is no setting of this version. Did you mean RocketChatUrl?",
    ),
    "a key outside": (
        'RocketChatUrl = "x"',
        "there is no place for RocketChatUrl outside [stack] and [parameters]",
    ),
    "half a file": ('[parameters]\nRocketChatUrl = "https://chat', "is no TOML, or only half of it"),
    "another environment": ('[stack]\nenvironment = "prod"', "is for the environment prod, not dev"),
    "another account": (
        f'[stack]\naccount = "999999999999"\nregion = "{REGION}"\n[parameters]\nRocketChatUrl = "{URL}"',
        "is for the account 999999999999, and you are logged in to 123456789012",
    ),
    "a wrong value": ("[parameters]\nReplyDeadlineMs = 9999", "ReplyDeadlineMs must be 500 to 2900"),
    "a list": ('[parameters]\nDigestUnits = ["*"]', "DigestUnits must be a text in quotation marks"),
    "a combination that can't work": (
        f'[parameters]\nRocketChatUrl = "{URL}"\nDigestSchedule = "rate(1 hour)"',
        "DigestSchedule needs DigestChannel",
    ),
    "bytes": ("\udcff", "is not in UTF-8"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_with_something_wrong_stops_it_and_stays_as_it_is(complete, what):
    text, sentence = WRONG[what]
    Path("settings").mkdir()
    path = Path("settings/dev.toml")
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    code, said = complete()

    assert code == 2
    assert sentence in said
    assert path.read_bytes() == text.encode("utf-8", "surrogateescape") or "combination" in what


def test_the_stack_of_another_environment_is_not_touched(complete):
    deploy_the_old_way("monitors-bot", tags=[("environment", "prod")], RocketChatUrl=URL, LogLevel="INFO")
    write('[stack]\nname = "monitors-bot"')

    code, said = complete()

    assert code == 2
    assert "The stack monitors-bot is that of the environment prod, not dev" in said


@pytest.mark.parametrize("name", ["../prod", "Prod", "", "a b", "x" * 40])
def test_an_environment_needs_a_name_that_is_one(complete, name):
    assert complete(environment=name)[0] == 2


def test_an_interruption_leaves_nothing_half_done(complete, monkeypatch):
    write('# mine\n[parameters]\nLogLevel = "DEBUG"\n')
    monkeypatch.setattr("builtins.input", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))

    code, said = complete("x")

    assert code == 130
    assert Path("settings/dev.toml").read_text() == '# mine\n[parameters]\nLogLevel = "DEBUG"\n'
    assert "Nothing was deployed" in said


def test_an_account_that_cant_be_asked_is_told(complete, monkeypatch, nobody):
    monkeypatch.setenv("AWS_ENDPOINT_URL", nobody)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    code, said = complete("", "", URL)

    assert code == 3
    assert "AWS can't be asked" in said


@pytest.fixture
def nobody():
    return "http://127.0.0.1:9"


def test_sam_gets_exactly_the_values_of_the_file(complete, place):
    complete("", "", URL)
    file = SettingsFile.read(Path("settings/dev.toml"))
    channel = '#it\'s "the" leads $HOME, a=b'
    file.change(read_template(Path("template.yaml")).parameters["NotifyChannel"], channel.replace('"', ""))
    file.save()
    (place / "sam").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    (place / "sam").chmod(0o755)
    command = [sys.executable, "-m", "monitors_bot_cli.deploy", "run", "dev", "./sam", "deploy"]

    said = subprocess.run(
        command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    ).stdout

    arguments = said.splitlines()
    assert arguments[:5] == ["deploy", "--stack-name", "monitors-bot-dev", "--region", REGION]
    handed_over = arguments[arguments.index("--parameter-overrides") + 1].removeprefix("file://")
    assert Path(handed_over).is_absolute()
    values = json.loads(Path(handed_over).read_text())
    assert values.keys() == settings()["parameters"].keys()
    assert values["RocketChatUrl"] == f'"\\"{URL}\\""'
    assert "--no-confirm-changeset" in arguments


@pytest.mark.parametrize(
    ("schedule", "hours", "advice"),
    [
        ("rate(6 hours)", 7, ""),
        ("rate(30 minutes)", 2, ""),
        ("rate(1 day)", 7, "set RefreshSilenceHours to 25"),
        ("rate(90 minutes)", 2, "set RefreshSilenceHours to 3"),
        ("rate(2 days)", 0, ""),
        ("cron(0 8 ? * MON-FRI *)", 7, ""),
    ],
)
def test_a_schedule_that_pauses_for_longer_than_its_alarm_waits_is_told(complete, schedule, hours, advice):
    write(
        f'[parameters]\nRocketChatUrl = "{URL}"\n'
        f'RefreshSchedule = "{schedule}"\nRefreshSilenceHours = {hours}\n'
    )

    code, said = complete()

    assert code == 0
    assert (advice in said) if advice else ("SilentAlarm" not in said)
