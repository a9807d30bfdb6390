"""An environment that notes which variables are read, so that nobody has to list them a second time."""

from collections.abc import Callable, Iterator, Mapping

from monitors_bot import settings
from monitors_bot.wiring.platforms import PLATFORMS

VALUES = {
    "ROCKETCHAT_URL": "https://chat.example.com",
    "SECRET_ID": "monitors-bot",
    "QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/late-answers",
    "BACKGROUND_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/background",
    "TABLE_NAME": "monitors-bot",
}
"""What has no default."""
READERS: dict[str, Callable[[Mapping[str, str]], object]] = {
    "ChatFunction": lambda environ: settings.read_chat(environ, PLATFORMS),
    "LateAnswersFunction": lambda environ: settings.read_late_answers(environ, PLATFORMS),
    "ScheduleFunction": settings.read_schedule,
    "WebhookFunction": settings.read_webhooks,
    "BackgroundFunction": settings.read_background,
    "AuditFunction": lambda _: None,
}


class WatchedEnvironment(Mapping[str, str]):
    """The variables that are needed, and a note of every one that was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return VALUES[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("settings are read by name")

    def __len__(self) -> int:
        return len(VALUES)


def variables_read_by(function: str) -> set[str]:
    environ = WatchedEnvironment()
    READERS[function](environ)
    return environ.asked
