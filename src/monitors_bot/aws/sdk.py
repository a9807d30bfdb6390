"""boto3, for the functions nobody waits for; the chat and webhook functions must not load it."""

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from monitors_bot.aws.endpoints import endpoint
from monitors_bot.aws.services import boto3_errors, is_overtaken, is_passing
from monitors_bot.errors import AwsRefused, Overtaken

PAUSES = (0.05, 0.2, 0.8)
"""The seconds before each further try of a call that DynamoDB refused for now, give or take a half."""


class Sdk:
    """boto3 with a given environment; in Lambda that is the process's own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        import boto3  # noqa: PLC0415 - importing this module must not load boto3
        from botocore.config import Config  # noqa: PLC0415 - nor botocore

        self._environ = environ
        # Without `proxies`, botocore would use those that the environment names; the bot reaches AWS by none.
        # The endpoint is ours: botocore refuses one together with the environment's other wishes.
        self._config = Config(
            connect_timeout=1,
            read_timeout=2,
            retries={"total_max_attempts": 2},
            proxies={},
            use_fips_endpoint=False,
            use_dualstack_endpoint=False,
        )
        self._session = boto3.session.Session(
            aws_access_key_id=environ.get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environ.get("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environ.get("AWS_SESSION_TOKEN"),
            region_name=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION"),
        )

    def client(self, service: str) -> Any:
        url = endpoint(self._environ, service, self._session.region_name)
        return self._session.client(service, endpoint_url=url, config=self._config)


class SdkTable:
    """The DynamoDB table through boto3's `client`; a call that is refused for now is tried again."""

    def __init__(self, client: Any, name: str, wait: Callable[[float], None] = time.sleep) -> None:
        self._name = name
        self._wait = wait
        self._operations = {
            "Query": client.query,
            "PutItem": client.put_item,
            "DeleteItem": client.delete_item,
            "TransactWriteItems": client.transact_write_items,
        }

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        """Raise Overtaken if a write's condition does not hold, and AwsRefused for any other refusal."""
        named = self._named(operation, payload)
        for pause in PAUSES:
            try:
                return self._call(operation, named)
            except AwsRefused as error:
                if not is_passing(error):
                    raise
            # Workers that were throttled at the same moment must not come back at the same moment.
            self._wait(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not for a secret
        return self._call(operation, named)

    def _call(self, operation: str, named: Mapping[str, object]) -> Mapping[str, Any]:
        try:
            with boto3_errors():
                answer: Mapping[str, Any] = self._operations[operation](**named)
                return answer
        except AwsRefused as error:
            if is_overtaken(error):
                raise Overtaken(operation) from error
            raise

    def _named(self, operation: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Add the table's name; in a transaction, each write needs it."""
        if operation != "TransactWriteItems":
            return {"TableName": self._name, **payload}
        named = [
            {kind: {"TableName": self._name, **write} for kind, write in item.items()}
            for item in payload["TransactItems"]
        ]
        return {"TransactItems": named}
