"""AWS on this machine: a moto server in a process of its own, reached over HTTP like the real one."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import boto3
import requests

REGION = "eu-central-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": REGION}


class LocalAws:
    """AWS's services at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.environment = {**CREDENTIALS, "AWS_ENDPOINT_URL": url}
        self._secrets = boto3.client(
            "secretsmanager",
            endpoint_url=url,
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

    def close(self) -> None:
        self._secrets.close()


@contextmanager
def local_aws() -> Iterator[LocalAws]:
    port = _free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            aws = LocalAws(f"http://127.0.0.1:{port}")
            _wait_for(aws.url)
            yield aws
            aws.close()
        finally:
            server.terminate()


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
