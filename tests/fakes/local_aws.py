"""AWS on this machine: a moto server in a process of its own, reached over HTTP like the real one."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import requests

REGION = "eu-central-1"
ACCOUNT = "123456789012"
ROOT = Path(__file__).parents[2]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": REGION}


class LocalAws:
    """AWS's services at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.environment = {**CREDENTIALS, "AWS_ENDPOINT_URL": url}
        self._secrets = self.client("secretsmanager")
        self.sqs = self.client("sqs")
        self.dynamodb = self.client("dynamodb")

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def create_secret(self, name: str, value: Mapping[str, object] | str | None = None) -> None:
        text = {} if value is None else {"SecretString": _json(value)}
        self._secrets.create_secret(Name=name, **text)

    def change_secret(self, name: str, value: Mapping[str, object] | str) -> None:
        self._secrets.put_secret_value(SecretId=name, SecretString=_json(value))

    def delete_secret(self, name: str) -> None:
        self._secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)

    def create_queue(self, name: str, times: int = 15) -> tuple[str, str]:
        """Create a queue with one for dead letters; tell the addresses of both."""
        dead: str = self.sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
        policy = {"deadLetterTargetArn": _queue_arn(f"{name}-dead"), "maxReceiveCount": times}
        attributes = {"VisibilityTimeout": "180", "RedrivePolicy": json.dumps(policy)}
        return self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"], dead

    def queue_url(self, name: str) -> str:
        return f"{self.url}/{ACCOUNT}/{name}"

    def delete_queues(self, *urls: str) -> None:
        for url in urls:
            self.sqs.delete_queue(QueueUrl=url)

    def create_table(self, name: str) -> None:
        keys = {"pk": "HASH", "sk": "RANGE"}
        self.dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in keys.items()],
        )

    def delete_table(self, name: str) -> None:
        self.dynamodb.delete_table(TableName=name)

    def close(self) -> None:
        for client in (self._secrets, self.sqs, self.dynamodb):
            client.close()


@contextmanager
def local_aws() -> Iterator[LocalAws]:
    port = _free_port()
    command = [sys.executable, "-m", "tests.fakes.aws_process", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=_unmeasured(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            aws = LocalAws(f"http://127.0.0.1:{port}")
            _wait_for(aws.url)
            yield aws
            aws.close()
        finally:
            server.kill()  # asked politely, it takes seconds to forget what it holds


def _unmeasured() -> dict[str, str]:
    """The environment without coverage's orders: the server runs none of our code, and would be slower."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def _queue_arn(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def _json(value: Mapping[str, object] | str) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(url: str, seconds: float = 30) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            requests.get(f"{url}/moto-api/", timeout=1).close()
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the local AWS did not start")
