"""The senders in examples/, each run as the file it is."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environ(api: HttpApi, **variables: str) -> dict[str, str]:
    page_url = f"{api.url}/webhooks/page"
    return {**os.environ, "PAGE_URL": page_url, "WEBHOOK_SECRET": WEBHOOK_SECRET, **variables}


def posted(notified: Notified) -> str:
    notified.work()
    [message] = notified.posted
    return message


def test_the_shell_pages(notified, api, tmp_path):
    said = 'It\'s "down" \\ @all'

    sender: list[str | Path] = ["sh", EXAMPLES / "page.sh", "Billing EU", said]
    subprocess.run(sender, cwd=tmp_path, env=environ(api), check=True)

    assert "@ana" in posted(notified)
    assert notified.mentioned() == ["ana"]


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


def test_alertmanager_pages_through_the_transform_and_a_repeat_does_nothing(
    notified, api, tmp_path, free_port
):
    variables = environ(api, PORT=str(free_port))
    with subprocess.Popen(
        [sys.executable, EXAMPLES / "alertmanager.py"], cwd=tmp_path, env=variables
    ) as transform:
        try:
            statuses = [
                deliver(free_port, {"alerts": [ALERT, {"status": "firing", "labels": {}}]}) for _ in "12"
            ]
        finally:
            transform.terminate()

    assert statuses == [200, 200]
    assert "firing: Payments fail" in posted(notified)


def test_the_transform_asks_to_try_again_when_the_bot_is_gone(tmp_path, free_port):
    variables = {
        **os.environ,
        "PAGE_URL": "http://127.0.0.1:9/",
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "PORT": str(free_port),
    }
    with subprocess.Popen(
        [sys.executable, EXAMPLES / "alertmanager.py"], cwd=tmp_path, env=variables
    ) as transform:
        try:
            status = deliver(free_port, {"alerts": [ALERT]})
        finally:
            transform.terminate()

    assert status == 502


def deliver(port: int, payload: object) -> int:
    """Post to the transform as Alertmanager does, as soon as it is up."""
    give_up = time.monotonic() + 20
    while True:
        try:
            return requests.post(
                f"http://127.0.0.1:{port}/", data=json.dumps(payload), timeout=10
            ).status_code
        except requests.ConnectionError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
