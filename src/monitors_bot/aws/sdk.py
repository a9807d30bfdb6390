"""boto3, for the functions that nobody waits for."""

from collections.abc import Mapping
from typing import Any


class Sdk:
    """boto3 with the environment it is given, which in Lambda is the process's own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        import boto3  # noqa: PLC0415 - the chat path must not load it
        from botocore.config import Config  # noqa: PLC0415

        self._environ = environ
        self._config = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2})
        self._session = boto3.session.Session(
            aws_access_key_id=environ.get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environ.get("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environ.get("AWS_SESSION_TOKEN"),
            region_name=environ.get("AWS_REGION"),
        )

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self._endpoint(service), config=self._config)

    def resource(self, service: str) -> Any:
        return self._session.resource(service, endpoint_url=self._endpoint(service), config=self._config)

    def _endpoint(self, service: str) -> str | None:
        return self._environ.get(f"AWS_ENDPOINT_URL_{service.upper()}") or self._environ.get(
            "AWS_ENDPOINT_URL"
        )
