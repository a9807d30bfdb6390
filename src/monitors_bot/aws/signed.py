"""Signed calls of AWS without an SDK: importing one would outlast everything else on the chat path."""

import json
from collections.abc import Mapping

from requests_aws4auth import AWS4Auth

from monitors_bot.deadline import Deadline
from monitors_bot.errors import ServerUnreachable, SettingsError
from monitors_bot.outbound import Outbound

_JSON_VERSIONS = {"secretsmanager": "1.1", "sqs": "1.0", "dynamodb": "1.0"}
_VARIABLES = {"secretsmanager": "SECRETS_MANAGER", "sqs": "SQS", "dynamodb": "DYNAMODB"}


class AwsRefused(ServerUnreachable):
    """AWS answered with an error; the message is its status and AWS's own `name` of it."""

    @property
    def name(self) -> str:
        return str(self).partition(" ")[2]


class SignedAws:
    """AWS's JSON services, with the credentials that Lambda puts into the environment."""

    def __init__(self, outbound: Outbound, environ: Mapping[str, str]) -> None:
        self._outbound = outbound
        self._environ = environ

    def call(
        self, service: str, target: str, payload: Mapping[str, object], deadline: Deadline
    ) -> dict[str, object]:
        """Call `target` ("secretsmanager.GetSecretValue") with JSON, and give back AWS's JSON."""
        answer = self._outbound.post(
            f"{self._endpoint(service)}/",
            deadline,
            headers={
                "Content-Type": f"application/x-amz-json-{_JSON_VERSIONS[service]}",
                "X-Amz-Target": target,
            },
            body=json.dumps(payload).encode(),
            auth=self._signer(service),
        )
        try:
            told = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise AwsRefused(f"{answer.status} without JSON") from error
        if answer.status != 200 or not isinstance(told, dict):
            kind = told.get("__type") if isinstance(told, dict) else None
            raise AwsRefused(f"{answer.status} {str(kind).rpartition('#')[2]}")
        return told

    def _endpoint(self, service: str) -> str:
        own = self._environ.get(f"AWS_ENDPOINT_URL_{_VARIABLES[service]}")
        if endpoint := own or self._environ.get("AWS_ENDPOINT_URL"):
            return endpoint.rstrip("/")
        domain = "amazonaws.com.cn" if self._region.startswith("cn-") else "amazonaws.com"
        return f"https://{service}.{self._region}.{domain}"

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
