"""Two ways to one DynamoDB table: signed by hand where somebody waits, and boto3's everywhere else."""

from collections.abc import Mapping
from typing import Any

from monitors_bot.aws.signed import AwsRefused, SignedAws
from monitors_bot.deadline import Deadline
from monitors_bot.errors import Overtaken

_CONFLICTS = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}
)


class SignedTable:
    """The table for one request: it reads, and writes single items."""

    def __init__(self, aws: SignedAws, name: str, deadline: Deadline) -> None:
        self._aws = aws
        self._name = name
        self._deadline = deadline

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        """Raise ServerUnreachable if DynamoDB does not answer as it should, or in time."""
        target = f"DynamoDB_20120810.{operation}"
        try:
            return self._aws.call("dynamodb", target, {"TableName": self._name, **payload}, self._deadline)
        except AwsRefused as error:
            if error.name in _CONFLICTS:
                raise Overtaken(operation) from error
            raise


class SdkTable:
    """The table for what nobody waits for; `client` is boto3's."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name
        self._operations = {
            "Query": client.query,
            "PutItem": client.put_item,
            "TransactWriteItems": client.transact_write_items,
        }

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = self._operations[operation](**self._named(operation, payload))
        except self._client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _CONFLICTS:
                raise Overtaken(operation) from error
            raise
        return answer

    def _named(self, operation: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        if operation != "TransactWriteItems":
            return {"TableName": self._name, **payload}
        named = [
            {kind: {"TableName": self._name, **what} for kind, what in item.items()}
            for item in payload["TransactItems"]
        ]
        return {"TransactItems": named}
