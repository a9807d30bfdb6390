"""The secret as it is stored, changed key by key, and never over a change that nobody has seen."""

import json
import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from monitors_bot_cli import stack
from monitors_bot_cli.problems import AWS, Stopped

CURRENT = "AWSCURRENT"
TRIES = 5
MOST_BYTES = 65_536
"""https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html"""

Values = dict[str, object]
Change = Callable[[Values], None]


@dataclass(frozen=True)
class Version:
    """What the secret held when it was read; `id` is empty if it had no value yet."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict, repr=False)


class StoredSecret:
    """A secret of AWS Secrets Manager that holds one JSON object."""

    def __init__(self, client: Any, secret_id: str) -> None:
        self._client = client
        self._id = secret_id

    def read(self) -> Version:
        """Raises Stopped, also if the value is no JSON object."""
        with stack.in_words():
            try:
                told = self._client.get_secret_value(SecretId=self._id, VersionStage=CURRENT)
            except self._client.exceptions.ResourceNotFoundException:
                return Version("")  # AWS has one name for a secret without a value and for none
        try:
            values = json.loads(told.get("SecretString", ""))
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            raise Stopped(
                "The secret's value is no JSON object, so a key of it can't be changed. Correct it in the "
                "AWS console, under Secrets Manager, Retrieve secret value."
            )
        return Version(told["VersionId"], values)

    def change(self, change: Change) -> None:
        """Change what the secret holds; if somebody else is quicker, change what it holds then.

        Raises Stopped. `change` may be called several times, and may raise Stopped itself.
        """
        for _ in range(TRIES):
            before = self.read()
            values = dict(before.values)
            change(values)
            if before.id and values == before.values:
                return
            if self._replace(before.id, values):
                return
        raise Stopped("The secret is being changed by somebody else all the time: try again.", code=AWS)

    def store(self, new: Mapping[str, object]) -> None:
        """Store values beside the others. Raises Stopped."""

        def change(values: Values) -> None:
            values.update(new)

        self.change(change)

    def _replace(self, version_id: str, values: Values) -> bool:
        """Store values unless the secret has changed since that version; return whether they are stored.

        A label can be moved from a version only while that version still has it. The first version of all
        gets the label at once.
        https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
        """
        text = json.dumps(values, ensure_ascii=False, indent=2)
        if len(text.encode()) > MOST_BYTES:
            raise Stopped(f"The secret would be larger than the {MOST_BYTES} bytes that AWS takes.")
        new = random.token_hex(16)
        label = f"monitors-bot-{new}"  # of our own: whoever stores with the same label would take it away
        with stack.in_words():
            told = self._client.put_secret_value(
                SecretId=self._id, ClientRequestToken=new, SecretString=text, VersionStages=[label]
            )
            is_stored = CURRENT in told["VersionStages"] or self._move(version_id, new)
            # Without a label, a version that was not taken is deleted by AWS.
            self._client.update_secret_version_stage(
                SecretId=self._id, VersionStage=label, RemoveFromVersionId=new
            )
        return is_stored

    def _move(self, version_id: str, new: str) -> bool:
        before = {"RemoveFromVersionId": version_id} if version_id else {}
        try:
            self._client.update_secret_version_stage(
                SecretId=self._id, VersionStage=CURRENT, MoveToVersionId=new, **before
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidParameterException":
                raise
            return False
        return True
