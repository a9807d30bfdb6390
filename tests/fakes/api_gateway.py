"""API Gateway: HTTP in, event (HTTP API, payload format 2.0), function, HTTP out."""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Handler = Callable[[Mapping[str, object], object], Mapping[str, Any]]


@dataclass(frozen=True)
class Sent:
    """One HTTP request as a caller sends it; headers as pairs, because they may come twice."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    query: str = ""


@dataclass(frozen=True)
class Received:
    """One HTTP response as the caller gets it."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def event_for(sent: Sent, at: float | None = None) -> dict[str, Any]:
    """Build the event as the gateway does: names in lower case, repeated headers joined, forms in base64."""
    headers = _joined(sent.headers)
    is_text = headers.get("content-type", "").startswith(("application/json", "text/"))
    body = sent.body.decode() if is_text and _is_utf8(sent.body) else base64.b64encode(sent.body).decode()
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": sent.path,
        "rawQueryString": sent.query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
            "http": {
                "method": sent.method,
                "path": sent.path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": round((time.time() if at is None else at) * 1000),
        },
        "isBase64Encoded": not (is_text and _is_utf8(sent.body)),
    }
    return event | ({"body": body} if sent.body else {"isBase64Encoded": False})


def receive(returned: Mapping[str, Any]) -> Received:
    """Read what the function returned; refuse what the gateway would turn into a 500."""
    assert isinstance(returned["statusCode"], int)
    assert isinstance(returned["body"], str)
    assert all(isinstance(value, str) for value in returned["headers"].values())
    json.dumps(returned)
    returned["body"].encode()
    return Received(returned["statusCode"], returned["headers"], returned["body"])


def _joined(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name.lower()] = f"{joined[name.lower()]},{value}" if name.lower() in joined else value
    return joined


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
