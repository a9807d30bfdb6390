"""The bot's secret: its account on Rocket.Chat, and the strings that prove who calls it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from monitors_bot.aws.signed import SignedAws
from monitors_bot.deadline import Deadline
from monitors_bot.errors import AwsRefused, SecretUnreachable, ServerUnreachable
from monitors_bot.text import is_encodable

REMEMBERED_SECONDS = 300
SECONDS_BETWEEN_REREADS = 30
"""A refused account makes us read the secret again, but only this often, however many people ask."""
GOOD_IN_AN_OUTAGE_SECONDS = 3600
RENEWAL_SECONDS = 1.0
"""How long a request waits for a newer secret while the remembered one may still be used."""
USER_ID = "rocketchat_user_id"
AUTH_TOKEN = "rocketchat_auth_token"  # noqa: S105 - the name of a key

_HEADER_VALUE = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Secret:
    """The usable values of the secret; `wrong_keys` names those that are missing or unusable."""

    user_id: str = ""
    auth_token: str = field(default="", repr=False)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    wrong_keys: tuple[str, ...] = ()

    def shared_with(self, key: str) -> tuple[str, ...]:
        """The strings that a caller may use as proof; none means that the route is not set up."""
        return self.shared.get(key, ())


def read_secret(text: object, shared_keys: frozenset[str]) -> Secret:
    """Read the secret's JSON; raise SecretUnreachable if it is not a JSON object."""
    try:
        values = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        raise SecretUnreachable("the secret is not JSON") from None  # the cause would carry its text
    if not isinstance(values, dict):
        raise SecretUnreachable("the secret is not a JSON object")
    shared = {key: _strings(values.get(key)) for key in shared_keys}
    wrong = [key for key in (USER_ID, AUTH_TOKEN) if not _header_value(values.get(key))]
    wrong += sorted(key for key in shared_keys if key in values and not shared[key])
    return Secret(
        _header_value(values.get(USER_ID)), _header_value(values.get(AUTH_TOKEN)), shared, tuple(wrong)
    )


class Secrets:
    """The secret of one process: read when first needed, remembered for minutes."""

    def __init__(
        self,
        aws: SignedAws,
        secret_id: str,
        shared_keys: frozenset[str],
        now: Callable[[], float],
        on_wrong_keys: Callable[[tuple[str, ...]], None],
    ) -> None:
        self._aws = aws
        self._secret_id = secret_id
        self._shared_keys = shared_keys
        self._now = now
        self._on_wrong_keys = on_wrong_keys
        self._lock = Lock()
        self._secret: Secret | None = None
        self._read_at = float("-inf")
        self._reread_at = float("-inf")

    def current(self, deadline: Deadline) -> Secret:
        if self._secret and self._age() <= REMEMBERED_SECONDS:
            return self._secret
        with self._held(deadline):
            if not self._secret or self._age() > REMEMBERED_SECONDS:
                self._refresh(deadline)
            return self._secret  # type: ignore[return-value]  # _refresh set it, or raised

    def instead_of(self, user_id: str, auth_token: str, deadline: Deadline) -> Secret | None:
        """The secret, if it now holds another account than the refused one: it may have just been changed."""
        refused = (user_id, auth_token)
        with self._held(deadline):
            if self._account() == refused and self._now() - self._reread_at >= SECONDS_BETWEEN_REREADS:
                self._read(deadline)
                self._reread_at = self._now()
            return None if self._account() == refused else self._secret

    @contextmanager
    def _held(self, deadline: Deadline) -> Iterator[None]:
        if not self._lock.acquire(timeout=max(0.0, deadline.seconds_left())):
            raise SecretUnreachable("another thread is still reading the secret")
        try:
            yield
        finally:
            self._lock.release()

    def _age(self) -> float:
        return self._now() - self._read_at

    def _account(self) -> tuple[str, str] | None:
        return (self._secret.user_id, self._secret.auth_token) if self._secret else None

    def _refresh(self, deadline: Deadline) -> None:
        """Read the secret; while AWS does not answer, go on with the remembered one for a while."""
        is_good = self._age() <= GOOD_IN_AN_OUTAGE_SECONDS
        try:
            self._read(deadline.sooner(RENEWAL_SECONDS) if is_good else deadline)
        except SecretUnreachable as error:
            # A secret that is refused or broken is no outage: somebody changed something, and should see it.
            cause = error.__cause__
            is_outage = isinstance(cause, ServerUnreachable) and not isinstance(cause, AwsRefused)
            if not is_outage or not is_good:
                raise

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
        self._secret = read_secret(answer.get("SecretString"), self._shared_keys)
        self._read_at = self._now()
        if self._secret.wrong_keys:
            self._on_wrong_keys(self._secret.wrong_keys)


def _strings(value: object) -> tuple[str, ...]:
    """The strings in one string or a list; whatever is empty or not text is left out."""
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str) and one and is_encodable(one))


def _header_value(value: object) -> str:
    return value if isinstance(value, str) and _HEADER_VALUE.fullmatch(value) else ""
