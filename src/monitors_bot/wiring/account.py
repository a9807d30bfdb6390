"""The bot's account on Rocket.Chat, for every function that calls the server."""

from monitors_bot.aws.secret import Secret, Secrets
from monitors_bot.deadline import Deadline
from monitors_bot.errors import SecretUnreachable, SettingsError
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


def _account(secret: Secret) -> Account:
    if not secret.user_id or not secret.auth_token:
        raise SettingsError("the secret lacks the account on Rocket.Chat")
    return Account(secret.user_id, secret.auth_token)
