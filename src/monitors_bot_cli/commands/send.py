"""`monitors-bot run`, `page` and `invoke`: what schedules and other systems do, by hand."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from monitors_bot.domain.digests.order import Order, Post, read_order
from monitors_bot.errors import OrderMalformed
from monitors_bot.lambdas.schedule import ScheduleDoor
from monitors_bot.platforms.webhooks import page as pages
from monitors_bot.web import read_event
from monitors_bot.zones import is_zone
from monitors_bot_cli import stack
from monitors_bot_cli.callers import CALLERS, Caller, Signed, webhook_signed
from monitors_bot_cli.installation import Installation, find_installation
from monitors_bot_cli.problems import AWS, FOUND, Stopped
from monitors_bot_cli.schedules import order_by_hand, schedules_of, short_name
from monitors_bot_cli.secret_keys import values_of
from monitors_bot_cli.stored_secret import StoredSecret
from monitors_bot_cli.terminal import Terminal

CALL_SECONDS = 30
FUNCTIONS = {
    "schedule": "ScheduleFunction",
    "background": "BackgroundFunction",
    "late": "LateAnswersFunction",
}
"""The function of a sample that comes by no HTTP, by how its file's name begins."""


def run(environment: str, name: str, *, as_json: bool) -> int:
    """Begin a run of a schedule now, with the operator's own rights in AWS. Raises Stopped."""
    terminal, installation = Terminal(as_json=as_json), find_installation(environment)
    schedules = {short_name(installation, one): one for one in schedules_of(installation)}
    if name not in schedules:
        known = ", ".join(sorted(schedules)) or "none: set RefreshSchedule in the settings file"
        raise Stopped(f"There is no schedule {name}; there is {known}.")
    values = order_by_hand(schedules[name], datetime.now(UTC).isoformat(timespec="seconds"))
    try:
        order = read_order(values, is_zone)
    except OrderMalformed as error:
        raise Stopped(f"{name} orders what can't be done: {error}. See docs/schedules.md") from error
    with stack.in_words():
        begun = ScheduleDoor(installation.environ("ScheduleFunction")).handle(values)["queued"]
    terminal.say(_begun(order) if begun else f"Skipped: the last run of {name} still goes on.")
    terminal.json({"queued": begun, "run": order.id, "channel": order.channel})
    return 0 if begun else FOUND


def _begun(order: Order) -> str:
    if order.post is Post.NONE:
        return "Begun: it reads all rosters, and posts nothing."
    return f"Begun: it posts in {order.channel} when it is over, if there is something to tell."


def page(environment: str, asked: Mapping[str, str], *, as_json: bool) -> int:
    """Page the people on a unit: `asked` is the body that a system would send. Raises Stopped."""
    terminal, installation = Terminal(as_json=as_json), find_installation(environment)
    body = json.dumps({key: value for key, value in asked.items() if value}).encode()
    signed = webhook_signed(_secret(installation, pages.SECRET_KEY), body, time.time())
    answer = _sent("POST", installation.outputs["PageUrl"], signed)
    is_taken = answer.status_code == 202
    terminal.say(
        f"Taken: {asked['unit']} is paged. If nobody can be, NoticesFailedAlarm goes off."
        if is_taken
        else f"Not taken ({answer.status_code}): {_error(answer)}."
    )
    terminal.json({"status": answer.status_code, **({} if is_taken else {"error": _error(answer)})})
    return 0 if is_taken else FOUND


def invoke(environment: str, file: Path, *, as_json: bool) -> int:
    """Send a sample of `events/` to the function that it is for, and print the answer. Raises Stopped.

    A request goes through the API, signed anew with the stack's secret; any other sample to Lambda itself.
    """
    terminal, installation = Terminal(as_json=as_json), find_installation(environment)
    sample = _read(file)
    if "rawPath" in sample:
        answer = _requested(installation, sample)
        said, is_well = _told(answer), answer.ok
        terminal.say(f"{answer.status_code}", style="bold")
    else:
        said, is_well = _invoked(installation, file, sample)
    terminal.say(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, indent=2))
    terminal.json(said)
    return 0 if is_well else FOUND


def _requested(installation: Installation, sample: Mapping[str, Any]) -> requests.Response:
    request = read_event(sample, time.time())
    caller = next((one for one in CALLERS if one.path == request.path), None)
    url = installation.outputs["ApiUrl"] + request.path
    return _sent(
        request.method, url, _proved(installation, caller, request.body) if caller else Signed({}, b"")
    )


def _proved(installation: Installation, caller: Caller, body: bytes) -> Signed:
    return caller.prove(_secret(installation, caller.key), body, time.time())


def _invoked(installation: Installation, file: Path, sample: Mapping[str, Any]) -> tuple[object, bool]:
    kind = file.name.partition("-")[0]
    if kind not in FUNCTIONS:
        raise Stopped(f"For which function is {file}? Its name begins with none of {', '.join(FUNCTIONS)}.")
    with stack.in_words():
        told = installation.client("lambda").invoke(
            FunctionName=installation.resources[FUNCTIONS[kind]], Payload=json.dumps(sample).encode()
        )
    return json.loads(told["Payload"].read() or b"null"), "FunctionError" not in told


def _read(file: Path) -> Mapping[str, Any]:
    try:
        sample = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Stopped(f"{file} can't be read as JSON: {error}") from error
    if not isinstance(sample, dict):
        raise Stopped(f"{file} is not a JSON object.")
    return sample


def _secret(installation: Installation, key: str) -> str:
    values = values_of(
        StoredSecret(installation.client("secretsmanager"), installation.secret_id).read().values.get(key)
    )
    if not values:
        raise Stopped(f"{key} is not set: monitors-bot secret set {key}")
    return values[0].strip()


def _sent(method: str, url: str, signed: Signed) -> requests.Response:
    try:
        return requests.request(
            method, url, data=signed.body, headers=signed.headers, timeout=CALL_SECONDS, allow_redirects=False
        )
    except requests.RequestException as error:
        raise Stopped(f"{url} can't be reached: {type(error).__name__}.", code=AWS) from error


def _told(answer: requests.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return answer.text


def _error(answer: requests.Response) -> str:
    told = _told(answer)
    return str(told.get("error", "")) if isinstance(told, dict) else answer.text[:200]
