"""`make deploy`: completes the settings file of an environment, then hands it to `sam deploy`.

    python -m monitors_bot_cli.deploy complete prod
    python -m monitors_bot_cli.deploy run prod sam deploy

A setting that the file does not name keeps the value that is deployed; one that was never deployed takes its
default; one without a default is asked for. All of them are then in the file, so that nothing is ever reset.
"""

import argparse
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from monitors_bot_cli import stack
from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.questions import Question, about, ask, somebody_is_there
from monitors_bot_cli.settings_file import STACK_KEYS, SettingsFile, path_of
from monitors_bot_cli.template import Template, read_template

TEMPLATE = Path("template.yaml")
BUILD = Path(".aws-sam")
STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}", re.ASCII)
RATE = re.compile(r"rate\(\s*(\d{1,4})\s+(minute|hour|day)s?\s*\)", re.ASCII)
HOURS = {"minute": 1 / 60, "hour": 1, "day": 24}
INTERRUPTED = 130
REGION = Question(
    "region",
    "The AWS region that the stack is in, such as eu-central-1.",
    lambda answer: [] if stack.is_region(answer) else ["must be a region, such as eu-central-1"],
)
NAME = Question(
    "name",
    "The name of the stack.",
    lambda answer: [] if STACK_NAME.fullmatch(answer) else ["must be letters, digits and hyphens"],
)


def complete(environment: str) -> None:
    """Fill in what a settings file lacks, check all of it, and say what will change. Raises Stopped."""
    template = read_template(TEMPLATE)
    file = SettingsFile.read(path_of(environment))
    _stop_at(file.problems(template))
    deployed = _find_stack(file, environment)
    _fill_in(file, template, deployed)
    _check(file, template)
    if file.save():
        _say(f"{file.path} is written.")
    _warn_of_false_alarms(file.parameters)
    if deployed:
        _tell_changes(file.parameters, deployed.parameters)


def run(environment: str, sam_deploy: Sequence[str]) -> None:
    """Become `sam deploy` with the settings of a complete file. Raises Stopped."""
    template = read_template(TEMPLATE)
    file = SettingsFile.read(path_of(environment))
    _check(file, template)
    command = [*sam_deploy, *_arguments(file, _handed_over(file))]
    os.execvp(command[0], command)  # noqa: S606 - so that Ctrl-C, and the exit code, are sam's


def _check(file: SettingsFile, template: Template) -> None:
    """Raise Stopped unless the file is complete and right."""
    _stop_at(file.problems(template))
    lacking = [key for key in STACK_KEYS if not file.stack.get(key)] + _lacking(file, template)
    _stop_at(f"{file.path}: {name} is missing." for name in lacking)
    _stop_at(f"{file.path}: {sentence}" for sentence in template.broken_rules(file.parameters))


def _find_stack(file: SettingsFile, environment: str) -> stack.DeployedStack | None:
    """Settle which stack the file is for, and return it as it is deployed."""
    region = _told_or_chosen(file, REGION, stack.configured_region() or "")
    name = _told_or_chosen(file, NAME, stack.usual_name(environment))
    account = stack.account(region)
    if account != file.stack.get("account", account):
        raise Stopped(
            f"{file.path} is for the account {file.stack['account']}, and you are logged in to {account}. "
            "Log in to the other one, or correct [stack]."
        )
    deployed = stack.deployed(name, region)
    if deployed and deployed.environment not in {None, environment}:
        raise Stopped(
            f"The stack {name} is that of the environment {deployed.environment}, not {environment}. "
            f"Give {environment} a name of its own in [stack] of {file.path}."
        )
    file.describe_stack(environment=environment, name=name, region=region, account=account)
    return deployed


def _told_or_chosen(file: SettingsFile, question: Question, usual: str) -> str:
    value = file.stack.get(question.name)
    if not value:
        value = ask(question, usual) if somebody_is_there() else usual
    _stop_at(f"{file.path}: {question.name} in [stack] {said}." for said in question.complaints(value))
    return value


def _fill_in(file: SettingsFile, template: Template, deployed: stack.DeployedStack | None) -> None:
    """Give every parameter a value. Raises Stopped with the names of those for which there is none."""
    kept = dict(deployed.parameters) if deployed else {}
    unanswered = []
    for name in _lacking(file, template):
        parameter = template.parameters[name]
        value = kept.get(name, parameter.default)
        if value is None and somebody_is_there():
            value = ask(about(parameter))
        if value is None:
            unanswered.append(f"{file.path}: {name} is missing: {parameter.description}.")
            continue
        file.change(parameter, value)
        if name in kept:
            _say(f"{name} = {value!r}, as it is deployed.")
        elif deployed:
            _say(f"{name} = {value!r}, new since your last deployment: {parameter.description}.")
    _stop_at(unanswered)


def _lacking(file: SettingsFile, template: Template) -> list[str]:
    return [name for name in template.parameters if name not in file.parameters]


def _tell_changes(values: Mapping[str, str], deployed: Mapping[str, str]) -> None:
    changed = [name for name, value in values.items() if deployed.get(name, value) != value]
    for name in changed:
        _say(f"{name} changes from {deployed[name]!r} to {values[name]!r}.")
    if not changed:
        _say("No setting changes.")


def _warn_of_false_alarms(values: Mapping[str, str]) -> None:
    """Say where a schedule pauses for longer than its alarm waits; a cron expression is not worked out."""
    for name in ("Digest", "Refresh"):
        rate = RATE.fullmatch(values[f"{name}Schedule"])
        waits = int(values[f"{name}SilenceHours"])
        if rate and waits and int(rate[1]) * HOURS[rate[2]] + 1 > waits:
            _say(
                f"{name}SilentAlarm will go off between two ticks of {rate[0]}: set {name}SilenceHours to "
                f"{math.ceil(int(rate[1]) * HOURS[rate[2]]) + 1}, or to 0 for no alarm."
            )


def _handed_over(file: SettingsFile) -> Path:
    """Write the parameters so that `sam deploy` reads exactly these values."""
    BUILD.mkdir(exist_ok=True)
    path = BUILD / f"{file.path.stem}-parameters.yaml"
    path.write_text(handed_over(file.parameters), encoding="utf-8")
    return path.resolve()


def handed_over(values: Mapping[str, str]) -> str:
    r"""Write values as `sam` reads them from a file; what is JSON is YAML as well.

    It takes one pair of quotes off each value, and a \ before each blank and quote: twice, because it
    converts what it has converted. https://github.com/aws/aws-sam-cli/blob/v1.170.0/samcli/cli/types.py
    """
    return json.dumps({name: _quoted(_quoted(value)) for name, value in values.items()}, ensure_ascii=False)


def _quoted(value: str) -> str:
    return '"' + re.sub("[ \"']", lambda found: f"\\{found[0]}", value) + '"'


def _arguments(file: SettingsFile, parameters: Path) -> Iterator[str]:
    told = file.stack
    yield from ("--stack-name", told["name"], "--region", told["region"], "--s3-prefix", told["name"])
    yield from ("--tags", "project=monitors-bot", f"environment={told['environment']}")
    yield from ("--parameter-overrides", f"file://{parameters}")
    if not somebody_is_there():
        yield "--no-confirm-changeset"  # nobody is there to confirm it


def _stop_at(problems: Iterable[str]) -> None:
    if found := tuple(problems):
        raise Stopped(*found)


def _say(sentence: str) -> None:
    print(sentence)  # noqa: T201 - this is what the operator reads


def main(arguments: Sequence[str]) -> int:
    """Return the exit code: 0, 2 (correct the settings), 3 (AWS), 130 (interrupted)."""
    parser = argparse.ArgumentParser(prog="python -m monitors_bot_cli.deploy", description=__doc__)
    parser.add_argument("step", choices=["complete", "run"])
    parser.add_argument("environment")
    parser.add_argument("sam_deploy", nargs=argparse.REMAINDER)
    told = parser.parse_args(arguments)
    try:
        complete(told.environment) if told.step == "complete" else run(told.environment, told.sam_deploy)
    except Stopped as stopped:
        print(*stopped.problems, "Nothing was deployed.", sep="\n", file=sys.stderr)  # noqa: T201
        return stopped.code
    except (KeyboardInterrupt, EOFError):
        print("\nNothing was deployed, and the settings are as they were.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
