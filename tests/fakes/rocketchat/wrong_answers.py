"""Faults that are whole answers: the connection is fine, what it carries is not."""

import json
from collections.abc import Callable
from typing import Any

from tests.fakes.rocketchat.api import JSON_TYPE, Answer, json_answer
from tests.fakes.rocketchat.faults import Fault

PROXY_PAGE = "<html><body><h1>Something is wrong</h1></body></html>"
HTML_TYPE = "text/html; charset=utf-8"
NESTING = 100_000
WRONG_ITEMS: list[Any] = [None, 7, "nothing", [], {}]

Truth = Callable[[], Answer]


def _status(fault: Fault, truth: Truth) -> Answer:
    body = fault.options.get("body", PROXY_PAGE)
    is_text = isinstance(body, str)
    content_type = fault.options.get("content_type", HTML_TYPE if is_text else JSON_TYPE)
    content = (body if is_text else json.dumps(body)).encode()
    return Answer(fault.options.get("code", 503), content, content_type, fault.options.get("headers", {}))


def _html(fault: Fault, truth: Truth) -> Answer:
    return Answer(200, PROXY_PAGE.encode(), HTML_TYPE)


def _not_json(fault: Fault, truth: Truth) -> Answer:
    return Answer(200, b"success: true")


def _empty(fault: Fault, truth: Truth) -> Answer:
    return Answer(200, b"")


def _unsuccessful(fault: Fault, truth: Truth) -> Answer:
    return json_answer({"success": False, "error": "Something went wrong"})


def _redirect(fault: Fault, truth: Truth) -> Answer:
    return Answer(fault.options.get("code", 302), b"", headers={"Location": fault.options["to"]})


def _deep(fault: Fault, truth: Truth) -> Answer:
    return Answer(200, b'{"success":true,"units":' + b"[" * NESTING + b"]" * NESTING + b"}")


def _wrong_type(fault: Fault, truth: Truth) -> Answer:
    return _with_lists(truth(), fault.options.get("value", "nothing"))


def _wrong_items(fault: Fault, truth: Truth) -> Answer:
    return _with_lists(truth(), WRONG_ITEMS)


def _with_lists(answer: Answer, replacement: Any) -> Answer:
    body = json.loads(answer.body)
    wrong = {key: replacement if isinstance(value, list) else value for key, value in body.items()}
    return json_answer(wrong, answer.status, answer.headers)


WRONG_ANSWERS: dict[str, Callable[[Fault, Truth], Answer]] = {
    "status": _status,
    "html": _html,
    "not-json": _not_json,
    "empty": _empty,
    "unsuccessful": _unsuccessful,
    "redirect": _redirect,
    "deep": _deep,
    "wrong-type": _wrong_type,
    "wrong-items": _wrong_items,
}
