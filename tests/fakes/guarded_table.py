"""DynamoDB before which IAM stands: it lets through what a function's role in the template allows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any

import requests

from tests.fakes.hurried_queues import HurriedQueues, serving
from tests.fakes.sam_template import FUNCTIONS, RESOURCES

TABLE = {"Fn::GetAtt": "Table.Arn"}
WRITES = {"Put": "PutItem", "Delete": "DeleteItem"}


class GuardedTable(HurriedQueues):
    """A door before the local AWS; `used` are the rights that calls needed, with the table's key."""

    def __init__(self, aws_url: str) -> None:
        super().__init__(aws_url)
        self.function = ""
        self.used: set[tuple[str, str]] = set()
        self.refused: set[tuple[str, str]] = set()

    def pass_on(self, headers: dict[str, str], body: bytes) -> requests.Response:
        operation = headers["X-Amz-Target"].rpartition(".")[2]
        needed = set(_needed(operation, json.loads(body)))
        self.used |= needed
        if refused := {one for one in needed if not _is_allowed(self.function, *one)}:
            self.refused |= refused
            return _access_denied()
        return self.send(headers, body)


def statements_on_the_table(function: str) -> list[dict[str, Any]]:
    role = RESOURCES[FUNCTIONS[function]["Role"]["Fn::GetAtt"].removesuffix(".Arn")]["Properties"]
    return [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Resource"] == TABLE
    ]


def actions_of(statement: dict[str, Any]) -> list[str]:
    action = statement["Action"]
    return [action] if isinstance(action, str) else action


def places_of(statement: dict[str, Any]) -> list[str]:
    """The keys that a statement is about, as patterns."""
    condition = statement.get("Condition")
    if not condition:
        return ["*"]
    places: list[str] = condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    return places


def _is_allowed(function: str, action: str, place: str) -> bool:
    return any(
        f"dynamodb:{action}" in actions_of(statement)
        and any(fnmatchcase(place, pattern) for pattern in places_of(statement))
        for statement in statements_on_the_table(function)
    )


def _needed(operation: str, payload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if operation == "Query":
        yield "Query", payload["ExpressionAttributeValues"][":place"]["S"]
    elif operation == "TransactWriteItems":
        for item in payload["TransactItems"]:
            for kind, write in item.items():
                yield WRITES[kind], (write.get("Item") or write["Key"])["pk"]["S"]
    else:
        yield operation, (payload.get("Item") or payload["Key"])["pk"]["S"]


def _access_denied() -> requests.Response:
    answer = requests.Response()
    answer.status_code = 400
    answer.headers["Content-Type"] = "application/x-amz-json-1.0"
    answer._content = json.dumps({"__type": "com.amazon.coral.service#AccessDeniedException"}).encode()
    return answer


@contextmanager
def guarded_table(aws_url: str, function: str) -> Iterator[GuardedTable]:
    with serving(GuardedTable(aws_url)) as table:
        table.function = function
        yield table


def unused_rights(table: GuardedTable) -> set[tuple[str, str]]:
    """The rights of the role, as actions and keys, that no call needed so far."""
    granted = {
        (action.removeprefix("dynamodb:"), place)
        for statement in statements_on_the_table(table.function)
        for action in actions_of(statement)
        for place in places_of(statement)
    }
    return {
        (action, place)
        for action, place in granted
        if not any(used == action and fnmatchcase(key, place) for used, key in table.used)
    }
