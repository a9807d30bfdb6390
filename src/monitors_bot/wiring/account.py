"""The bot's account on Rocket.Chat and the way there, for every function that calls the server."""

from collections.abc import Mapping, Sequence
from threading import Lock

from monitors_bot.aws.secret import Secret, Secrets
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.errors import SecretUnreachable, ServerNotReached, SettingsError
from monitors_bot.outbound import Answer, Outbound
from monitors_bot.rocketchat.api import Account


class SecretAccount:
    """The account, read from the secret."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def current(self, deadline: Deadline) -> Account:
        return _account(self._secrets.current(deadline))

    def instead_of(self, refused: Account, deadline: Deadline) -> Account | None:
        """Return the secret's account if it is no longer the refused one, else None."""
        try:
            secret = self._secrets.instead_of(refused.user_id, refused.token, deadline)
        except SecretUnreachable:
            return None
        return _account(secret) if secret else None


class SecretOutbound:
    """All calls to Rocket.Chat, Slack and Mattermost, in the way that the secret says.

    When that changes, the next call makes new connections. Calls under way end on the old ones.
    """

    def __init__(self, secrets: Secrets, now: Clock) -> None:
        self._secrets = secrets
        self._now = now
        self._outbound = Outbound(now=now)
        self._changing = Lock()

    def get(
        self, url: str, deadline: Deadline, *, headers: Mapping[str, str], params: Sequence[tuple[str, str]]
    ) -> Answer:
        return self._current(deadline).get(url, deadline, headers=headers, params=params)

    def post(self, url: str, deadline: Deadline, *, headers: Mapping[str, str], body: bytes) -> Answer:
        return self._current(deadline).post(url, deadline, headers=headers, body=body)

    def deliver(self, url: str, deadline: Deadline, body: bytes) -> int:
        try:
            outbound = self._current(deadline)
        except SecretUnreachable as error:
            raise ServerNotReached(str(error)) from error
        return outbound.deliver(url, deadline, body)

    def close(self) -> None:
        self._outbound.close()

    def _current(self, deadline: Deadline) -> Outbound:
        reach = self._secrets.current(deadline).reach
        if self._outbound.reach != reach:
            with self._changing:
                # Another thread may have changed it while this one waited for the lock.
                if self._outbound.reach != reach:
                    self._outbound.close()
                    self._outbound = Outbound(reach, now=self._now)
        return self._outbound


def _account(secret: Secret) -> Account:
    if not secret.user_id or not secret.auth_token:
        raise SettingsError("the secret lacks the account on Rocket.Chat")
    return Account(secret.user_id, secret.auth_token)
