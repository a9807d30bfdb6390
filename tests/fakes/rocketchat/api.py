"""What every endpoint shares: the request it gets, the answer it makes, and the bodies of refusals."""

import json
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from typing import Any

from tests.fakes.rocketchat.records import Account, Json, Settings

JSON_TYPE = "application/json"


@dataclass
class Request:
    """One HTTP request, with its path cut into segments below the API's root."""

    method: str
    path: str
    segments: tuple[str, ...] | None
    query: list[tuple[str, str]]
    headers: Message
    body: bytes
    address: str
    values: dict[str, str] = field(default_factory=dict)
    account: Account | None = None
    """Whose token came with the request."""

    def parameter(self, name: str) -> str | None:
        return next(iter(self.parameters(name)), None)

    def parameters(self, name: str) -> list[str]:
        return [value for key, value in self.query if key in {name, f"{name}[]"}]

    def json_body(self) -> Json:
        if not isinstance(self.parsed_body, dict):
            raise failure("Invalid JSON")
        return self.parsed_body

    @cached_property
    def parsed_body(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)


class ApiError(Exception):
    """The endpoint refuses, with this status and body."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def json_answer(body: Json | None, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(body, separators=(",", ":")).encode(), headers=headers or {})


def not_found() -> Answer:
    return Answer(404, b"Not Found", "text/plain;charset=UTF-8")


def failure(error: str | None = None, error_type: str | None = None) -> ApiError:
    body: Json = {"success": False}
    if error is not None:
        body["error"] = error
    if error_type is not None:
        body["errorType"] = error_type
    return ApiError(400, body)


def coded_failure(code: str, reason: str = "") -> ApiError:
    """Refuse as a thrown Meteor error is reported: the reason, then the code in brackets."""
    return failure(f"{reason} [{code}]".strip(), code)


def invalid_parameters(settings: Settings, reason: str) -> ApiError:
    code = "error-invalid-params" if settings.version_errors == "8" else "invalid-params"
    return coded_failure(code, reason)


def unauthenticated(settings: Settings) -> ApiError:
    sentence = "You must be logged in to do this."
    if settings.version_errors == "8":
        return ApiError(401, {"success": False, "error": sentence})
    return ApiError(401, {"status": "error", "message": sentence})


def forbidden(settings: Settings) -> ApiError:
    code = "error-forbidden" if settings.version_errors == "8" else "error-unauthorized"
    sentence = "User does not have the permissions required for this action"
    return ApiError(403, {"success": False, "error": f"{sentence} [{code}]"})
