"""A command as it was typed, and the reply to it, in no platform's own format."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from monitors_bot.domain.units.roster import Unit


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody typed after the command word, and where.

    `unnamed_room_id` is set where everybody in the room will read the reply and the room has no name:
    it may be a customer's. A late answer goes to `response_url`, or into `room_id` and its `thread_id`.
    `utc_offset` is by how many hours the asker's clock is ahead of UTC, where the platform says so.
    """

    word: str
    text: str
    user_id: str = ""
    user_name: str = ""
    message_id: str = ""
    unnamed_room_id: str = ""
    room_id: str = ""
    thread_id: str = ""
    response_url: str = ""
    has_escaped_mention: bool = False
    utc_offset: float | None = None
    is_with_customer: bool = False
    """Whether a customer reads the room, or may: whoever asks is answered alone."""
    may_share: bool = True
    """Whether `share` makes a difference here, so that it is worth offering."""
    team_id: str = ""
    """The workspace in which it was asked, where the platform has several."""
    is_from_another_team: bool = False
    """Whether a button was pressed by somebody of another workspace than the message's."""
    share: bool | None = None
    """Whether everybody is to read the answer, where a button says so; None leaves that to the text."""
    replaces_original: bool | None = None
    """Whether the answer takes the place of the message whose button was pressed; None if none was."""


class Outcome(StrEnum):
    """How a command ended: a metric's dimension and a log field."""

    HELP = "help"
    VERSION = "version"
    LIST = "list"
    ROSTER = "roster"
    WITHOUT_PRESENCE = "without-presence"
    EMPTY_UNIT = "empty-unit"
    NO_UNIT = "no-unit"
    SEVERAL_UNITS = "several-units"
    HISTORY = "history"
    ROSTER_THEN = "roster-then"
    PERSON = "person"
    NO_PERSON = "no-person"
    SEVERAL_PEOPLE = "several-people"
    NOT_RECORDED = "not-recorded"
    UNREADABLE_TIME = "unreadable-time"
    MENTION = "mention"
    ANOTHER_TEAM = "another-team"
    NOT_ALLOWED = "not-allowed"
    LAST_KNOWN = "last-known"
    PROMISED = "promised"
    PERMISSION_MISSING = "permission-missing"
    UNITS_NOT_AVAILABLE = "units-not-available"
    UNAVAILABLE = "unavailable"
    NAME_UNKNOWN = "name-unknown"
    NOTHING_LISTENS = "nothing-listens"
    CERTIFICATE_NOT_TRUSTED = "certificate-not-trusted"
    PROXY_DOWN = "proxy-down"
    PROXY_FORBIDS = "proxy-forbids"
    TOO_SLOW = "too-slow"
    UNINTELLIGIBLE = "unintelligible"
    LIMITED = "limited"
    CREDENTIALS_REFUSED = "credentials-refused"
    ACCESS_RULES_MALFORMED = "access-rules-malformed"
    NOT_SET_UP = "not-set-up"
    RECORDS_UNREACHABLE = "records-unreachable"
    CRASHED = "crashed"

    @property
    def is_failure(self) -> bool:
        """Whether an operator should look into it."""
        return self in _FAILURES

    @property
    def may_improve(self) -> bool:
        """Whether a late answer waits for a better reply: one that makes no sense seldom gets better soon."""
        return self in _IMPROVABLE

    @property
    def may_be_shared(self) -> bool:
        """Whether the whole channel may want to read it: what is known of a unit or a person."""
        return self in _OF_INTEREST


_IMPROVABLE = frozenset(
    {
        Outcome.LAST_KNOWN,
        Outcome.UNAVAILABLE,
        Outcome.NAME_UNKNOWN,
        Outcome.NOTHING_LISTENS,
        Outcome.CERTIFICATE_NOT_TRUSTED,
        Outcome.PROXY_DOWN,
        Outcome.PROXY_FORBIDS,
        Outcome.TOO_SLOW,
        Outcome.LIMITED,
        Outcome.RECORDS_UNREACHABLE,
    }
)
_OF_INTEREST = frozenset(
    {
        Outcome.ROSTER,
        Outcome.WITHOUT_PRESENCE,
        Outcome.EMPTY_UNIT,
        Outcome.HISTORY,
        Outcome.ROSTER_THEN,
        Outcome.PERSON,
        Outcome.LAST_KNOWN,
    }
)
_FAILURES = frozenset(
    {
        Outcome.WITHOUT_PRESENCE,
        Outcome.LAST_KNOWN,
        Outcome.PERMISSION_MISSING,
        Outcome.UNITS_NOT_AVAILABLE,
        Outcome.UNAVAILABLE,
        Outcome.NAME_UNKNOWN,
        Outcome.NOTHING_LISTENS,
        Outcome.CERTIFICATE_NOT_TRUSTED,
        Outcome.PROXY_DOWN,
        Outcome.PROXY_FORBIDS,
        Outcome.TOO_SLOW,
        Outcome.UNINTELLIGIBLE,
        Outcome.LIMITED,
        Outcome.CREDENTIALS_REFUSED,
        Outcome.ACCESS_RULES_MALFORMED,
        Outcome.NOT_SET_UP,
        Outcome.RECORDS_UNREACHABLE,
        Outcome.CRASHED,
    }
)


@dataclass(frozen=True, slots=True)
class Job:
    """A late answer that was promised: to which command, on which platform, asked when (epoch seconds)."""

    id: str
    platform: str
    command: Command
    asked_at: float
    correlation_id: str = ""


class Choice(NamedTuple):
    """Something the person can type next, ready to be pasted.

    `texts` are what may follow the command word, the best one first, then shorter ones.
    """

    label: str
    command: str
    texts: tuple[str, ...] = ()


class Table(NamedTuple):
    """Rows of plain text under column names; a cell is empty if its value is unknown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reply leaves out: a number of monitors, units or changes, and the command that shows them."""

    count: int
    noun: str
    more: Choice | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a command, in plain text; the platform renders it, and mentions nobody."""

    outcome: Outcome
    title: str
    details: tuple[str, ...] = ()
    table: Table | None = None
    hidden: Hidden = Hidden(0, "line")
    choices: tuple[Choice, ...] = ()
    source: str = ""
    shared: bool = False
    why: str = ""
    """The cause of a failure, for the log only; it is never shown in the chat."""
    unit: Unit | None = None
    """The one unit that was meant, for the audit only: whoever asked may not see it."""
    person: str = ""
    """The username of whoever it is about, for the audit only."""

    @property
    def hides_a_unit(self) -> bool:
        """Whether it says that there is no such unit to somebody who may not see it."""
        return self.outcome is Outcome.NO_UNIT and self.unit is not None
