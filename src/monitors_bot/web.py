"""HTTP requests and responses as API Gateway passes them on; nothing here knows about chat."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from monitors_bot.errors import RequestMalformed
from monitors_bot.text import is_encodable

MAX_FORM_FIELDS = 1000
CHECK = "x-monitors-bot-check"
"""The header of a request that only checks the set-up. It counts nowhere, and is answered with the outcome in
the same header."""
OLDEST_RECEIPT_SECONDS = 60
"""The oldest credible time of receipt: API Gateway gives up on a request after 30 s."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, with lower-case header names and the body's raw bytes.

    `received_at` is when API Gateway received it, in epoch seconds; `id` is API Gateway's id for it.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    received_at: float = 0.0
    id: str = ""

    @property
    def is_check(self) -> bool:
        """Whether it only checks the set-up; to be asked only after its proof was verified."""
        return CHECK in self.headers

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response; `payload` is sent as JSON, or an empty body if it is None."""

    status: int
    payload: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def read_event(event: Mapping[str, object], now: float) -> Request:
    """Translate an API Gateway event (HTTP API, payload format 2.0).

    https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
    """
    context = _mapping(event.get("requestContext"))
    return Request(
        method=str(_mapping(context.get("http")).get("method", "")),
        path=str(event.get("rawPath", "")),
        query=str(event.get("rawQueryString", "")),
        headers={name.lower(): str(value) for name, value in _mapping(event.get("headers")).items()},
        body=_raw_body(event),
        received_at=_received_at(context.get("timeEpoch"), now),
        id=str(context.get("requestId", "")),
    )


def write_event(response: Response) -> dict[str, object]:
    """Translate a response for API Gateway."""
    if response.payload is None:
        return {"statusCode": response.status, "headers": dict(response.headers), "body": ""}
    headers = {"content-type": "application/json", **response.headers}
    return {"statusCode": response.status, "headers": headers, "body": json.dumps(response.payload)}


def json_object(body: bytes) -> dict[str, object]:
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RequestMalformed("the body is not JSON") from error
    if not isinstance(value, dict):
        raise RequestMalformed("the body is not a JSON object")
    return value


def form_fields(body: bytes) -> dict[str, str]:
    """Read a form; a field that occurs several times is left out, because which value counts is unclear."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FORM_FIELDS
        )
    except ValueError as error:
        raise RequestMalformed("the body is not a form") from error
    times = Counter(name for name, _ in pairs)
    return {name: value for name, value in pairs if times[name] == 1}


def text_field(fields: Mapping[str, object], name: str) -> str:
    """Read a required text field; text that can't be encoded again is malformed."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise RequestMalformed(f"the field {name} is missing or not text")
    if not is_encodable(value):
        raise RequestMalformed(f"the field {name} is not valid Unicode")
    return value


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _raw_body(event: Mapping[str, object]) -> bytes:
    body = event.get("body") or ""
    if not isinstance(body, str):
        raise RequestMalformed("the body is not text")
    if not event.get("isBase64Encoded"):
        return body.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RequestMalformed("the body is not base64") from error


def _received_at(time_epoch: object, now: float) -> float:
    """Return when API Gateway received the request, or `now` if its time is missing or not credible."""
    if isinstance(time_epoch, bool) or not isinstance(time_epoch, int | float):
        return now
    is_credible = (now - OLDEST_RECEIPT_SECONDS) * 1000 <= time_epoch <= now * 1000
    return time_epoch / 1000 if is_credible else now
