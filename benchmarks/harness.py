"""What every part stands on: servers with a company behind them, running functions, and reports."""

import ssl
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.packages import LAMBDA_PYTHON, Package
from tests.fakes.api_gateway import event_for
from tests.fakes.chat_client import SIGNING_SECRET, SlackClient
from tests.fakes.lambda_runtime import LambdaRuntime
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.sam_template import Function, function

SECRET_NAME = "monitors-bot-bench"
QUEUE = "monitors-bot-bench"
LOST = 1e9
console = Console(width=110)


@dataclass(frozen=True)
class Figure:
    """One number that was measured; `most` is the target, where there is one."""

    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def is_met(self) -> bool:
        return self.most is None or self.value <= self.most


@dataclass
class Report:
    """What one part found."""

    title: str
    how: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str, most: float | None = None) -> None:
        self.figures.append(Figure(name, round(value, 3), unit, most))

    def show(self) -> None:
        table = Table(title=self.title, title_justify="left", caption=self.how, caption_justify="left")
        table.add_column("")
        for heading in ("measured", "at most", ""):
            table.add_column(heading, justify="right")
        for figure in self.figures:
            target = "" if figure.most is None else f"{figure.most:g}"
            verdict = "" if figure.most is None else "yes" if figure.is_met else "NO"
            table.add_row(figure.name, f"{figure.value:.3g} {figure.unit}".strip(), target, verdict)
        console.print(table)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class World:
    """Local AWS and a Rocket.Chat with a company, and how a function finds them."""

    aws: LocalAws
    rocketchat: RocketChatServer
    url: str

    def start(self, package: Package, *, measured: bool = False, **variables: str) -> LambdaRuntime:
        """Run a package as the chat function, with `variables` besides what the template gives it."""
        described = self._described(variables)
        if measured:
            described = replace(described, variables={**described.variables, "MEASURED": package.handler})
        handler = "measured.handler" if measured else package.handler
        return LambdaRuntime(
            replace(described, handler=handler), package.folder, self.aws.environment, python=LAMBDA_PYTHON
        )

    def _described(self, variables: dict[str, str]) -> Function:
        known = {
            "ROCKETCHAT_URL": self.url,
            "SECRET_ID": SECRET_NAME,
            "QUEUE_URL": f"{self.aws.url}/123456789012/{QUEUE}",
            "BACKGROUND_QUEUE_URL": f"{self.aws.url}/123456789012/background",
            "TABLE_NAME": "monitors-bot",
        }
        described = function("ChatFunction", known)
        return replace(described, variables={**described.variables, **variables})


@contextmanager
def world(aws: LocalAws, units: int, monitors: int, tls: ssl.SSLContext | None = None) -> Iterator[World]:
    """A company with so many units, each with so many monitors."""
    with RocketChatServer() as server:
        people = [f"person{number}" for number in range(max(monitors, 100))]
        for person in people:
            server.add_user(person, name=person.title(), status="online")
        for number in range(units):
            chosen = [people[(number + place) % len(people)] for place in range(monitors)]
            server.add_unit(unit_name(number), monitors=chosen)
        secret = {
            "rocketchat_user_id": server.account.user_id,
            "rocketchat_auth_token": server.account.token,
            "slack_signing_secret": SIGNING_SECRET,
        }
        aws.create_secret(SECRET_NAME, secret)
        urls = aws.create_queue(QUEUE)
        try:
            yield World(aws, server, _over_tls(server, tls) if tls else server.url)
        finally:
            aws.delete_secret(SECRET_NAME)
            aws.delete_queues(*urls)


def unit_name(number: int) -> str:
    return f"Unit {number:04}"


def command(number: int = 0) -> dict[str, Any]:
    """Somebody asks for a unit, now."""
    return event_for(SlackClient().command(unit_name(number)))


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios, paired round by round: both met the same weather."""
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))


def _over_tls(server: RocketChatServer, context: ssl.SSLContext) -> str:
    listener = server._listener
    assert listener
    listener.socket = context.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
    return server.url.replace("http://", "https://")
