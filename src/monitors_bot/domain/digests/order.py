"""The order for a run: the input of a schedule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from monitors_bot.errors import OrderMalformed
from monitors_bot.text import is_channel, is_encodable

EVERYTHING = "*"
LONGEST_RUN = 1000
"""Characters of a run's identity. A schedule's ARN and a time have about 220; other callers may want more."""
MOST_UNITS = 1000
LONGEST_UNIT = 1000
_PLACEHOLDER = "<aws.scheduler."
LONGEST_ZONE = 100
UTC = "UTC"
_FIELDS = ("run", "channel", "units", "post", "timezone", "alert")


class Post(StrEnum):
    """Which rosters a run posts besides alerts; NONE posts nothing at all."""

    CHANGES = "changes"
    ALWAYS = "always"
    ALERTS = "alerts"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Order:
    """The input of a schedule; `run` identifies one tick of it.

    `timezone` is the IANA name of the zone in which days are counted.
    """

    run: str
    channel: str = ""
    units: tuple[str, ...] = (EVERYTHING,)
    post: Post = Post.CHANGES
    alert: bool = True
    timezone: str = UTC

    @property
    def id(self) -> str:
        """The run's identity, short enough for the id of a message."""
        return sha256(self.run.encode()).hexdigest()[:32]

    @property
    def schedule(self) -> str:
        """The schedule to which the tick belongs."""
        # `run` is the ARN of the schedule and the time of the tick, with a space between them.
        return self.run.rpartition(" ")[0] or self.run

    @property
    def is_about_all(self) -> bool:
        return EVERYTHING in self.units


def _is_any(_name: str) -> bool:
    return True


def read_order(values: object, is_zone: Callable[[str], bool] = _is_any) -> Order:
    """Read the input of a schedule; raise OrderMalformed, which says what is wrong with it.

    `is_zone` knows the names of time zones.
    """
    if not isinstance(values, Mapping):
        raise OrderMalformed("the input is not a JSON object")
    if unknown := sorted(ascii(name) for name in values.keys() - set(_FIELDS)):
        raise OrderMalformed(f"unknown fields {', '.join(unknown)[:200]}; there are {', '.join(_FIELDS)}")
    post = _post(values.get("post", Post.CHANGES.value))
    return Order(
        run=_run(values.get("run")),
        channel=_channel(values.get("channel"), is_needed=post is not Post.NONE),
        units=_units(values.get("units", [EVERYTHING])),
        post=post,
        alert=_alert(values.get("alert", True)),
        timezone=_timezone(values.get("timezone", UTC), is_zone),
    )


def _run(value: object) -> str:
    text = _text(value, "run", LONGEST_RUN)
    if _PLACEHOLDER in text:
        raise OrderMalformed(f"run still holds {_PLACEHOLDER}…>: EventBridge Scheduler did not fill it in")
    return text


def _channel(value: object, *, is_needed: bool) -> str:
    if not is_needed and value in (None, ""):
        return ""
    text = _text(value, "channel", 200)
    if not is_channel(text):
        raise OrderMalformed("channel is not #name, @user or the id of a room")
    return text


def _units(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_UNITS:
        raise OrderMalformed(f'units is not a list of 1 to {MOST_UNITS} names or ids, such as ["*"]')
    return tuple(_text(unit, "a unit", LONGEST_UNIT) for unit in value)


def _post(value: object) -> Post:
    try:
        return Post(value if isinstance(value, str) else "")
    except ValueError as error:
        raise OrderMalformed(f"post is not one of {', '.join(Post)}") from error


def _alert(value: object) -> bool:
    if not isinstance(value, bool):
        raise OrderMalformed("alert is not true or false")
    return value


def _timezone(value: object, is_zone: Callable[[str], bool]) -> str:
    text = _text(value, "timezone", LONGEST_ZONE)
    if not is_zone(text):
        raise OrderMalformed("timezone is not the IANA name of a time zone, such as Europe/Berlin")
    return text


def _text(value: object, name: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise OrderMalformed(f"{name} is missing, empty, longer than {longest} characters or no text")
    if not is_encodable(value):
        raise OrderMalformed(f"{name} is not valid Unicode")
    return value.strip()
