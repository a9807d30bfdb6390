"""The webhooks: their time beside the floor, with Rocket.Chat gone, and what a burst of events comes to."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.harness import Report, command, percentile, world
from benchmarks.packages import LAMBDA_PYTHON, Package, packages
from tests.fakes.api_gateway import event_for
from tests.fakes.event_source import EventSource
from tests.fakes.lambda_runtime import LambdaRuntime
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.sam_template import function
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET, OmnichannelWebhook, PagingSystem

BUILT = Path(".aws-sam/build")
ROUNDS = 7
REQUESTS = 100
BURST = 500
WINDOW_SECONDS = 5
NAME = "monitors-bot-bench-webhooks"
NOWHERE = "http://127.0.0.1:9"
Make = Callable[[], dict[str, Any]]


def run(aws: LocalAws) -> Report:
    report = Report(
        "Webhooks",
        "In the real runtime, while Rocket.Chat can't be reached. First is measured from the start of the"
        f" process, in {ROUNDS} processes; next, over {REQUESTS} different requests. The floor is that of"
        " commands, which reads a secret and calls Rocket.Chat once. requests alone is a handler that makes a"
        " page's calls with requests and has nothing else. The burst is"
        f" {BURST} events on one unit, with a window of {WINDOW_SECONDS} s.",
    )
    with packages() as made, world(aws, units=20, monitors=10) as company, _surroundings(aws) as environ:
        floor = _times(lambda: company.start(made["floor"]), command)
        alone = _times(lambda: _start("WebhookFunction", environ, made["page alone"]), _page)
        report.add("page: first, requests alone : floor", alone[0] / floor[0], "")
        _compare(report, "page", _times(lambda: _start("WebhookFunction", environ), _page), floor)
        _compare(report, "omnichannel", _times(lambda: _start("WebhookFunction", environ), _event), floor)
    with _surroundings(aws) as environ:
        _burst(report, aws, environ)
    return report


def _compare(report: Report, name: str, ours: tuple[float, float], floor: tuple[float, float]) -> None:
    report.add(f"{name}: first", ours[0] * 1000, "ms")
    report.add(f"{name}: first : floor", ours[0] / floor[0], "")
    report.add(f"{name}: next, p50", ours[1] * 1000, "ms")
    report.add(f"{name}: next : floor", ours[1] / floor[1], "")


def _times(start: Callable[[], LambdaRuntime], make: Make) -> tuple[float, float]:
    """Seconds to the first answer, and for a next one; medians."""
    first, following = [], []
    for _ in range(ROUNDS):
        with start() as running:
            outcome = running.invoke(make())
            assert outcome.json["statusCode"] in {200, 202}, running.output()
            first.append(outcome.at - running.started_at)
            for _ in range(REQUESTS // ROUNDS):
                event, began = make(), time.perf_counter()
                assert running.invoke(event).json["statusCode"] in {200, 202}
                following.append(time.perf_counter() - began)
    return statistics.median(first), percentile(following, 50)


_system, _omnichannel = PagingSystem(), OmnichannelWebhook()


def _page() -> dict[str, Any]:
    return event_for(_system.page(time.time()))


def _event() -> dict[str, Any]:
    return event_for(_omnichannel.event())


def _burst(report: Report, aws: LocalAws, environ: dict[str, str]) -> None:
    with RocketChatServer() as server:
        server.add_user("ana")
        server.add_department("Invoices", server.add_unit("Billing EU", ["ana"]), id="invoicesInvoices1")
        server.add_room("leads")
        secret = {
            "rocketchat_user_id": server.account.user_id,
            "rocketchat_auth_token": server.account.token,
            "webhook_secret": WEBHOOK_SECRET,
            "rocketchat_livechat_token": LIVECHAT_TOKEN,
        }
        aws.change_secret(NAME, secret)
        found = {**environ, "ROCKETCHAT_URL": server.url}
        queue = EventSource(aws.sqs, environ["BACKGROUND_QUEUE_URL"])
        with _start("WebhookFunction", found) as door, _start("BackgroundFunction", found) as worker:
            for _ in range(BURST):
                assert door.invoke(_event()).json["statusCode"] == 200
            while queue.count():
                if not queue.run(lambda event, _: worker.invoke(event).json):
                    time.sleep(0.1)
        posted = [message["msg"] for message in server.messages("leads")]
    counted = sum(map(int, re.findall(r"(\d+) (?:more )?customers?\b", "\n".join(posted))))
    report.add("burst: notices posted", len(posted), "")
    report.add("burst: events missed or announced twice", abs(BURST - counted), "", 0)


def _start(name: str, environ: dict[str, str], instead: Package | None = None) -> LambdaRuntime:
    """Run the function that was built, or the code of another package in its place."""
    known = {**environ, "QUEUE_URL": environ["BACKGROUND_QUEUE_URL"]}
    described = function(name, known)
    variables = {**described.variables, "NOTIFY_CHANNEL": "#leads"}
    if name == "BackgroundFunction":
        variables["NOTIFY_WINDOW_SECONDS"] = str(WINDOW_SECONDS)
    described = replace(described, variables=variables)
    folder = BUILT / name
    if instead:
        described, folder = replace(described, handler=instead.handler), instead.folder
    return LambdaRuntime(described, folder, environ, python=LAMBDA_PYTHON)


@contextmanager
def _surroundings(aws: LocalAws) -> Iterator[dict[str, str]]:
    secret = {"webhook_secret": WEBHOOK_SECRET, "rocketchat_livechat_token": LIVECHAT_TOKEN}
    aws.create_secret(NAME, {"rocketchat_user_id": "u", "rocketchat_auth_token": "t", **secret})
    urls = aws.create_queue(NAME)
    aws.create_table(NAME)
    try:
        yield {
            **aws.environment,
            "ROCKETCHAT_URL": NOWHERE,
            "SECRET_ID": NAME,
            "BACKGROUND_QUEUE_URL": urls[0],
            "TABLE_NAME": NAME,
        }
    finally:
        aws.delete_secret(NAME)
        aws.delete_queues(*urls)
        aws.delete_table(NAME)
