"""The bot's secret: its Rocket.Chat account, the way there, and the strings that prove who calls."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from monitors_bot.aws.services import is_passing
from monitors_bot.aws.signed import SignedAws
from monitors_bot.deadline import Deadline
from monitors_bot.errors import AwsRefused, SecretUnreachable, ServerUnreachable
from monitors_bot.reach import CA_CERTIFICATES, HTTPS_PROXY, PUBLIC, Reach, read_reach
from monitors_bot.text import is_encodable

if TYPE_CHECKING:  # loaded only where a secret has rules
    from monitors_bot.domain.units.access_rules import AccessRules

REMEMBERED_SECONDS = 300
SECONDS_BETWEEN_REREADS = 30
"""A refused account makes us read the secret again, but no more often than this."""
USABLE_IN_AN_OUTAGE_SECONDS = 3600
"""The greatest age of a secret that is still used while AWS does not answer."""
RENEWAL_SECONDS = 1.0
"""How long a request waits for a newer secret while the remembered one is still usable."""
SECONDS_BETWEEN_RENEWALS = 30
"""After a renewal that failed, the remembered secret is used for so long before the next one is tried."""
USER_ID = "rocketchat_user_id"
AUTH_TOKEN = "rocketchat_auth_token"  # noqa: S105 - the name of a key
ACCESS_RULES = "access_rules"

SHARED_KEYS = frozenset(
    {
        "rocketchat_webhook_token",
        "rocketchat_livechat_token",
        "rocketchat_app_secret",
        "slack_signing_secret",
        "mattermost_token",
        "webhook_secret",
    }
)
"""The keys with which callers prove themselves; each function uses some of them."""
PLATFORMS = frozenset(key.partition("_")[0] for key in SHARED_KEYS) - {"webhook"}
"""The platforms that access rules may name: the keys begin with their names."""
KNOWN_KEYS = SHARED_KEYS | {USER_ID, AUTH_TOKEN, CA_CERTIFICATES, HTTPS_PROXY, ACCESS_RULES}
MOST_UNKNOWN_KEYS = 20
_NAME_OF_A_KEY = r"[a-z]+(?:_[a-z]+)+"
_ALMOST_A_NAME = r"[A-Za-z_ \-]{1,40}"
"""Only such keys are logged: a value in the place of a key must not be."""

CanWork = Callable[[str, str], bool]
"""Whether a string can work as the value of a key, so that a caller could prove itself with it."""
_HEADER_VALUE = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Secret:
    """The usable values of the secret.

    `unusable_keys` names the keys that are missing, unusable or not known, and concern this function.
    """

    user_id: str = ""
    auth_token: str = field(default="", repr=False)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    reach: Reach = PUBLIC
    unusable_keys: tuple[str, ...] = ()
    access: "AccessRules | None" = None
    """Who may ask what; without rules, everybody may ask everything."""

    def shared_with(self, key: str) -> tuple[str, ...]:
        """Return the strings that a caller may use as proof; empty if the route is not set up."""
        return self.shared.get(key, ())


def _any_string(_key: str, _value: str) -> bool:
    return True


def read_secret(text: object, shared_keys: frozenset[str], can_work: CanWork = _any_string) -> Secret:
    """Read the secret's JSON; raise SecretUnreachable if it is not a JSON object.

    White space around a value does not count: it comes from copying.
    """
    try:
        values = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        # Without the cause: a JSONDecodeError carries the text, and the secret must not reach a log.
        raise SecretUnreachable("the secret is not JSON") from None
    if not isinstance(values, dict):
        raise SecretUnreachable("the secret is not a JSON object")
    shared = {
        key: tuple(one for one in _strings(values.get(key)) if can_work(key, one)) for key in shared_keys
    }
    unusable = [key for key in (USER_ID, AUTH_TOKEN) if not _header_value(values.get(key))]
    reach, unusable_for_reach = read_reach(values)
    unusable += unusable_for_reach
    # A shared key may be missing: its route is then not set up.
    unusable += sorted(key for key in shared_keys if key in values and not shared[key])
    unusable += _unknown_keys(values, shared_keys)
    access = _access(values)
    unusable += [f"{ACCESS_RULES} ({problem})" for problem in access.problems] if access else []
    user_id, auth_token = (_header_value(values.get(key)) for key in (USER_ID, AUTH_TOKEN))
    return Secret(user_id, auth_token, shared, reach, tuple(unusable), access)


class Log(Protocol):
    def unusable_keys(self, keys: tuple[str, ...]) -> None: ...

    def log_error(self, error: Exception) -> None: ...


class Secrets:
    """The secret, read when it is first needed and then remembered for five minutes."""

    def __init__(
        self,
        aws: SignedAws,
        secret_id: str,
        shared_keys: frozenset[str],
        now: Callable[[], float],
        log: Log,
        can_work: CanWork = _any_string,
    ) -> None:
        self._aws = aws
        self._secret_id = secret_id
        self._shared_keys = shared_keys
        self._now = now
        self._log = log
        self._can_work = can_work
        self._lock = Lock()
        self._secret: Secret | None = None
        self._read_at = float("-inf")
        self._reread_at = float("-inf")
        self._failed_at = float("-inf")

    def current(self, deadline: Deadline) -> Secret:
        if self._secret and not self._is_due():
            return self._secret
        with self._locked(deadline):
            # Another thread may have read it while this one waited for the lock.
            if not self._secret or self._is_due():
                self._refresh(deadline)
            return self._secret  # type: ignore[return-value]  # _refresh set it, or raised

    def instead_of(self, user_id: str, auth_token: str, deadline: Deadline) -> Secret | None:
        """Return the secret if its account is no longer the one that Rocket.Chat refused."""
        refused = (user_id, auth_token)
        with self._locked(deadline):
            # If the remembered account is a different one, another thread has already read the new secret.
            if self._account() == refused and self._now() - self._reread_at >= SECONDS_BETWEEN_REREADS:
                self._read(deadline)
                self._reread_at = self._now()
            return None if self._account() == refused else self._secret

    @contextmanager
    def _locked(self, deadline: Deadline) -> Iterator[None]:
        if not self._lock.acquire(timeout=max(0.0, deadline.seconds_left())):
            raise SecretUnreachable("another thread is still reading the secret")
        try:
            yield
        finally:
            self._lock.release()

    def _is_due(self) -> bool:
        """Whether the remembered secret has to be read again now."""
        has_just_failed = self._now() - self._failed_at < SECONDS_BETWEEN_RENEWALS
        return self._age() > (USABLE_IN_AN_OUTAGE_SECONDS if has_just_failed else REMEMBERED_SECONDS)

    def _age(self) -> float:
        return self._now() - self._read_at

    def _account(self) -> tuple[str, str] | None:
        return (self._secret.user_id, self._secret.auth_token) if self._secret else None

    def _refresh(self, deadline: Deadline) -> None:
        """Read the secret; while AWS is in trouble, keep the remembered one for up to an hour."""
        is_usable = self._age() <= USABLE_IN_AN_OUTAGE_SECONDS
        try:
            self._read(deadline.sooner(RENEWAL_SECONDS) if is_usable else deadline)
        except SecretUnreachable as error:
            # Only an outage is bridged. If AWS refuses the call for good or the secret is no longer JSON,
            # somebody changed something, and the old value would hide that.
            cause = error.__cause__
            is_outage = is_passing(cause) if isinstance(cause, AwsRefused) else cause is not None
            if not is_outage or not is_usable:
                raise
            self._failed_at = self._now()
            self._log.log_error(error)

    def _read(self, deadline: Deadline) -> None:
        try:
            answer = self._aws.call(
                "secretsmanager",
                "secretsmanager.GetSecretValue",
                {"SecretId": self._secret_id, "VersionStage": "AWSCURRENT"},
                deadline,
            )
        except ServerUnreachable as error:
            raise SecretUnreachable(f"the secret can't be read: {error}") from error
        self._secret = read_secret(answer.get("SecretString"), self._shared_keys, self._can_work)
        self._read_at = self._now()
        if self._secret.unusable_keys:
            self._log.unusable_keys(self._secret.unusable_keys)


def _access(values: Mapping[str, object]) -> "AccessRules | None":
    if ACCESS_RULES not in values:
        return None
    from monitors_bot.domain.units.access_rules import read_rules  # noqa: PLC0415 - few secrets have rules

    return read_rules(values[ACCESS_RULES], PLATFORMS)


def _strings(value: object) -> tuple[str, ...]:
    """Return the usable strings of a value that is one string or a list of them."""
    values = value if isinstance(value, list) else [value]
    texts = (one.strip() for one in values if isinstance(one, str))
    return tuple(text for text in texts if text and is_encodable(text))


def _header_value(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text if _HEADER_VALUE.fullmatch(text) else ""


def _unknown_keys(values: Mapping[str, object], shared_keys: frozenset[str]) -> list[str]:
    """Name the keys that nobody knows, except those that only other functions would miss."""
    unknown = sorted(values.keys() - KNOWN_KEYS)[:MOST_UNKNOWN_KEYS]
    return [text for key in unknown if (text := _unknown_key(key, SHARED_KEYS - shared_keys))]


def _unknown_key(key: str, of_others: frozenset[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - hardly ever needed

    spelled = re.sub(r"[\s-]+", "_", key[:100].strip().lower())
    similar = get_close_matches(spelled, sorted(KNOWN_KEYS), n=1)
    if not similar:
        return f"{key} (not known)" if re.fullmatch(_NAME_OF_A_KEY, key[:41]) else ""
    if similar[0] in of_others:
        return ""
    shown = f'"{key}"' if re.fullmatch(_ALMOST_A_NAME, key) else "a key"
    return f"{shown} (not known: did you mean {similar[0]}?)"
