"""The senders in examples/, each run as the file it is."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.fakes.http_api import HttpApi, http_api
from tests.fakes.webhook_senders import WEBHOOK_SECRET
from tests.scenarios.webhooks.conftest import Notified

EXAMPLES = Path("examples").resolve()
ALERT = {
    "status": "firing",
    "labels": {"alertname": "PaymentsFail", "unit": "Billing EU"},
    "annotations": {"summary": "Payments fail"},
    "startsAt": "2026-11-23T09:00:00Z",
    "fingerprint": "b1b2",
}


@pytest.fixture
def api(notified: Notified) -> Iterator[HttpApi]:
    """The bot, now: senders sign with the time that it really is."""
    notified.clock.stop_at(time.time())
    with http_api(notified.door.handle) as running:
        yield running


def environ(api: HttpApi, **variables: str) -> dict[str, str]:
    page_url = f"{api.url}/webhooks/page"
    return {**os.environ, "PAGE_URL": page_url, "WEBHOOK_SECRET": WEBHOOK_SECRET, **variables}


def posted(notified: Notified) -> str:
    notified.work()
    [message] = notified.posted
    return message


def shell(api: HttpApi, folder: Path, unit: str | bytes, message: str | bytes) -> int:
    sender: list[str | bytes | Path] = ["sh", EXAMPLES / "page.sh", unit, message]
    return subprocess.run(sender, cwd=folder, env=environ(api), check=False).returncode


def test_the_shell_pages(notified, api, tmp_path):
    assert shell(api, tmp_path, "Billing EU", 'It\'s "down" \\ @all') == 0

    assert "@ana" in posted(notified)
    assert notified.mentioned() == ["ana"]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ('It\'s "down" $(id) `id` %s %n', 'It\'s "down" $(id) `id` %s %n'),
        ("first\nsecond\r\n\nthird\n", "first\n> second\n> third"),
        ("-n", "-n"),
        ("@file", "@file"),
        ("日本 👩‍👩‍👧 é", "日本 👩‍👩‍👧 é"),
        (b"caf\xe9 \xff\xc3", "caf� ��"),
        ("😀" * 30_000, "The message is longer than this."),
    ],
    ids=["quotes", "lines", "dash", "at", "unicode", "no utf-8", "long"],
)
def test_the_shell_sends_whatever_bytes_it_is_given(notified, api, tmp_path, sent, read):
    assert shell(api, tmp_path, "Billing EU", sent) == 0

    assert read in posted(notified)


@pytest.mark.parametrize(("unit", "message"), [("", "down"), ("Billing EU", " \n")])
def test_the_shell_fails_where_the_bot_refuses(notified, api, tmp_path, unit, message):
    assert shell(api, tmp_path, unit, message) != 0

    notified.work()
    assert notified.posted == []


def test_python_pages(notified, api, tmp_path):
    said = "Payments have failed for ten minutes."

    sender: list[str | Path] = [sys.executable, EXAMPLES / "page.py", "Billing EU", said]
    subprocess.run(sender, cwd=tmp_path, env=environ(api), check=True)

    assert said in posted(notified)


def test_github_actions_page(notified, api, tmp_path):
    shutil.copy(EXAMPLES / "page.sh", tmp_path)
    [step] = yaml.safe_load(EXAMPLES.joinpath("github-actions.yml").read_text(encoding="utf-8"))
    github = {"GITHUB_WORKFLOW": "Deploy", "GITHUB_REPOSITORY": "acme/billing"}

    subprocess.run(["sh", "-e", "-c", step["run"]], cwd=tmp_path, env=environ(api, **github), check=True)

    assert set(step["env"]) == {"PAGE_URL", "WEBHOOK_SECRET"}
    assert "Deploy failed in acme/billing" in posted(notified)


@dataclass
class Transform:
    """The transform for Alertmanager, running."""

    port: int
    process: subprocess.Popen[str]

    def deliver(self, payload: object) -> int:
        """Post to it as Alertmanager does, as soon as it is up."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        give_up = time.monotonic() + 20
        while True:
            try:
                return requests.post(f"http://127.0.0.1:{self.port}/", data=body, timeout=10).status_code
            except requests.ConnectionError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.05)

    def stop(self) -> str:
        """End it, and return what it said on stderr, without its access log."""
        self.process.terminate()
        said = self.process.communicate()[1]
        return "".join(line for line in said.splitlines(keepends=True) if '"POST / HTTP' not in line)


@contextlib.contextmanager
def transform(folder: Path, page_url: str) -> Iterator[Transform]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    variables = {**os.environ, "PAGE_URL": page_url, "WEBHOOK_SECRET": WEBHOOK_SECRET, "PORT": str(port)}
    command: list[str | Path] = [sys.executable, EXAMPLES / "alertmanager.py"]
    with subprocess.Popen(
        command, cwd=folder, env=variables, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield Transform(port, process)
        finally:
            process.terminate()


@pytest.fixture
def alertmanager(api: HttpApi, tmp_path: Path) -> Iterator[Transform]:
    with transform(tmp_path, f"{api.url}/webhooks/page") as running:
        yield running


def test_alertmanager_pages_through_the_transform_and_a_repeat_does_nothing(notified, alertmanager):
    unlabelled = {"status": "firing", "labels": {}}

    statuses = [alertmanager.deliver({"alerts": [ALERT, unlabelled]}) for _ in "12"]

    assert statuses == [200, 200]
    assert "firing: Payments fail" in posted(notified)
    assert notified.mentioned() == ["ana"]


ONE_BAD_FIRST = {
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "X", "unit": " "},
            "annotations": {"summary": "first"},
            "startsAt": "2026-11-23T09:00:00Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": "a",
        },
        {
            "status": "firing",
            "labels": {"alertname": "X", "unit": "Billing EU"},
            "annotations": {"summary": "second"},
            "startsAt": "2026-11-23T09:00:00Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "fingerprint": "b",
        },
    ]
}
"""As it came from the field, where the first alert kept the second from being posted for ever."""


def test_an_alert_that_is_refused_for_good_is_dropped_with_a_word_and_the_next_is_posted(
    notified, alertmanager
):
    assert alertmanager.deliver(ONE_BAD_FIRST) == 200

    assert "firing: second" in posted(notified)
    [said] = alertmanager.stop().splitlines()
    assert said.startswith("Dropped: 400 ")
    assert "unit is empty" in said
    assert '{"alertname": "X", "unit": " "}' in said


def test_an_alert_that_is_over_is_posted_and_calls_nobody(notified, alertmanager):
    over = {**ALERT, "status": "resolved", "endsAt": "2026-11-23T10:00:00Z"}

    assert alertmanager.deliver({"alerts": [over]}) == 200

    assert "resolved: Payments fail" in posted(notified)
    assert notified.mentioned() == []


@pytest.mark.parametrize(
    "alert",
    [
        7,
        None,
        {},
        {"labels": None},
        {"labels": {"unit": ["Billing EU"]}},
        {"labels": {"unit": "Billing EU\ud800"}},
        {"labels": {"unit": {"a": 1}}, "annotations": [], "status": {}},
    ],
)
def test_an_alert_that_makes_no_sense_keeps_no_other_from_being_posted(notified, alertmanager, alert):
    assert alertmanager.deliver({"alerts": [alert, ALERT]}) == 200

    assert "firing: Payments fail" in posted(notified)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"{}", b'{"alerts": 7}'])
def test_what_is_no_webhook_of_alertmanager_is_refused(alertmanager, body):
    assert alertmanager.deliver(body) == 400
    assert alertmanager.stop().startswith("Dropped, because it is no webhook")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_alert_that_may_be_taken_later_is_asked_for_again_and_the_next_is_passed_on(tmp_path, status):
    seen: list[object] = []

    def bot(event: Mapping[str, object]) -> dict[str, Any]:
        seen.append(event["body"])
        return {"statusCode": status if len(seen) == 1 else 202, "headers": {}, "body": "{}"}

    with http_api(bot) as api, transform(tmp_path, f"{api.url}/webhooks/page") as running:
        assert running.deliver({"alerts": [ALERT, {**ALERT, "fingerprint": "c1"}]}) == 502
        assert running.stop().startswith(f"To be tried again: {status}: ")
    assert len(seen) == 2


def test_the_transform_asks_to_try_again_when_the_bot_is_gone(tmp_path):
    with transform(tmp_path, "http://127.0.0.1:9/") as running:
        assert running.deliver({"alerts": [ALERT]}) == 502
