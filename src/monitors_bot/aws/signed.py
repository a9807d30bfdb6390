"""Signed calls to AWS without an SDK, whose import would take longer than the rest of the chat path."""

import json
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from requests_aws4auth import AWS4Auth

from monitors_bot.aws.endpoints import endpoint
from monitors_bot.aws.services import is_overtaken, is_passing, refusal
from monitors_bot.deadline import Deadline
from monitors_bot.errors import AwsRefused, Overtaken, SettingsError
from monitors_bot.outbound import Outbound

SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 0.25
"""Seconds before the second try of a call. People wait for it, so it is short; it is random, so that many who
were throttled at the same moment do not come back at the same moment."""
LEAST_SECONDS = 0.2
"""What has to be left for a second try: with less, it could hardly succeed."""
_JSON_VERSIONS = {"secretsmanager": "1.1", "sqs": "1.0", "dynamodb": "1.0"}


class SignedAws:
    """AWS's JSON services, called with the credentials that Lambda puts into the environment."""

    def __init__(
        self, outbound: Outbound, environ: Mapping[str, str], wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._outbound = outbound
        self._environ = environ
        self._wait = wait

    def call(
        self, service: str, target: str, payload: Mapping[str, object], deadline: Deadline
    ) -> dict[str, object]:
        """Call `target`, such as "secretsmanager.GetSecretValue", and return AWS's JSON answer.

        A call that AWS refuses for now is made once more, if there is time. So it may be carried out twice:
        reading is harmless, each message carries an id by which its receiver knows it, and `Documents` knows
        its own writes.
        """
        pause = random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)  # noqa: S311 - not for a secret
        try:
            return self._call(service, target, payload, deadline)
        except AwsRefused as error:
            if not is_passing(error) or deadline.seconds_left() < pause + LEAST_SECONDS:
                raise
        self._wait(pause)
        return self._call(service, target, payload, deadline)

    def _call(
        self, service: str, target: str, payload: Mapping[str, object], deadline: Deadline
    ) -> dict[str, object]:
        answer = self._outbound.post(
            f"{endpoint(self._environ, service, self._region)}/",
            deadline,
            headers={
                "Content-Type": f"application/x-amz-json-{_JSON_VERSIONS[service]}",
                "X-Amz-Target": target,
            },
            body=json.dumps(payload).encode(),
            auth=self._signer(service),
        )
        return _content(answer.status, answer.body)

    @property
    def _region(self) -> str:
        return self._required("AWS_REGION", "AWS_DEFAULT_REGION")

    def _signer(self, service: str) -> AWS4Auth:
        return AWS4Auth(
            self._required("AWS_ACCESS_KEY_ID"),
            self._required("AWS_SECRET_ACCESS_KEY"),
            self._region,
            service,
            session_token=self._environ.get("AWS_SESSION_TOKEN"),
        )

    def _required(self, *names: str) -> str:
        for name in names:
            if value := self._environ.get(name):
                return value
        raise SettingsError(f"{names[0]} is not set")


class SignedTable:
    """The DynamoDB table for one request; it writes single items only, without transactions."""

    def __init__(self, aws: SignedAws, name: str, deadline: Deadline) -> None:
        self._aws = aws
        self._name = name
        self._deadline = deadline

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        """Raise Overtaken if a write's condition does not hold, ServerUnreachable if the call fails."""
        target = f"DynamoDB_20120810.{operation}"
        try:
            return self._aws.call("dynamodb", target, {"TableName": self._name, **payload}, self._deadline)
        except AwsRefused as error:
            if is_overtaken(error):
                raise Overtaken(operation) from error
            raise


def _content(status: int, body: bytes) -> dict[str, object]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AwsRefused(f"{status} without JSON") from error
    if status != 200 or not isinstance(content, dict):
        kind = content.get("__type") if isinstance(content, dict) else None
        raise refusal(status, [kind])
    return content
